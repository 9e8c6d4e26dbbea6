import { expect, test } from 'vitest';
import { readOptions, takingPart, wants } from './options.ts';

test('what is said counts, and what is not said is the whole', () => {
  expect(readOptions([])).toEqual({ n: 100_000, rounds: 3, browser: 'electron' });
  const words =
    '--n 2_000 --rounds 1 --browser chromium --only W,Δ --json a.json --profile p --sides ours,floor'.split(
      ' ',
    );
  const { only, sides, ...rest } = readOptions(words);
  expect(rest).toEqual({ n: 2000, rounds: 1, browser: 'chromium', json: 'a.json', profile: 'p' });
  expect([...(only ?? [])]).toEqual(['w', 'delta']);
  expect([...(sides ?? [])]).toEqual(['ours', 'floor']);
});

test('what makes no sense is said', () => {
  expect(() => readOptions(['--n', '1.5'])).toThrow('--n is a whole number from 1, not 1.5');
  expect(() => readOptions(['--browser', 'lynx'])).toThrow('--browser is electron or chromium, not lynx');
});

test('rows that were not asked for are left out', () => {
  const some = readOptions(['--only', 'w,o']);
  expect([wants(some, 'w'), wants(some, 'q', 'o'), wants(some, 's'), wants(readOptions([]), 's')]).toEqual([
    true,
    true,
    false,
    true,
  ]);
  const ours = readOptions(['--sides', 'ours,rxdb']);
  expect(takingPart(ours, ['ours', 'floor', 'rxdb'])).toEqual(['ours', 'rxdb']);
  expect(takingPart(some, ['ours', 'floor'])).toEqual(['ours', 'floor']);
});
