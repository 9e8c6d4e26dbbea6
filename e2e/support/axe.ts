/** What axe finds on the screen as it stands (WCAG 2.2 AA): serious findings alone, each with its place. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

export async function findings(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    // A paper is what it will be in print, in a frame that runs no script.
    .exclude('iframe')
    // Electron opens no further pages, which axe would use to look into frames.
    .setLegacyMode(true)
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}
