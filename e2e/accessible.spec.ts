/** No serious finding of axe (WCAG 2.2 AA) on the screens that everybody meets: the door, the 工作台, 待处理, settings, every list. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { town } from '../shared/testing/town.ts';
import { enrol } from './support/door.ts';
import { expect, test } from './support/story.ts';

async function findings(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    // Electron opens no further pages, which axe would use to look into frames.
    .setLegacyMode(true)
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

test('the door is accessible @slow', async ({ openDesk }) => {
  const desk = await openDesk();
  const page = await desk.page();
  await expect(page.getByRole('button', { name: '开通并开始使用' })).toBeVisible();
  expect(await findings(page)).toEqual([]);
});

test('every screen of the navigation is accessible @slow', async ({ openDistrict, openDesk }) => {
  const district = await openDistrict();
  const desk = await openDesk();
  const page = await desk.page();
  await enrol(page, { address: district.url, code: await district.code(town.people.zhouMin.id) });
  const links = page.getByRole('navigation').getByRole('link');
  await expect(links.first()).toBeVisible();
  const found: Record<string, readonly string[]> = {};
  for (const link of await links.all()) {
    const name = (await link.innerText()).trim();
    await link.click();
    await page.waitForTimeout(800);
    found[name] = await findings(page);
  }
  expect(Object.keys(found).length).toBeGreaterThanOrEqual(5);
  expect(Object.entries(found).filter(([, list]) => list.length > 0)).toEqual([]);
});
