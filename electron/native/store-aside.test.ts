import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { setStoreAside } from './store-aside.ts';

it('keeps the two newest copies of what could not be read, and then lets Chromium begin anew', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'linli-small-'));
  const clear = () => rm(join(folder, 'IndexedDB'), { recursive: true });
  for (const day of [1, 2, 3]) {
    await mkdir(join(folder, 'IndexedDB'));
    await writeFile(join(folder, 'IndexedDB', '000003.log'), `day ${day}`);
    await setStoreAside(folder, new Date(Date.UTC(2026, 2, day)), clear);
  }
  const copies = ['IndexedDB.damaged-2026-03-02T00-00-00.000Z', 'IndexedDB.damaged-2026-03-03T00-00-00.000Z'];
  expect((await readdir(folder)).sort()).toEqual(copies);
  expect(await readFile(join(folder, copies[1] ?? '', '000003.log'), 'utf8')).toBe('day 3');
  // Nothing to copy is no reason not to begin.
  let cleared = false;
  await setStoreAside(folder, new Date(Date.UTC(2026, 2, 4)), async () => void (cleared = true));
  expect(cleared).toBe(true);
  await rm(folder, { recursive: true });
});
