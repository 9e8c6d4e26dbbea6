/**
 * `npm run test:e2e`: the stories of e2e/ in the packaged twin. What stands after
 * `--` goes to Playwright: `npm run test:e2e -- mediation --full`.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { bundle } from './bundle.ts';
import { pack } from './pack.ts';
import { root } from './project.ts';
import { resolveRuntime } from './runtime.mjs';

const FULL = '--full';
const given = process.argv.slice(2);

await bundle();
const runtime = await resolveRuntime();
await pack({ name: 'twin', runtime });
if (given.includes(FULL)) await pack({ name: 'desk', runtime });
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
    env: { ...process.env, ...(given.includes(FULL) ? { LINLI_FULL: '1' } : {}) },
  },
);
playwright.once('close', (code) => {
  process.exitCode = code ?? 1;
});
