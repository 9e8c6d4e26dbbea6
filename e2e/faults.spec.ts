/**
 * What happens to a desk and to its district in a cupboard, to the real ones: damaged files, kill -9 while saving, a server that
 * comes back without its last day. Everything that said 已保存在本机 is at the district exactly once, whatever happened in between.
 */
import { cpSync, rmSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { town } from '../shared/testing/town.ts';
import { damages, fillLog } from './support/damage.ts';
import type { TestDistrict } from './support/district.ts';
import { enrol, enrolSynced, unlock } from './support/door.ts';
import { go, indicator, save, search, write } from './support/forms.ts';
import type { Desk } from './support/launch.ts';
import { type Holding, ledgerIn } from './support/ledger.ts';
import { expect, test } from './support/story.ts';

const { zhouMin, chenGuodong } = town.people;

const synced = (page: Page): Promise<void> =>
  expect(indicator(page)).toContainText('已同步', { timeout: 60_000 });

async function begin(page: Page, name: string): Promise<void> {
  await go(page, '居民');
  await page.getByRole('button', { name: '新登记一位居民' }).click();
  await write(page.getByRole('form'), '姓名', name);
}

async function register(page: Page, name: string): Promise<void> {
  await begin(page, name);
  await save(page.getByRole('form'));
}

async function isFound(page: Page, name: string): Promise<void> {
  const found = (await search(page, name)).filter({ hasText: name }).filter({ hasText: '居民' });
  await expect(found).toHaveCount(1, { timeout: 30_000 });
  await page.keyboard.press('Escape');
}

/** How often these stand in what the district holds: creations that were confirmed, and residents that came of them. */
const timesIn = ({ registered, residents }: Holding, names: readonly string[]) =>
  Object.fromEntries(
    names.map((name) => [
      name,
      [registered, residents].map((list) => list.filter((one) => one === name).length),
    ]),
  );
const once = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, [1, 1]]));

/** A day's end without the district: one more resident that has not been sent, in a table of LevelDB or in its log; the app is closed. */
async function leaveUnsent(desk: Desk, name: string): Promise<void> {
  // Afresh: in a program whose database was set aside a moment ago, Chromium opens no further one.
  await desk.close();
  await desk.start();
  const page = await desk.page();
  await unlock(page);
  await fillLog(page);
  await register(page, name);
  await desk.close();
}

/** Opened without the district, work that waits is there; with it, everything is, and once. Ends without the district again. */
async function everythingComesBack(
  district: TestDistrict,
  desk: Desk,
  names: readonly string[],
): Promise<void> {
  await desk.start();
  const page = await desk.page();
  await unlock(page);
  await expect(indicator(page)).toContainText('待上传 1', { timeout: 15_000 });
  // The newest waits here, the oldest lies at the district: one of each.
  for (const name of new Set([names.at(-1) ?? '', names[0] ?? ''])) await isFound(page, name);
  await district.start();
  await synced(page);
  await isFound(page, '王建国');
  await district.stop();
  expect(timesIn(ledgerIn(district.data), names)).toEqual(once(names));
}

test('IndexedDB is damaged while the app is closed, in every way that it can be @slow', async ({
  openDistrict,
  openDesk,
}) => {
  test.setTimeout(1_200_000);
  const district = await openDistrict();
  // One computer, day after day: a copy of a profile would be a cloned disk, which the district does not let in.
  const desk = await openDesk();
  await enrolSynced(await desk.page(), district, zhouMin);
  await district.stop();
  const names: string[] = [];
  for (const [name, damage] of Object.entries(damages)) {
    await test.step(name, async () => {
      const unsent = `何未送${'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳'[names.length]}`;
      names.push(unsent);
      await leaveUnsent(desk, unsent);
      damage(desk.profile);
      await everythingComesBack(district, desk, names);
    });
  }
});

