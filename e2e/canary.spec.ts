/**
 * The canary (security.md): values that exist nowhere else are entered, searched, edited, printed and deleted through the packaged app,
 * which is then killed; its profile, temporary files and logs are searched for all of them, inside LevelDB's compressed blocks too.
 * `npm run canary -- --planted` packs an app that leaves one field unsealed, and this story must then fail.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { town } from '../shared/testing/town.ts';
import { canaries, canaryWords, type Canary } from './support/canaries.ts';
import { fillLog } from './support/damage.ts';
import { PASSPHRASE, enrolSynced } from './support/door.ts';
import { choose, go, pick, save, search, write } from './support/forms.ts';
import { expect, test } from './support/story.ts';
import { sought, spellings, tracesIn } from './support/traces.ts';

test('200 canaries: nothing of what was worked with can be read on the disk @slow', async ({
  openDistrict,
  openDesk,
}) => {
  test.setTimeout(900_000);
  const temporary = mkdtempSync(join(tmpdir(), 'linli-canary-'));
  const district = await openDistrict();
  const desk = await openDesk({ TMPDIR: temporary });
  const page = await desk.page();
  const { zhouMin } = town.people;
  await enrolSynced(page, district, zhouMin);

  for (const [index, canary] of canaries.entries()) {
    await enter(page, canary);
    // Every fifth is searched for in each of its ways, every seventh edited, every eleventh withdrawn.
    if (index % 5 === 0)
      for (const typed of [canary.name, canary.phone, canary.document]) await find(page, typed);
    if (index % 7 === 0) await edit(page, canary);
    if (index % 11 === 0) await withdraw(page);
  }
  await print(page, canaries[1] as Canary);
  // A draft that nobody saved, and an unfinished word in the search box.
  await go(page, '居民');
  await page.getByRole('button', { name: '新登记一位居民' }).click();
  await write(page.getByRole('form'), '备注', '没有保存的暗号七七七');
  await page.waitForTimeout(2_500);
  // Tables are written when the log has grown: then old values lie in compressed blocks.
  for (let round = 0; round < 4; round++) await fillLog(page);
  await desk.kill();

  const words = sought({
    ...canaryWords(canaries),
    'a draft': '没有保存的暗号七七七',
    'the note of an edit': '改过的暗号',
    'the person at the desk': zhouMin.name,
    'their passphrase': PASSPHRASE,
  });
  expect(words.length).toBeGreaterThanOrEqual(200);
  const places = [desk.profile, temporary].filter((folder) => existsSync(folder));
  const traces = tracesIn(places, words);
  expect(traces.found).toEqual([]);
  // The search finds what is there: identifiers lie in the clear by design, also inside tables.
  const ids = tracesIn(places, [['the person’s id', spellings(zhouMin.id)]]);
  expect(ids.found.length).toBeGreaterThan(0);
  expect(traces.pieces).toBeGreaterThan(1_000);
  rmSync(temporary, { recursive: true, force: true });
});

async function enter(page: Page, { name, document, phone, note }: Canary): Promise<void> {
  await go(page, '居民');
  await page.getByRole('button', { name: '新登记一位居民' }).click();
  const form = page.getByRole('form');
  await write(form, '姓名', name);
  await write(form, '证件 证件号码', document);
  await form.getByRole('button', { name: '联系电话 添加一条' }).click();
  await write(form, '号码', phone);
  await write(form, '备注', note);
  await save(form);
  await expect(page.getByRole('heading', { name })).toBeVisible();
}

async function find(page: Page, typed: string): Promise<void> {
  await expect((await search(page, typed)).first()).toBeVisible();
  await page.keyboard.press('Escape');
}

async function edit(page: Page, { note }: Canary): Promise<void> {
  await page.getByRole('button', { name: '修改' }).click();
  const form = page.getByRole('form');
  await write(form, '备注', `${note}，改过的暗号`);
  await save(form);
}

async function withdraw(page: Page): Promise<void> {
  await page.getByRole('button', { name: '更多', exact: true }).click();
  await page.getByRole('menuitem', { name: '撤回' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '撤回' }).click();
  await expect(page.getByRole('button', { name: '恢复' })).toBeVisible();
}

/** A paper that carries a canary as a party; the PDF goes where the person wanted it, and nowhere else. */
async function print(page: Page, canary: Canary): Promise<void> {
  await go(page, '人民调解');
  await page.getByRole('button', { name: '新登记一件调解' }).click();
  const form = page.getByRole('form', { name: '新登记人民调解' });
  await choose(form, '纠纷类型', '邻里纠纷');
  await write(form, '纠纷简要情况', canary.note);
  await pick(form, '当事人', canary.phone, canary.name);
  await pick(form, '当事人', 'wangwei', '王伟');
  await save(form);
  await page.getByRole('button', { name: '打印文书' }).click();
  await page.getByRole('menuitem', { name: /调解申请书/ }).click();
  await page.getByRole('button', { name: '存为 PDF' }).click();
  await expect(page.getByText(/已存为/)).toBeVisible({ timeout: 30_000 });
}
