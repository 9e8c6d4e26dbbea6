/** The peers lie in a folder of their own (bench/package.json), so that nobody who builds or tests the desk fetches them. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = import.meta.dirname;
const stamp = join(folder, 'node_modules', '.lockfile-installed');

export function ensurePeers(say: (line: string) => void): void {
  const lockfile = createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockfile) return;
  say('fetching the peers into bench/node_modules (npm ci, about a minute, once)');
  // Nothing of theirs is run: no peer that is measured needs a compiled part.
  const { status } = spawnSync('npm', ['ci', '--prefix', folder, '--ignore-scripts', '--loglevel=error'], {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0)
    throw new Error(
      'npm ci in bench/ failed; its own words stand above. Without the peers nothing is compared.',
    );
  writeFileSync(stamp, lockfile);
}
