/** Residents as they are registered, found again and counted at the district: what stories about faults have in common. */
import { type Page, expect } from '@playwright/test';
import { go, indicator, save, search, write } from './forms.ts';
import type { Holding } from './ledger.ts';

export const synced = (page: Page): Promise<void> =>
  expect(indicator(page)).toContainText('已同步', { timeout: 60_000 });

export async function begin(page: Page, name: string): Promise<void> {
  await go(page, '居民');
  await page.getByRole('button', { name: '新登记一位居民' }).click();
  await write(page.getByRole('form'), '姓名', name);
}

export async function register(page: Page, name: string): Promise<void> {
  await begin(page, name);
  await save(page.getByRole('form'));
}

export async function isFound(page: Page, name: string): Promise<void> {
  const found = (await search(page, name)).filter({ hasText: name }).filter({ hasText: '居民' });
  await expect(found).toHaveCount(1, { timeout: 30_000 });
  await page.keyboard.press('Escape');
}

/** How often these stand in what the district holds: creations that were confirmed, and residents that came of them. */
export function timesIn(
  { registered, residents }: Pick<Holding, 'registered' | 'residents'>,
  names: readonly string[],
): Readonly<Record<string, readonly [created: number, residents: number]>> {
  const [created, present] = [registered, residents].map(countsOf);
  return Object.fromEntries(
    names.map((name) => [name, [created?.get(name) ?? 0, present?.get(name) ?? 0] as const]),
  );
}

export const once = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, [1, 1] as const]));

export function countsOf(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
