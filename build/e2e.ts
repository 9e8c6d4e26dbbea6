/**
 * `npm run test:e2e`: the stories of e2e/ in the packaged twin, on a screen of their own where there is none. What stands after
 * `--` goes to Playwright: `npm run test:e2e -- mediation --full`.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { bundle } from './bundle.ts';
import { openDisplay } from './display.ts';
import { pack } from './pack.ts';
import { root } from './project.ts';
import { resolveRuntime } from './runtime.mjs';

const FULL = '--full';
const given = process.argv.slice(2);

await bundle();
const runtime = await resolveRuntime();
await pack({ name: 'twin', runtime });
if (given.includes(FULL)) await pack({ name: 'desk', runtime });
const display = await openDisplay();
const playwright = spawn(
  process.execPath,
  [
    join(root, 'node_modules', '@playwright', 'test', 'cli.js'),
    'test',
    '--config',
    join(root, 'e2e', 'playwright.config.ts'),
    ...given.filter((word) => word !== FULL),
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...display.env, ...(given.includes(FULL) ? { LINLI_FULL: '1' } : {}) },
  },
);
playwright.once('close', (code) => {
  display.stop();
  process.exitCode = code ?? 1;
});
