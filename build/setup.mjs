/**
 * Everything that `npm start` and `npm test` need, on a machine that has Node and npm. Runs before both, on the machine's own Node
 * and without dependencies; what is there already costs milliseconds.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveRuntime } from './runtime.mjs';
import { ensureSystemPackages } from './system-packages.mjs';

const root = join(import.meta.dirname, '..');
const installed = join(root, 'node_modules', '.lockfile-installed');

/** @param {string} line */
const say = (line) => console.log(`set-up: ${line}`);

function ensurePackages() {
  const lockfile = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === lockfile) return 'packages are up to date';
  // `ci` starts from nothing; once there is something, `install` only adds what is missing.
  const command = existsSync(join(root, 'node_modules')) ? 'install' : 'ci';
  say(`npm ${command} (about a minute the first time)`);
  const { status } = spawnSync('npm', [command, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm ${command} failed; its own words stand above`);
  writeFileSync(installed, lockfile);
  return 'packages installed';
}

try {
  say(ensurePackages());
  say(ensureSystemPackages(say));
  const runtime = await resolveRuntime(say);
  say(`Electron ${runtime.version}${runtime.fallback ? ' (fallback, for development and tests only)' : ''}`);
} catch (problem) {
  console.error(`set-up: ${problem instanceof Error ? problem.message : problem}`);
  process.exitCode = 1;
}
