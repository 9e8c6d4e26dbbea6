/** Through the door as a person goes: enrol with a code, or unlock. */
import { type Page, expect } from '@playwright/test';

/** Long enough for a computer without a key store. */
export const PASSPHRASE = '梧桐树下-2026-好邻居';

export interface Enrolment {
  readonly address: string;
  readonly code: string;
  readonly passphrase?: string;
}

/** Ends on the 工作台; the district's records may still be arriving. */
export async function enrol(
  page: Page,
  { address, code, passphrase = PASSPHRASE }: Enrolment,
): Promise<void> {
  await page.getByLabel('区服务器地址').fill(address);
  await page.getByLabel('开通码').fill(code);
  // A PIN where the computer has a key store, else a passphrase.
  await page.getByLabel(/^设一个(口令|\s?PIN\s?码)$/).fill(passphrase);
  await page.getByLabel(/^再输一遍(口令|\s?PIN\s?码)$/).fill(passphrase);
  await page.getByRole('button', { name: '开通并开始使用' }).click();
  await atHome(page);
}

/** For the person whom the lock screen offers first, or for `name`. */
export async function unlock(
  page: Page,
  { passphrase = PASSPHRASE, name }: { readonly passphrase?: string; readonly name?: string } = {},
): Promise<void> {
  if (name) await page.getByText(name, { exact: true }).first().click();
  await page.getByLabel('PIN 码或口令').fill(passphrase);
  await page.getByRole('button', { name: '打开', exact: true }).click();
  await atHome(page);
}

export const atHome = (page: Page): Promise<void> =>
  expect(page.getByRole('navigation').getByText('工作台').first()).toBeVisible({ timeout: 30_000 });
