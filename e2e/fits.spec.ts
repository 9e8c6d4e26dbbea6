/** Every screen at ordinary and at double size, in both languages: nothing runs out of the window, is cut, or stands there as a key. */
import type { Page } from '@playwright/test';
import { registry } from '../shared/modules/index.ts';
import { town } from '../shared/testing/town.ts';
import { enrolSynced } from './support/door.ts';
import { whatDoesNotFit } from './support/fits.ts';
import { everyRoute, visit } from './support/routes.ts';
import { expect, test } from './support/story.ts';

const { zhouMin } = town.people;

test('every screen fits, at 100 % and 200 %, in Chinese and English @slow', async ({
  openDistrict,
  openDesk,
}) => {
  test.setTimeout(600_000);
  const district = await openDistrict();
  const page = await (await openDesk()).page();
  await enrolSynced(page, district, zhouMin);
  const routes = await everyRoute(page);
  expect(routes.length).toBeGreaterThan(registry.entities.size * 2);
  const found: string[] = [];
  for (const language of ['zh', 'en'] as const) {
    for (const size of ['100%', '200%']) {
      await setLook(page, { size, language: language === 'zh' ? '中文' : 'English' });
      for (const route of routes) {
        await visit(page, route);
        const wrong = await whatDoesNotFit(page, language);
        found.push(...wrong.map((what) => `${route} ${size} ${language}: ${what}`));
      }
    }
  }
  expect(found).toEqual([]);
});

async function setLook(
  page: Page,
  { size, language }: { readonly size: string; readonly language: string },
): Promise<void> {
  await visit(page, '/settings');
  await page.getByText(language, { exact: true }).click();
  await page.getByText(size, { exact: true }).click();
}
