/**
 * Several people on one computer, and rights that come and go: each sees what they may, everybody's work leaves as its author's, and
 * what somebody may no longer read is gone from the disk while what they wrote is not.
 */
import type { Page } from '@playwright/test';
import { town } from '../shared/testing/town.ts';
import { atHome, enrol, enrolSynced, lock, unlock } from './support/door.ts';
import { go, indicator, save, search, write } from './support/forms.ts';
import type { Desk } from './support/launch.ts';
import { ledgerIn } from './support/ledger.ts';
import { expect, test } from './support/story.ts';

const { zhouMin, chenGuodong, shenLijuan, liXiulan } = town.people;

test('two people on one computer: seconds to switch, each their own, and everybody’s work leaves as theirs @slow', async ({
  openDistrict,
  openDesk,
}) => {
  test.setTimeout(240_000);
  const district = await openDistrict();
  const desk = await openDesk();
  let page = await desk.page();
  await enrolSynced(page, district, zhouMin);
  page = await join(desk, await district.code(chenGuodong.id), '梧桐树下-2026-陈国栋');
  await expect(indicator(page)).toContainText('已同步', { timeout: 60_000 });
  page = await join(desk, await district.code(shenLijuan.id), '梧桐树下-2026-沈丽娟');
  await expect(indicator(page)).toContainText('已同步', { timeout: 60_000 });

  const before = await headOf(district.url);
  await test.step('without a network 周敏 registers a resident and leaves a draft', async () => {
    await district.stop();
    page = await lock(desk);
    await unlock(page, { name: zhouMin.name });
    await register(page, '何同桌');
    await go(page, '居民');
    await page.getByRole('button', { name: '新登记一位居民' }).click();
    await write(page.getByRole('form'), '备注', '只写了一半的话');
    await page.waitForTimeout(2_500);
  });

  await test.step('陈国栋 is in within seconds, sees the unsent resident, and not the draft', async () => {
    page = await lock(desk);
    const begun = Date.now();
    await unlock(page, { name: chenGuodong.name, passphrase: '梧桐树下-2026-陈国栋' });
    expect(Date.now() - begun).toBeLessThan(15_000);
    await expect((await search(page, '何同桌')).first()).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByText('只写了一半的话')).toHaveCount(0);
    await register(page, '何邻座');
  });

  await test.step('沈丽娟 reads residents and no casework', async () => {
    page = await lock(desk);
    await unlock(page, { name: shenLijuan.name, passphrase: '梧桐树下-2026-沈丽娟' });
    await expect((await search(page, '何邻座')).first()).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(await search(page, '卫生间漏水')).toHaveCount(0);
    await page.keyboard.press('Escape');
  });

  await test.step('locked, the computer delivers what both have written, each in their own name', async () => {
    await lock(desk);
    await district.start();
    await expect(async () => expect(await headOf(district.url)).toBeGreaterThanOrEqual(before + 2)).toPass({
      timeout: 60_000,
    });
    await district.stop();
    const { authors } = ledgerIn(district.data);
    expect([authors['何同桌'], authors['何邻座']]).toEqual([zhouMin.id, chenGuodong.id]);
  });

  await test.step('after a restart, without the district, the half-written words are back for her alone', async () => {
    await desk.close();
    await desk.start();
    page = await desk.page();
    await unlock(page, { name: zhouMin.name });
    await go(page, '居民');
    await page.getByRole('button', { name: '新登记一位居民' }).click();
    await expect(page.getByRole('form').getByLabel('备注', { exact: true })).toHaveValue('只写了一半的话');
  });
});

test('a scope that is lost leaves a running desk, and comes back with the right @slow', async ({
  openDistrict,
  openDesk,
}) => {
  test.setTimeout(180_000);
  const district = await openDistrict();
  const desk = await openDesk();
  const page = await desk.page();
  await enrolSynced(page, district, liXiulan);
  const rights = liXiulan.grants.map(({ role, area }) => `${role}:${area}`);
  const grant = (given: readonly string[]) =>
    district.administer('person', 'grants', liXiulan.id, ...given.flatMap((one) => ['--grant', one]));

  await grant([...rights, ...zhouMin.grants.map(({ role, area }) => `${role}:${area}`)]);
  await page.evaluate(() => dispatchEvent(new Event('focus')));
  await expect(async () => {
    await expect((await search(page, '王建国')).first()).toBeVisible({ timeout: 2_000 });
    await page.keyboard.press('Escape');
  }).toPass({ timeout: 90_000 });

  await grant(rights);
  await page.evaluate(() => dispatchEvent(new Event('focus')));
  await expect(async () => {
    await expect(await search(page, '王建国')).toHaveCount(0, { timeout: 2_000 });
    await page.keyboard.press('Escape');
  }).toPass({ timeout: 90_000 });
  await expect(indicator(page)).toContainText('已同步', { timeout: 60_000 });
});

async function join(desk: Desk, code: string, passphrase: string): Promise<Page> {
  const locked = await lock(desk);
  await locked.getByRole('button', { name: '新增一位同事' }).click();
  await enrol(locked, { code, passphrase });
  await atHome(locked);
  return locked;
}

async function headOf(url: string): Promise<number> {
  const answer = (await (await fetch(`${url}/api/status`)).json()) as { readonly head: number };
  return answer.head;
}

async function register(page: Page, name: string): Promise<void> {
  await go(page, '居民');
  await page.getByRole('button', { name: '新登记一位居民' }).click();
  const form = page.getByRole('form');
  await write(form, '姓名', name);
  await save(form);
}
