import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readFuses, setFuses, wantedFuses } from './fuses.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linli-fuses-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program of nothing but a wire: the mark that the fuse tool looks for, version 1, and `length` fuses that are all off. */
function programWithFuses(length: number): string {
  const file = join(folder, `program-${length}`);
  const wire = Buffer.concat([Buffer.from([1, length]), Buffer.from('0'.repeat(length))]);
  writeFileSync(
    file,
    Buffer.concat([
      Buffer.alloc(5_000),
      Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
      wire,
      Buffer.alloc(300),
    ]),
  );
  return file;
}

test.each([7, 8, 9])('a wire of %i fuses gets what it has room for', async (length) => {
  const file = programWithFuses(length);
  await setFuses(file, 'desk');
  const wanted = Object.entries(wantedFuses('desk')).filter(([fuse]) => Number(fuse) < length);
  expect(await readFuses(file)).toEqual(Object.fromEntries(wanted));
});

test('a newer wire with fuses that nobody has named yet does no harm', async () => {
  const file = programWithFuses(12);
  await setFuses(file, 'desk');
  expect(await readFuses(file)).toEqual({ ...wantedFuses('desk'), 9: false, 10: false, 11: false });
});

test('the twin differs from the desk by the inspect fuse alone', async () => {
  const desk = programWithFuses(9);
  const twin = join(folder, 'twin');
  copyFileSync(desk, twin);
  await setFuses(desk, 'desk');
  await setFuses(twin, 'twin');
  // In the order of Electron's wire: run as node, cookies sealed, NODE_OPTIONS, --inspect, asar integrity, only asar, …
  const hardened = [false, true, false, false, true, true, false, false, true];
  expect(await readFuses(desk)).toEqual({ ...hardened });
  expect(await readFuses(twin)).toEqual({ ...hardened, 3: true });
});
