/**
 * `npm run screenshots`: docs/screenshots/, taken from real screens at 1366×768 of the packaged app on the demo district. Look at
 * every one of them before committing it.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { bundle } from '../build/bundle.ts';
import { openDisplay } from '../build/display.ts';
import { pack } from '../build/pack.ts';
import { root } from '../build/project.ts';
import { resolveRuntime } from '../build/runtime.mjs';
import { town } from '../shared/testing/town.ts';
import { openDistrict } from './support/district.ts';
import { PASSPHRASE, atHome, enrol } from './support/door.ts';
import { openDesk } from './support/launch.ts';

const folder = join(root, 'docs', 'screenshots');
mkdirSync(folder, { recursive: true });

await bundle();
await pack({ name: 'twin', runtime: await resolveRuntime() });
const display = await openDisplay();
const district = await openDistrict();
const desk = await openDesk(display.env);
try {
  let page = await desk.page();
  await shoot(page, 'enrolment');
  const code = await district.code(town.people.zhouMin.id);
  await enrol(page, { address: district.url, code });
  await page.getByText('已同步').first().waitFor({ timeout: 60_000 });
  await shoot(page, 'home');
  await desk.close();
  await desk.start();
  page = await desk.page();
  await page.getByLabel('PIN 码或口令').waitFor();
  await shoot(page, 'lock');
  await page.getByLabel('PIN 码或口令').fill(PASSPHRASE);
  await page.keyboard.press('Enter');
  await atHome(page);
} finally {
  await desk.dispose();
  await district.dispose();
  display.stop();
}

/** Once fonts are there and nothing moves any more. */
async function shoot(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(600);
  const file = join(folder, `${name}.png`);
  await page.screenshot({ path: file, animations: 'disabled' });
  console.log(`screenshots: docs/screenshots/${name}.png`);
}
