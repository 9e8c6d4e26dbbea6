/** No serious finding of axe (WCAG 2.2 AA) on any screen, light and dark: the door, and every address of the window. */
import { town } from '../shared/testing/town.ts';
import { findings } from './support/axe.ts';
import { enrolSynced } from './support/door.ts';
import { everyRoute, visit } from './support/routes.ts';
import { expect, test } from './support/story.ts';

test('the door is accessible @slow', async ({ openDesk }) => {
  const desk = await openDesk();
  const page = await desk.page();
  await expect(page.getByRole('button', { name: '开通并开始使用' })).toBeVisible();
  expect(await findings(page)).toEqual([]);
});

test('every screen is accessible, light and dark @slow', async ({ openDistrict, openDesk }) => {
  test.setTimeout(600_000);
  const district = await openDistrict();
  const page = await (await openDesk()).page();
  await enrolSynced(page, district, town.people.zhouMin);
  const routes = await everyRoute(page);
  const found: string[] = [];
  for (const theme of ['浅色', '深色']) {
    await visit(page, '/settings');
    await page.getByText(theme, { exact: true }).click();
    for (const route of routes) {
      await visit(page, route);
      found.push(...(await findings(page)).map((finding) => `${theme} ${route}: ${finding}`));
    }
  }
  expect(found).toEqual([]);
});
