/**
 * The main job, as the people of product.md do it: enrol, find, register, mediate, settle, print, train; the cable pulled, the plug
 * pulled; and everything arrives, at the colleague's desk too.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { shanghaiDay } from '../shared/core/calendar/day.ts';
import { town } from '../shared/testing/town.ts';
import { enrol, enrolSynced, unlock } from './support/door.ts';
import {
  choose,
  dialog,
  go,
  indicator,
  mark,
  pick,
  save,
  search,
  write,
  writeMinute,
} from './support/forms.ts';
import { expect, test } from './support/story.ts';

const { zhouMin, chenGuodong } = town.people;
const SUBJECT = '202室空调外机滴水，把302室晾的被子打湿了，两家在楼道里吵起来。';
const TITLE = '王伟、王薇 邻里纠纷';
const today = shanghaiDay(Date.now());

test('two weeks of work in a morning, without a network', async ({ openDistrict, openDesk }) => {
  test.setTimeout(240_000);
  const district = await openDistrict();
  const desk = await openDesk();
  let page = await desk.page();
  await test.step('enrol with a one-time code; the district arrives with visible progress', async () => {
    const progress = watchFor(page, '正在接收本区资料');
    await enrol(page, { address: district.url, code: await district.code(zhouMin.id) });
    expect(await progress).toMatch(/正在接收本区资料 [\d\s]+ \/ [\d\s]+/);
    await expect(indicator(page)).toContainText('已同步', { timeout: 30_000 });
  });
  const colleague = await openDesk();
  const other = await colleague.page();
  await enrolSynced(other, district, chenGuodong);

  await test.step('found by name, pinyin, initials and the last four digits', async () => {
    for (const typed of ['王伟', 'wangwei', 'ww', '5678', '𠮷海']) {
      const name = typed === '𠮷海' ? '𠮷海燕' : '王伟';
      const found = await search(page, typed);
      await expect(found.filter({ hasText: name }).first()).toBeVisible();
    }
    await (await search(page, '王伟')).filter({ hasText: '大木桥路600弄' }).first().click();
    await expect(page.getByRole('heading', { name: '王伟' })).toBeVisible();
  });

  await test.step('the cable is pulled', async () => {
    await district.stop();
    await expect(indicator(page)).toContainText('离线', { timeout: 30_000 });
  });

  await test.step('a mediation with two parties is registered and accepted', async () => {
    await go(page, '人民调解');
    await page.getByRole('button', { name: '新登记一件调解' }).click();
    const form = page.getByRole('form', { name: '新登记人民调解' });
    await choose(form, '纠纷类型', '邻里纠纷');
    await write(form, '纠纷简要情况', SUBJECT);
    await pick(form, '当事人', 'wangwei', '王伟');
    await pick(form, '当事人', '1122', '王薇');
    await save(form);
    await expect(page.getByRole('heading', { name: TITLE })).toBeVisible();
    await expect(page.getByText(/临-\w+-1/).first()).toBeVisible();
    await page.getByRole('button', { name: '受理', exact: true }).click();
    const step = dialog(page);
    await mark(step, '各方都同意调解', '是');
    await step.getByRole('button', { name: '现在' }).click();
    await pick(step, '调解员', 'zhoumin', '周敏');
    await step.getByRole('textbox', { name: '受理日期' }).fill(today.replaceAll('-', ''));
    await save(step, '受理');
  });

  await test.step('the first session is logged, the second half written, and the app is killed', async () => {
    await page.getByRole('button', { name: '开始调解' }).click();
    await save(dialog(page), '开始调解');
    await addSession(page, { time: '00:10', statements: '王伟：被子打湿两次。王薇：不知道漏水。' });
    await page.getByRole('button', { name: '添加一次调解' }).click();
    await write(dialog(page), '地点', '王伟家中');
    await write(dialog(page), '双方陈述', '写到一半，停电了');
    // Drafts are at most two seconds old (sync.md, the failure list).
    await page.waitForTimeout(2_500);
    await desk.kill();
    await desk.start();
    page = await desk.page();
    await unlock(page);
  });

  await test.step('everything that said 已保存在本机 is there, and the draft', async () => {
    await (await search(page, '空调外机滴水')).filter({ hasText: TITLE }).first().click();
    await expect(page.getByRole('heading', { name: TITLE })).toBeVisible();
    await expect(page.getByText('王伟：被子打湿两次。王薇：不知道漏水。').first()).toBeVisible();
    await page.getByRole('button', { name: '添加一次调解' }).click();
    const entry = dialog(page);
    await expect(entry.getByRole('textbox', { name: '双方陈述' })).toHaveValue('写到一半，停电了');
    await writeMinute(entry, '时间', today.replaceAll('-', ''), '00:20');
    await write(entry, '双方陈述', '双方同意：王薇十天内接好排水管，赔干洗费。');
    await mark(entry, '结果', '谈成了');
    await save(entry);
  });

  await test.step('it is settled and the agreement printed', async () => {
    await page.getByRole('button', { name: '达成书面协议' }).click();
    const step = dialog(page);
    await mark(step, '协议形式', '书面协议');
    for (const day of ['达成协议日期', '当事人签名日期', '调解员签名日期', '调委会盖章日期']) {
      await step.getByRole('textbox', { name: day }).fill(today.replaceAll('-', ''));
    }
    await write(step, '纠纷主要事实、争议事项', SUBJECT);
    await write(step, '协议内容', '王薇在十天内接好空调排水管，赔偿王伟干洗费 80 元。');
    await write(step, '履行方式', '现金');
    await step.getByRole('button', { name: '履行事项 添加一条' }).click();
    await write(step, '要做的事', '赔偿干洗费');
    await write(step, '金额', '80');
    await write(step, '期限', '2026-12-31');
    await save(step, '达成书面协议');
    await page.getByRole('button', { name: '打印文书' }).click();
    // What belongs to the case comes first; the oral form of the agreement does not.
    const papers = page.getByRole('menu').filter({ hasText: '其他文书' });
    await expect(papers).toHaveText(/人民调解协议书.*其他文书.*人民调解口头协议登记表/);
    await page.getByRole('menuitem', { name: /人民调解协议书/ }).click();
    await page.getByRole('button', { name: '存为 PDF' }).click();
    await expect(page.getByText(/已存为/)).toBeVisible({ timeout: 20_000 });
    const [file = ''] = readdirSync(desk.saved);
    expectInOrder(pdfText(join(desk.saved, file)), [
      '人民调解协议书',
      '临-',
      '王伟',
      '王薇',
      '纠纷主要事实、争议事项',
      '空调外机滴水',
      '自愿达成如下协议',
      '接好空调排水管',
      '履行方式、时限',
      '赔偿干洗费',
      '本协议一式3份',
      '人民调解员',
      '当事人（签名盖章或按指印）',
      '人民调解员（签名）',
      '记录人（签名）',
      '人民调解委员会（印章）',
    ]);
    expect(fontsOf(join(desk.saved, file)).filter((font) => !font.isEmbedded)).toEqual([]);
  });

  let course = '';
  await test.step('attendance and hours at a course', async () => {
    await go(page, '培训');
    await page.getByText('报名中', { exact: true }).first().click();
    await expect(page).toHaveURL(/#\/record\/trainingEvent_/);
    course = new URL(page.url()).hash;
    // The demo is another one every day: he may have signed up himself.
    await expect(page.getByRole('combobox', { name: '添加学员' })).toBeVisible();
    const isListed = (await page.getByRole('button', { name: '陈国栋到场' }).count()) > 0;
    if (!isListed) await pick(page, '添加学员', 'cgd', '陈国栋');
    await page.getByRole('button', { name: '陈国栋到场' }).click();
    await page.getByRole('spinbutton', { name: '陈国栋的学时' }).fill('1.5');
    await page.keyboard.press('Tab');
    await expect(page.getByRole('status').filter({ hasText: '到场 1 ' })).toBeVisible();
  });

  await test.step('the server is back: 已同步, and the colleague sees it all within five seconds', async () => {
    await expect(indicator(page)).toContainText(/待上传 \d+/);
    await district.start();
    await expect(indicator(page)).toContainText('已同步', { timeout: 60_000 });
    const begun = Date.now();
    const found = await search(other, '空调外机滴水');
    await expect(found.filter({ hasText: TITLE }).first()).toBeVisible({ timeout: 5_000 });
    expect(Date.now() - begun).toBeLessThan(5_000);
    await found.filter({ hasText: TITLE }).first().click();
    await expect(other.getByText('达成书面协议').first()).toBeVisible();
    await expect(other.getByText('王伟：被子打湿两次。王薇：不知道漏水。').first()).toBeVisible();
    await expect(other.getByText('双方同意：王薇十天内接好排水管，赔干洗费。').first()).toBeVisible();
    await expect(other.getByText(/（\d{4}）江南新村人调字第\d+号/).first()).toBeVisible();
    // By its address: courses are held again under the same name.
    await other.evaluate((hash) => {
      location.hash = hash;
    }, course);
    const line = other.getByRole('row').filter({ hasText: '陈国栋' });
    await expect(line).toContainText('到场');
    await expect(line).toContainText('1.5');
  });
});

async function addSession(
  page: Page,
  session: { readonly time: string; readonly statements: string },
): Promise<void> {
  await page.getByRole('button', { name: '添加一次调解' }).click();
  const entry = dialog(page);
  await writeMinute(entry, '时间', today.replaceAll('-', ''), session.time);
  await write(entry, '地点', '居委会调解室');
  await write(entry, '双方陈述', session.statements);
  await save(entry);
}

/** The first text on the page that holds these words, caught even when it stands for a moment only. */
function watchFor(page: Page, words: string): Promise<string> {
  return page.evaluate(
    (sought) =>
      new Promise<string>((resolve) => {
        const look = (): void => {
          const text = document.body.innerText;
          const at = text.indexOf(sought);
          if (at < 0) return;
          watcher.disconnect();
          resolve(text.slice(at, at + 60));
        };
        const watcher = new MutationObserver(look);
        watcher.observe(document.body, { childList: true, subtree: true, characterData: true });
        setTimeout(() => resolve('nothing seen'), 60_000);
      }),
    words,
  );
}

const pdfText = (file: string): string =>
  execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' });

/** Columns of pdffonts, from the right: object ID (two numbers), uni, sub, emb. */
const fontsOf = (file: string): readonly { readonly line: string; readonly isEmbedded: boolean }[] =>
  execFileSync('pdffonts', [file], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .slice(2)
    .map((line) => ({ line, isEmbedded: line.split(/\s+/).at(-5) === 'yes' }));

function expectInOrder(text: string, words: readonly string[]): void {
  const plain = text.replace(/\s+/g, '');
  let from = 0;
  for (const word of words) {
    const at = plain.indexOf(word.replace(/\s+/g, ''), from);
    expect(at, `“${word}” after ${plain.slice(Math.max(0, from - 20), from)}`).toBeGreaterThanOrEqual(0);
    from = at;
  }
}
