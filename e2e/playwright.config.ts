/**
 * Stories in the packaged app in real Electron. Each brings a district and one or two desks, and waits half of its time: two run
 * side by side. The full tier measures lines and long tasks, so there they run one after the other. Started by build/e2e.ts, which
 * packs the app.
 */
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { root } from '../build/project.ts';

const full = process.env['LINLI_FULL'] === '1';

export default defineConfig({
  testDir: join(root, 'e2e'),
  testMatch: '**/*.spec.ts',
  outputDir: join(root, 'test-results', 'e2e'),
  globalSetup: join(root, 'e2e', 'support', 'founding.ts'),
  workers: full ? 1 : 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  ...(full ? {} : { grepInvert: /@slow/ }),
  reporter: process.env['LINLI_E2E_REPORT']
    ? [['list'], ['json', { outputFile: process.env['LINLI_E2E_REPORT'] }]]
    : [['list']],
});
