/**
 * Bad input as a person meets it: every kind of stranger on the line, records from a later version, and what hands type. Each gets a
 * clear sentence or a clean refusal; nothing is lost, nothing says 已同步 that is not, and everything goes on when the trouble ends.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { town } from '../shared/testing/town.ts';
import { YEAR, setClockAhead } from './support/clock.ts';
import { PASSPHRASE, enrol, enrolSynced, lock, unlock } from './support/door.ts';
import { choose, go, indicator, pick, save, search, write } from './support/forms.ts';
import { environment } from './support/launch.ts';
import type { InBetween } from './support/line.ts';
import { expect, test } from './support/story.ts';

const { zhouMin } = town.people;
/** Both lie outside the basic plane: GB 18030 level 2 and 3. */
const RARE = '𠮷𬭎';

/** What the door says, and what the indicator's sentence says once the desk is at work. */
const STRANGERS: readonly (readonly [InBetween, string, string])[] = [
  ['portal', '这个地址回答的不是区里的服务器', '网络里有别的网页挡在前面'],
  ['junk', '这个地址回答的不是区里的服务器', '网络里有别的网页挡在前面'],
  ['future protocol', '请联系管理员升级', '这台电脑的程序要跟着升级'],
  ['other district', '这是另一个区的服务器', '另一个区的服务器，已停止同步'],
  ['broken server', '连不上区里的服务器', '区里的服务器正忙或在维护'],
];

test('strangers on the line: a sentence each, nothing lost, nothing called 已同步, and on it goes @slow', async ({
  openDistrict,
  openDesk,
  openLine,
}) => {
  const district = await openDistrict();
  const line = await openLine(district.url);
  const desk = await openDesk();
  let page = await desk.page();
  const code = await district.code(zhouMin.id);

  await test.step('at enrolment; the code is not spent on a stranger', async () => {
    for (const [between, sentence] of STRANGERS) {
      line.put(between);
      await enrol(page, { address: line.url, code }, async () => {
        await expect(page.getByRole('alert')).toContainText(sentence);
      });
    }
    await enrol(page, { address: 'http://linli.example.cn/x?y', code }, async () => {
      await expect(page.getByRole('alert')).toContainText('地址写得不对');
    });
    line.put('nothing');
    await enrol(page, { address: line.url, code });
    await synced(page);
  });

  await test.step('at work: what is written meanwhile is kept, told as waiting, and sent afterwards', async () => {
    const later: readonly (readonly [InBetween, string])[] = [
      ...STRANGERS.map(([between, , sentence]) => [between, sentence] as const),
      ['cut', '现在连不上区里'],
      ['nonsense', '网络里有别的网页挡在前面'],
    ];
    line.put('portal');
    await remark(page, '酒店里写的');
    await expect(indicator(page)).toContainText('离线');
    await indicator(page).click();
    await expect(page.getByText('修改居民 · 王建国')).toBeVisible();
    for (const [between, sentence] of later) {
      line.put(between);
      await expect(page.getByText(sentence)).toBeVisible();
      await expect(indicator(page)).toContainText(/离线|需处理/);
      await expect(indicator(page)).toContainText('待上传 1');
      await expect(indicator(page)).not.toContainText('已同步');
    }
    await page.keyboard.press('Escape');
    line.put('nothing');
    await synced(page);
    await expect(page.getByText('酒店里写的').first()).toBeVisible();
  });

  await test.step('a record of a kind that this version does not know is parked; the rest works, also after a restart', async () => {
    const id = 'poster_00000000000000000000000001';
    const writer = '{"by":"person_x","at":"2026-11-23T01:00:00.000Z","seq":999999,"operation":"operation_x"}';
    line.slipIn(
      `{"id":"${id}","entity":"poster","version":7,"area":"310104007001","scope":"SCOPE","seq":999999,` +
        `"values":{"title":"垃圾分类海报","__proto__":{"polluted":"yes"},"constructor":{"deep":[1,[2]]}},` +
        `"created":${writer},"writers":{"__proto__":${writer}}}`,
    );
    await remark(page, '海报来过之后');
    await synced(page);
    await desk.kill();
    await desk.start();
    page = await desk.page();
    await unlock(page);
    await synced(page);
    await remark(page, '重新打开之后');
    await synced(page);
    expect(await page.evaluate(() => 'polluted' in {})).toBe(false);
    await page.evaluate((record) => (location.hash = `#/record/${record}`), id);
    await expect(page.getByRole('main')).toContainText(/没有|找不到|不在/);
    await (await search(page, '垃圾分类海报')).count();
    await page.keyboard.press('Escape');
    await go(page, '工作台');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  });
});

