/**
 * Stories in the packaged app in real Electron, one at a time, because each brings a district, one or two desks and real clocks.
 * Started by build/e2e.ts, which packs the app and opens a screen.
 */
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { root } from '../build/project.ts';

const full = process.env['LINLI_FULL'] === '1';

export default defineConfig({
  testDir: join(root, 'e2e'),
  testMatch: '**/*.spec.ts',
  outputDir: join(root, 'test-results', 'e2e'),
  workers: 1,
  fullyParallel: false,
  forbidOnly: Boolean(process.env['CI']),
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  ...(full ? {} : { grepInvert: /@slow/ }),
  reporter: process.env['LINLI_E2E_REPORT']
    ? [['list'], ['json', { outputFile: process.env['LINLI_E2E_REPORT'] }]]
    : [['list']],
});
