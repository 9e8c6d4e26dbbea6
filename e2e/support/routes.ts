/** Every address of the window that this person can open, by the registry: lists, a record of each kind, forms, papers. */
import type { Page } from '@playwright/test';
import { registry } from '../../shared/modules/index.ts';

/** By the address, so that what stands in no navigation is visited too. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = `#${to}`;
  }, path);
  // What arrives a moment later belongs to the screen: history, related records, a table's measure.
  await page.waitForTimeout(400);
  await page.locator('main h1').first().waitFor();
}

export async function everyRoute(page: Page): Promise<readonly string[]> {
  const routes = ['/', '/tray', '/review', '/settings', '/nowhere'];
  for (const { name, place, documents = {} } of registry.entities.values()) {
    if (place === 'hidden') continue;
    routes.push(`/list/${name}`, `/new/${name}`);
    await visit(page, `/list/${name}`);
    const first = page.locator('.ant-table-row').first();
    if ((await first.count()) === 0) continue;
    await first.click();
    await page.waitForURL(/#\/record\//);
    const record = page.url().split('#')[1] ?? '';
    const id = record.replace('/record/', '');
    // All papers of a kind are shown by one screen.
    const papers = Object.keys(documents).slice(0, 2);
    routes.push(record, `/edit/${id}`, ...papers.map((paper) => `/print/${id}/${paper}`));
  }
  return routes;
}