test('clumsy hands and a wrong clock: a sentence each, one record a saving, and what is odd but right is kept @slow', async ({
  openDistrict,
  openDesk,
}) => {
  const district = await openDistrict();
  const desk = await openDesk();
  let page = await desk.page();

  await test.step('a clock ten years ahead is told, and spreads nowhere', async () => {
    await setClockAhead(desk.app(), page, 10 * YEAR);
    await enrolSynced(page, district, zhouMin);
    await indicator(page).click();
    await expect(page.getByText('这台电脑的时钟快了约 3653 天')).toBeVisible();
    await page.keyboard.press('Escape');
  });

  await test.step('wrong values are marked in place, each with its sentence; nothing is stored', async () => {
    await go(page, '居民');
    await page.getByRole('button', { name: '新登记一位居民' }).click();
    const form = page.getByRole('form');
    await write(form, '姓名', '王'.repeat(10_000));
    await write(form, '证件 证件号码', '310104199001010010');
    await write(form, '出生日期', '2026-02-30');
    await write(form, '户编号', '😀');
    await form.getByRole('button', { name: '保存' }).click();
    for (const sentence of [
      '最多 50 个字，请缩短',
      '最后一位校验不符',
      '没有这一天，请核对日期',
      '这里不能用表情符号',
      '有 4 处要改',
    ])
      await expect(form.getByText(sentence)).toBeVisible();
    await expect(form.getByRole('textbox', { name: '姓名' })).toBeFocused();
    // The clock says 2036; the district does not.
    await write(form, '出生日期', `${new Date().getFullYear() + 1}-01-01`);
    await expect(form.getByText('日期不能晚于今天')).toBeVisible();
    // Drafts are at most two seconds old; they are kept when the form is left, too.
    await go(page, '工作台');
    await expect(indicator(page)).toContainText('已同步');
  });

  await test.step('the draft is there; put right and clicked twice, it is one record', async () => {
    await go(page, '居民');
    await page.getByRole('button', { name: '新登记一位居民' }).click();
    const form = page.getByRole('form');
    await expect(form.getByRole('textbox', { name: '户编号' })).toHaveValue('😀');
    await write(form, '姓名', `\u200b${RARE}\t`);
    await write(form, '证件 证件号码', '');
    await write(form, '出生日期', '');
    await write(form, '户编号', '__proto__');
    await form.getByRole('button', { name: '保存' }).dblclick();
    await expect(page.getByRole('heading', { name: RARE, level: 1 })).toBeVisible();
    await expect(page.getByText('__proto__').first()).toBeVisible();
    await expect(await search(page, RARE)).toHaveCount(1);
  });

  await test.step('Enter inside a composition saves nothing; Ctrl+S held down saves once', async () => {
    await page.keyboard.press('Escape');
    await go(page, '居民');
    await page.getByRole('button', { name: '新登记一位居民' }).click();
    const form = page.getByRole('form');
    const name = form.getByRole('textbox', { name: '姓名' });
    await name.fill('__proto__');
    for (const composing of [
      { key: 'Enter', isComposing: true },
      { key: 's', ctrlKey: true, isComposing: true },
      { key: 'Enter', ctrlKey: true, keyCode: 229 },
    ])
      await name.dispatchEvent('keydown', { bubbles: true, cancelable: true, ...composing });
    await expect(name).toBeFocused();
    await page.keyboard.down('Control');
    for (let count = 0; count < 5; count++) await page.keyboard.down('s');
    await page.keyboard.up('s');
    await page.keyboard.up('Control');
    await expect(page.getByRole('heading', { name: '__proto__', level: 1 })).toBeVisible();
    await expect(await search(page, '__proto__')).toHaveCount(2);
    for (const odd of ['constructor', 'toString', '%', '\\', '(', '😀', '<b>']) {
      await search(page, odd);
      await expect(page.getByRole('combobox', { name: '查找' })).toHaveValue(odd);
    }
    await page.keyboard.press('Escape');
    await go(page, '居民');
    await page.getByRole('search').getByRole('textbox').first().fill('__proto__');
    await expect(page.getByRole('status').filter({ hasText: '找到 2 条' })).toBeVisible();
  });

  await test.step('rare characters and odd names are printed, with the district’s year', async () => {
    await go(page, '人民调解');
    await page.getByRole('button', { name: '新登记一件调解' }).click();
    const form = page.getByRole('form');
    await choose(form, '纠纷类型', '邻里纠纷');
    await write(form, '纠纷简要情况', '楼道堆物');
    await pick(form, '当事人', RARE, RARE);
    await pick(form, '当事人', '__proto__', '__proto__');
    await save(form);
    await page.getByRole('button', { name: '打印文书' }).click();
    await page.getByRole('menuitem', { name: /受理登记表/ }).click();
    await page.getByRole('button', { name: '存为 PDF' }).click();
    await expect(page.getByText(/已存为/)).toBeVisible({ timeout: 20_000 });
    const [file = ''] = readdirSync(desk.saved);
    const text = execFileSync('pdftotext', ['-raw', join(desk.saved, file), '-'], { encoding: 'utf8' });
    expect(text).toContain(RARE);
    expect(text).toContain('__proto__');
    expect(text).toContain(String(new Date().getFullYear()));
    expect(text).not.toContain(String(new Date().getFullYear() + 10));
    await synced(page);
  });

  await test.step('closed in the middle of saving, the record is there once or still a draft', async () => {
    await go(page, '居民');
    await page.getByRole('button', { name: '新登记一位居民' }).click();
    await write(page.getByRole('form'), '姓名', '关窗口');
    await page.keyboard.press('Control+s');
    await desk.close();
    await desk.start();
    page = await desk.page();
    await unlock(page);
    await go(page, '居民');
    await page.getByRole('search').getByRole('textbox').first().fill('关窗口');
    const found = page.getByRole('status').filter({ hasText: /找到 [01] 条/ });
    await expect(found).toBeVisible();
    if ((await found.innerText()).includes('找到 0 条')) {
      await page.getByRole('button', { name: '新登记一位居民' }).click();
      await expect(page.getByRole('form').getByRole('textbox', { name: '姓名' })).toHaveValue('关窗口');
    }
  });

  await test.step('what a newer version has stored is not opened, and the screen says so', async () => {
    await page.evaluate(
      (name) =>
        new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open(name);
          opening.onerror = () => reject(new Error('not opened'));
          opening.onsuccess = () => {
            const writing = opening.result.transaction('meta', 'readwrite');
            const row = { key: 'format', version: 99, scope: '', bytes: new Uint8Array() };
            writing.objectStore('meta').put(row);
            writing.oncomplete = () => resolve();
          };
        }),
      'linli-store',
    );
    page = await lock(desk);
    await page.getByLabel('PIN 码或口令').fill(PASSPHRASE);
    await page.keyboard.press('Enter');
    await expect(page.getByText('现在只能查看，不能登记；请更新后再用。内容都在。')).toBeVisible();
    await expect(page.getByRole('heading', { name: /周敏/ })).toBeVisible();
  });

  await test.step('started a second time, it is still one desk', async () => {
    const [executable = '', ...given] = desk.app().process().spawnargs;
    const asRoot = given.filter((word) => word === '--no-sandbox');
    const env = { ...environment(), LINLI_USER_DATA: desk.profile };
    execFileSync(executable, asRoot, { env, timeout: 20_000, stdio: 'ignore' });
    await expect(page.getByText('现在只能查看，不能登记；请更新后再用。内容都在。')).toBeVisible();
  });
});

const synced = (page: Page): Promise<void> =>
  expect(indicator(page)).toContainText('已同步', { timeout: 30_000 });

async function remark(page: Page, text: string): Promise<void> {
  await (await search(page, '王建国')).filter({ hasText: '王建国' }).first().click();
  await page.getByRole('button', { name: '修改' }).click();
  const form = page.getByRole('form');
  await write(form, '备注', text);
  await save(form);
}
