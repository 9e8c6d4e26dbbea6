import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fingerprint, isFresh, stampAs } from './fingerprint.ts';

let base = '';
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'linli-fingerprint-'));
  mkdirSync(join(base, 'shared', 'testing'), { recursive: true });
  writeFileSync(join(base, 'shared', 'play.ts'), 'one');
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const print = (also?: unknown) => fingerprint({ base, names: ['shared', 'missing'], also });

test('contents, names and options decide; tests and times do not', () => {
  const before = print();
  writeFileSync(join(base, 'shared', 'play.test.ts'), 'a test');
  writeFileSync(join(base, 'shared', 'testing', 'town.ts'), 'a town');
  writeFileSync(join(base, 'shared', 'play.ts'), 'one');
  expect(print()).toBe(before);
  expect(print({ version: '2' })).not.toBe(before);
  writeFileSync(join(base, 'shared', 'play.ts'), 'two');
  const changed = print();
  expect(changed).not.toBe(before);
  writeFileSync(join(base, 'shared', 'decide.ts'), '');
  expect(print()).not.toBe(changed);
});

test('a stamp says whether the product still fits', () => {
  const stamp = join(base, 'dist', 'made-from');
  expect(isFresh(stamp, 'a')).toBe(false);
  stampAs(stamp, 'a');
  expect([isFresh(stamp, 'a'), isFresh(stamp, 'b')]).toEqual([true, false]);
});