/** Kills one of the two at a random moment of a saving. @returns what had said 已保存在本机 by then */
async function savedUntilKilled(
  { page, kill }: { readonly page: Page; readonly kill: () => Promise<void> },
  name: string,
  wait: number,
): Promise<boolean> {
  let said = false;
  page.on('console', (message) => {
    if (message.text() === `saved ${name}`) said = true;
  });
  await begin(page, name);
  await page.evaluate((tag) => {
    const watcher = new MutationObserver(() => {
      const heading = document.querySelector('h1')?.textContent ?? '';
      if (!heading.includes(tag) || !document.body.innerText.includes('已保存在本机')) return;
      watcher.disconnect();
      console.info(`saved ${tag}`);
    });
    watcher.observe(document.body, { childList: true, subtree: true, characterData: true });
  }, name);
  const clicked = page.getByRole('form').getByRole('button', { name: '保存', exact: true }).click();
  const settled = clicked.catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, wait));
  await kill();
  await settled;
  return said;
}

async function killAround(
  { district, desk }: { readonly district: TestDistrict; readonly desk: Desk },
  rounds: number,
): Promise<void> {
  let page = await desk.page();
  await enrolSynced(page, district, zhouMin);
  const saved: string[] = [];
  const tried: string[] = [];
  for (let round = 1; round <= rounds; round++) {
    const name = `何${String(round).padStart(3, '0')}号`;
    tried.push(name);
    // Every third time it is the district that loses its power, in the middle of a push.
    const isServer = round % 3 === 0;
    const wait = Math.random() * (isServer ? 400 : 250);
    const kill = isServer ? district.kill : desk.kill;
    const said = await savedUntilKilled({ page, kill }, name, wait);
    if (isServer) {
      await expect(page.getByRole('heading', { name })).toBeVisible();
      saved.push(name);
      await district.start();
      continue;
    }
    if (said) saved.push(name);
    await desk.start();
    page = await desk.page();
    await unlock(page);
    for (const one of saved.slice(-2)) await isFound(page, one);
  }
  await synced(page);
  await district.stop();
  const holding = ledgerIn(district.data);
  expect(timesIn(holding, saved)).toEqual(once(saved));
  // What was not acknowledged is there whole or not at all.
  const others = Object.values(timesIn(holding, tried)).map(([created, resident]) => `${created}${resident}`);
  expect([...new Set(others)].filter((times) => times !== '00' && times !== '11')).toEqual([]);
}

test('kill -9 of the desk and of the district while saving, three times', async ({
  openDistrict,
  openDesk,
}) => {
  await killAround({ district: await openDistrict(), desk: await openDesk() }, 3);
});

test('kill -9 of the desk and of the district while saving, again and again @slow', async ({
  openDistrict,
  openDesk,
}) => {
  test.setTimeout(1_200_000);
  await killAround({ district: await openDistrict(), desk: await openDesk() }, 24);
});

test('the district comes back from an older copy: every desk hands back what it has lost @slow', async ({
  openDistrict,
  openDesk,
}) => {
  test.setTimeout(240_000);
  const district = await openDistrict();
  const [hers, his] = [await openDesk(), await openDesk()];
  await enrol(await hers.page(), { address: district.url, code: await district.code(zhouMin.id) });
  await enrol(await his.page(), { address: district.url, code: await district.code(chenGuodong.id) });
  await register(await hers.page(), '何昨天');
  for (const desk of [hers, his]) await synced(await desk.page());
  await district.stop();
  const copy = `${district.data}-copy`;
  cpSync(district.data, copy, { recursive: true });
  const before = ledgerIn(copy);
  await district.start();
  await register(await hers.page(), '何今天');
  await register(await his.page(), '何同天');
  for (const desk of [hers, his]) {
    await synced(await desk.page());
    await isFound(await desk.page(), '何今天');
    await isFound(await desk.page(), '何同天');
  }
  await district.stop();
  // The whole folder, as an administrator would copy it back.
  rmSync(district.data, { recursive: true });
  cpSync(copy, district.data, { recursive: true });
  rmSync(copy, { recursive: true });
  await district.start();
  for (const desk of [hers, his]) {
    await synced(await desk.page());
    for (const name of ['何昨天', '何今天', '何同天']) await isFound(await desk.page(), name);
  }
  await district.stop();
  const after = ledgerIn(district.data);
  expect(timesIn(after, ['何昨天', '何今天', '何同天'])).toEqual(once(['何昨天', '何今天', '何同天']));
  expect([after.epoch === before.epoch, after.seq]).toEqual([false, before.seq + 2]);
});
