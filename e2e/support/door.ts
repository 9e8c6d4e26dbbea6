/** Through the door as a person goes: enrol with a code, or unlock. */
import { type Page, expect } from '@playwright/test';
import type { TestDistrict } from './district.ts';
import { indicator } from './forms.ts';
import type { Desk } from './launch.ts';

/** Long enough for a computer without a key store. */
export const PASSPHRASE = '梧桐树下-2026-好邻居';

export interface Enrolment {
  /** Not asked of a further colleague on a computer that is enrolled. */
  readonly address?: string;
  readonly code: string;
  readonly passphrase?: string;
}

/** Ends on the 工作台, while the district's records may still be arriving; or with what `ends` expects instead. */
export async function enrol(
  page: Page,
  { address, code, passphrase = PASSPHRASE }: Enrolment,
  ends: () => Promise<void> = () => atHome(page),
): Promise<void> {
  if (address !== undefined) await page.getByLabel('区服务器地址').fill(address);
  await page.getByLabel('开通码').fill(code);
  // A PIN where the computer has a key store, else a passphrase.
  await page.getByLabel(/^设一个/).fill(passphrase);
  await page.getByLabel(/^再输一遍/).fill(passphrase);
  await page.getByRole('button', { name: '开通并开始使用' }).click();
  await ends();
}

/** A new computer with its first person, whose district has arrived. */
export async function enrolSynced(
  page: Page,
  district: Pick<TestDistrict, 'url' | 'code'>,
  person: { readonly id: string },
): Promise<void> {
  await enrol(page, { address: district.url, code: await district.code(person.id) });
  await expect(indicator(page)).toContainText('已同步', { timeout: 60_000 });
}

/** For the person whom the lock screen offers first, or for `name`. */
export async function unlock(
  page: Page,
  { passphrase = PASSPHRASE, name }: { readonly passphrase?: string; readonly name?: string } = {},
): Promise<void> {
  if (name) await page.getByRole('radio', { name }).check();
  await page.getByLabel('PIN 码或口令').fill(passphrase);
  await page.getByRole('button', { name: '打开', exact: true }).click();
  await atHome(page);
}

/** Ctrl+L. Locking destroys the page, so the one that comes after it is another. */
export async function lock(desk: Desk): Promise<Page> {
  const page = await desk.page();
  const closed = page.waitForEvent('close');
  // The page may be gone before the key has come up again.
  await page.keyboard.press('Control+l').catch(() => undefined);
  await closed;
  const locked = await desk.page();
  await expect(locked.getByRole('button', { name: '打开', exact: true })).toBeVisible();
  return locked;
}

export const atHome = (page: Page): Promise<void> =>
  expect(page.getByRole('navigation').getByText('工作台').first()).toBeVisible({ timeout: 30_000 });

/** Its page is taken away as soon as the district has said that the computer is revoked, and another one tells. */
export async function revokedPage(desk: Desk): Promise<Page> {
  await expect(async () => {
    const page = await desk.page();
    await expect(page.getByRole('heading', { name: '这台电脑已经停用' })).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
  return desk.page();
}
