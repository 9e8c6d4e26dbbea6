/**
 * Bad input as a person meets it: every kind of stranger on the line, records from a later version, and what hands type. Each gets a
 * clear sentence or a clean refusal; nothing is lost, nothing says 已同步 that is not, and everything goes on when the trouble ends.
 */
import type { Page } from '@playwright/test';
import { town } from '../shared/testing/town.ts';
import { enrol, unlock } from './support/door.ts';
import { go, indicator, save, search, write } from './support/forms.ts';
import type { InBetween } from './support/line.ts';
import { expect, test } from './support/story.ts';

const { zhouMin } = town.people;

/** What the door says, and what the indicator's sentence says once the desk is at work. */
const STRANGERS: readonly (readonly [InBetween, string, string])[] = [
  ['portal', '这个地址回答的不是区里的服务器', '网络里有别的网页挡在前面'],
  ['junk', '这个地址回答的不是区里的服务器', '网络里有别的网页挡在前面'],
  ['future protocol', '请联系管理员升级', '这台电脑的程序要跟着升级'],
  ['other district', '这是另一个区的服务器', '另一个区的服务器，已停止同步'],
  ['broken server', '连不上区里的服务器', '区里的服务器正忙或在维护'],
];

test('strangers on the line: a sentence each, nothing lost, nothing called 已同步, and on it goes', async ({
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

const synced = (page: Page): Promise<void> =>
  expect(indicator(page)).toContainText('已同步', { timeout: 30_000 });

async function remark(page: Page, text: string): Promise<void> {
  await (await search(page, '王建国')).filter({ hasText: '王建国' }).first().click();
  await page.getByRole('button', { name: '修改' }).click();
  const form = page.getByRole('form');
  await write(form, '备注', text);
  await save(form);
}
