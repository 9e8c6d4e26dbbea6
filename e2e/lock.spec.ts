/**
 * However a desk is locked (Ctrl+L, the computer going to sleep, the system's own lock, nobody there), the page's process is gone with
 * all that it knew, and what was half written is back after unlocking.
 */
import { existsSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { town } from '../shared/testing/town.ts';
import { enrol, enrolSynced, unlock } from './support/door.ts';
import { go, write } from './support/forms.ts';
import type { Desk } from './support/launch.ts';
import { expect, test } from './support/story.ts';

const processOf = (desk: Desk): Promise<number> =>
  desk.app().evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    return window?.webContents.getOSProcessId() ?? 0;
  });

/** What the operating system would say, said by its name. */
const systemSays = (desk: Desk, word: string): Promise<void> =>
  desk.app().evaluate(({ powerMonitor }, said) => void powerMonitor.emit(said as 'suspend'), word);

test('locked by key, by sleep or by the system: the page’s process is gone, drafts are back', async ({
  openDistrict,
  openDesk,
}) => {
  test.setTimeout(180_000);
  const district = await openDistrict();
  const desk = await openDesk();
  let page = await desk.page();
  await enrolSynced(page, district, town.people.zhouMin);

  const ways: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
    'Ctrl+L': (open) => open.keyboard.press('Control+l').catch(() => undefined),
    'the computer goes to sleep': () => systemSays(desk, 'suspend'),
    'the system locks its screen': () => systemSays(desk, 'lock-screen'),
  };
  let words = '';
  for (const [way, lockBy] of Object.entries(ways)) {
    await test.step(way, async () => {
      await go(page, '居民');
      await page.getByRole('button', { name: '新登记一位居民' }).click();
      const remarks = page.getByRole('form').getByLabel('备注', { exact: true });
      await expect(remarks).toHaveValue(words);
      words = `写到一半，${way}`;
      // Not even the two seconds after which a draft is sealed.
      await write(page.getByRole('form'), '备注', words);
      const before = await processOf(desk);
      expect(existsSync(`/proc/${before}`)).toBe(true);
      const closed = page.waitForEvent('close', { timeout: 30_000 });
      await lockBy(page);
      await closed;
      await expect(async () => expect(existsSync(`/proc/${before}`)).toBe(false)).toPass({ timeout: 10_000 });
      page = await desk.page();
      await unlock(page);
    });
  }
  await go(page, '居民');
  await page.getByRole('button', { name: '新登记一位居民' }).click();
  await expect(page.getByRole('form').getByLabel('备注', { exact: true })).toHaveValue(words);
});

test('a minute without anybody locks it, where a minute was chosen @slow', async ({
  openDistrict,
  openDesk,
}) => {
  test.setTimeout(180_000);
  const district = await openDistrict();
  const desk = await openDesk();
  const page = await desk.page();
  await enrol(page, { address: district.url, code: await district.code(town.people.zhouMin.id) });
  await page.evaluate(async () => {
    const { linli } = globalThis as unknown as {
      linli: { ask: (name: string, input: unknown) => Promise<unknown> };
    };
    await linli.ask('settings.change', { lockAfter: 1 });
  });
  // Xvfb has no keyboard that anybody could touch; the window saw its last input a moment ago.
  const closed = page.waitForEvent('close', { timeout: 90_000 });
  const begun = Date.now();
  await closed;
  expect(Date.now() - begun).toBeGreaterThan(50_000);
});
