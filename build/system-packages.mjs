/** What Electron, screenshots and the printed papers' tests need from Debian and its relatives. */
import { spawnSync } from 'node:child_process';

const NEEDED = [
  'xvfb',
  'xauth',
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'fonts-noto-cjk',
  'chromium',
  'poppler-utils',
];

/** Newer Debian renames a library when its time stamps grow to 64 bits. @param {string} name */
const names = (name) => [name, `${name}t64`];

/** @param {(line: string) => void} say @returns {string} one line on how things stand */
export function ensureSystemPackages(say) {
  if (process.platform !== 'linux') return 'no system packages needed';
  const missing = missingPackages();
  if (missing === undefined) return `not a Debian system; needed are: ${NEEDED.join(' ')}`;
  if (missing.length === 0) return 'system packages are there';
  if (process.getuid?.() !== 0) return `please install: sudo apt-get install ${missing.join(' ')}`;
  say(`installing ${missing.join(' ')}`);
  apt('update');
  const available = missing.map((name) => names(name).find(isAvailable) ?? name);
  if (apt('install', '--yes', '--no-install-recommends', ...available) !== 0) {
    return `could not install ${missing.join(' ')}: what needs them will fail`;
  }
  return 'system packages installed';
}

/** undefined where there is no dpkg. */
function missingPackages() {
  const query = spawnSync(
    'dpkg-query',
    ['--show', '--showformat=${Package} ${db:Status-Status}\n', ...NEEDED.flatMap(names)],
    {
      encoding: 'utf8',
    },
  );
  if (query.error) return undefined;
  const present = new Set(
    query.stdout
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  );
  return NEEDED.filter((name) => !names(name).some((one) => present.has(one)));
}

/** @param {string} name */
const isAvailable = (name) =>
  /Candidate: (?!\(none\))/.test(spawnSync('apt-cache', ['policy', name], { encoding: 'utf8' }).stdout ?? '');

/** @param {string[]} words */
const apt = (...words) =>
  spawnSync('apt-get', ['--quiet=2', ...words], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }).status;
