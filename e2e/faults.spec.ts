/**
 * What happens to a desk and to its district in a cupboard, to the real ones: damaged files, kill -9 while saving, a server that
 * comes back without its last day. Everything that said 已保存在本机 is at the district exactly once, whatever happened in between.
 */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { town } from '../shared/testing/town.ts';
import { damages, fillLog, LARGE_ROW } from './support/damage.ts';
import type { TestDistrict } from './support/district.ts';
import { enrol, enrolSynced, unlock } from './support/door.ts';
import { indicator } from './support/forms.ts';
import { findInside, registerVisits } from './support/inside.ts';
import type { Desk } from './support/launch.ts';
import { ledgerIn } from './support/ledger.ts';
import { begin, isFound, once, register, synced, timesIn } from './support/saving.ts';
import { expect, test } from './support/story.ts';

const { zhouMin, chenGuodong } = town.people;

/** A new computer of 周敏's with one resident at the district and one that has not been sent, closed; and its district, stopped. */
async function deskWithWork(
  district: TestDistrict,
  desk: Desk,
  { names: [sent, unsent], visits }: { readonly names: Pair; readonly visits: boolean },
): Promise<void> {
  const page = await desk.page();
  await enrolSynced(page, district, zhouMin);
  await register(page, sent);
  await synced(page);
  if (visits) {
    await findInside(page);
    await registerVisits(page, sent);
    await synced(page);
  }
  await fillLog(page);
  await district.stop();
  await register(page, unsent);
  await desk.close();
}

type Pair = readonly [sent: string, unsent: string];

/** Opened without the district, work that waits is there; with it, everything is, and once. Ends with the district stopped. */
async function everythingComesBack(district: TestDistrict, desk: Desk, names: Pair): Promise<void> {
  await desk.start();
  let page = await desk.page();
  await unlock(page);
  await expect(indicator(page)).toContainText('待上传 1', { timeout: 15_000 });
  for (const name of names) await isFound(page, name);
  await district.start();
  await synced(page);
  await isFound(page, '王建国');
  await desk.close();
  await desk.start();
  page = await desk.page();
  await unlock(page);
  await isFound(page, names[1]);
  await district.stop();
  expect(timesIn(ledgerIn(district.data), names)).toEqual(once(names));
}

for (const [name, damage] of Object.entries(damages))
  test(`[S1-2] [S1-5] IndexedDB is damaged while the app is closed: ${name} @slow`, async ({
    openDistrict,
    openDesk,
  }) => {
    test.setTimeout(300_000);
    const district = await openDistrict();
    const desk = await openDesk();
    const names = ['何平安', '何未送'] as const;
    // Whatever a small committee has fits into LevelDB’s own files.
    await deskWithWork(district, desk, { names, visits: name === LARGE_ROW });
    const before = readFileSync(join(desk.profile, 'logs', 'desk.log'), 'utf8');
    damage(desk.profile);
    const wasThere = existsSync(join(desk.profile, 'IndexedDB'));
    await everythingComesBack(district, desk, names);
    const since = readFileSync(join(desk.profile, 'logs', 'desk.log'), 'utf8').slice(before.length);
    const noticed = since.match(/store[.]\S+( \w+=\w+)*/g) ?? [];
    test.info().annotations.push({ type: 'noticed', description: noticed.join(', ') });
    expect(noticed).not.toEqual([]);
    const aside = readdirSync(desk.profile).filter((one) => one.startsWith('IndexedDB.damaged-'));
    expect(aside.length > 0).toBe(wasThere);
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
