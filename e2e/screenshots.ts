/**
 * `npm run screenshots`: docs/screenshots/, taken from real screens at 1366×768 of the packaged app on the demo district. Two desks
 * make the conflict without a network, as it happens. Look at every picture before committing it.
 */
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { bundle } from '../build/bundle.ts';
import { openDisplay } from '../build/display.ts';
import { pack } from '../build/pack.ts';
import { root } from '../build/project.ts';
import { resolveRuntime } from '../build/runtime.mjs';
import { town } from '../shared/testing/town.ts';
import { openDistrict } from './support/district.ts';
import { PASSPHRASE, enrol, unlock } from './support/door.ts';
import { choose, dialog, go, indicator, pick, search } from './support/forms.ts';
import { type Desk, openDesk } from './support/launch.ts';

const folder = join(root, 'docs', 'screenshots');
const { zhouMin, chenGuodong, heJianping, guAdmin } = town.people;
/** Pictures of people's work must load quickly in the README. */
const LARGEST = 300_000;

await bundle();
await pack({ name: 'twin', runtime: await resolveRuntime() });
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const display = await openDisplay();
const district = await openDistrict();
const desk = await openDesk(display.env);
const colleague = await openDesk(display.env);
const office = await openDesk(display.env);
try {
  const page = await enrolled(desk, zhouMin.id);
  const other = await enrolled(colleague, chenGuodong.id);

  await go(page, '工作台');
  await shoot(desk, 'home');

  await go(page, '居民');
  await shoot(desk, 'residents');

  await go(page, '人民调解');
  await choose(page, '按进展筛选', '履行中');
  await page.keyboard.press('Escape');
  await openFirst(page, [zhouMin.name, '履行中']);
  await page.getByRole('main').getByRole('button', { name: /共享$/ }).click();
  await pick(dialog(page), '共享给哪位同事', heJianping.name, heJianping.name);
  await shoot(desk, 'sharing');
  await dialog(page)
    .getByRole('button', { name: /共\s?享$/ })
    .click();
  await page.getByRole('button', { name: `不再共享给${heJianping.name}` }).waitFor();
  // What can be taken back is offered for ten seconds.
  await page.getByText('已保存在本机').first().waitFor({ state: 'hidden', timeout: 15_000 });
  await shoot(desk, 'mediation');

  await go(page, '保密记录');
  await page.locator('.ant-table-row').first().click();
  await page.getByText('只有这几位').waitFor();
  await page.getByText('已送达区里').nth(1).waitFor();
  await shoot(desk, 'confidential');

  await go(page, '设置');
  await page.getByRole('button', { name: '做一张恢复单' }).click();
  await dialog(page).getByLabel('PIN 码或口令').fill(PASSPHRASE);
  await page.keyboard.press('Enter');
  await dialog(page).getByRole('button', { name: '已经收好' }).click();
  await dialog(page).waitFor({ state: 'hidden' });
  await shoot(desk, 'settings');

  await go(page, '培训');
  await choose(page, '按进展筛选', '已举办');
  await page.keyboard.press('Escape');
  await openFirst(page, ['已举办']);
  await shoot(desk, 'training');

  await remark(page, '每周三去日托所，家里没人。');
  await indicator(page).filter({ hasText: '已同步' }).waitFor({ timeout: 30_000 });
  await other.waitForTimeout(5_000);
  await district.stop();
  await remark(page, '腿脚不便，上门时多等一会儿。');
  await remark(other, '白天女儿在家，有事先打女儿电话。');
  await district.start();
  await indicator(page).filter({ hasText: '有冲突 1' }).waitFor({ timeout: 60_000 });

  await desk.close();
  await desk.start();
  const locked = await desk.page();
  await locked.getByLabel('PIN 码或口令').waitFor();
  await shoot(desk, 'lock');
  await locked.getByRole('button', { name: '忘了 PIN 码？' }).click();
  await locked.getByRole('button', { name: '用恢复单' }).waitFor();
  await shoot(desk, 'forgotten');
  await locked.getByRole('button', { name: '返回' }).click();
  await unlock(locked);
  await go(locked, '待处理');
  await indicator(locked).filter({ hasText: '有冲突 1' }).waitFor({ timeout: 60_000 });
  await shoot(desk, 'conflict');

  const administrator = await enrolled(office, guAdmin.id);
  await go(administrator, '管理');
  await administrator.getByRole('row', { name: zhouMin.name }).waitFor();
  await shoot(office, 'administration');
} finally {
  await office.dispose();
  await colleague.dispose();
  await desk.dispose();
  await district.dispose();
  display.stop();
}

async function enrolled(one: Desk, person: string): Promise<Page> {
  const page = await one.page();
  await enrol(page, { address: district.url, code: await district.code(person) });
  await indicator(page).filter({ hasText: '已同步' }).waitFor({ timeout: 60_000 });
  return page;
}

/** The first line of the list that says all of this; ends when the record's history is there. */
async function openFirst(page: Page, words: readonly string[]): Promise<void> {
  let lines = page.getByRole('row');
  for (const word of words) lines = lines.filter({ hasText: word });
  await lines.first().click();
  await page.getByRole('list', { name: '进展' }).getByRole('listitem').nth(2).waitFor();
  await page.getByText('已送达区里').nth(2).waitFor();
}

/** The same field of the same resident, at either desk. */
async function remark(page: Page, text: string): Promise<void> {
  await (await search(page, '王建国')).first().click();
  await page.getByRole('button', { name: '修改' }).click();
  await page.getByRole('textbox', { name: '备注', exact: true }).fill(text);
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await page.getByText('已保存在本机').first().waitFor();
}

/** Once fonts are there, nothing moves any more and the mouse stands on nothing. */
async function shoot(of: Desk, name: string): Promise<void> {
  const page = await of.page();
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.mouse.move(683, 2);
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(800);
  const file = join(folder, `${name}.png`);
  await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
  const { size } = statSync(file);
  if (size > LARGEST) throw new Error(`${name}.png has ${size} bytes, more than ${LARGEST}`);
  console.log(`screenshots: docs/screenshots/${name}.png, ${Math.round(size / 1000)} kB`);
}
