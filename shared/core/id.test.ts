import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isId, kindOf, newId } from './id.ts';

const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));

test('ID-1 an id is its kind and 26 characters', () => {
  expect(newId('resident', 0, (length) => new Uint8Array(length))).toBe(
    'resident_00000000000000000000000000',
  );
  const id = newId('trainingEvent', 1_700_000_000_000, random);
  expect([kindOf(id), isId(id, 'trainingEvent'), isId(id, 'resident')]).toEqual([
    'trainingEvent',
    true,
    false,
  ]);
  const strangers = [
    '',
    'resident',
    'Resident_00000000000000000000000000',
    'resident_0000000000000000000000000I',
    '__proto__',
  ];
  expect(strangers.filter((text) => isId(text))).toEqual([]);
});

test('ID-2 no two are alike, whatever the clock says', () => {
  const ids = Array.from({ length: 5000 }, () => newId('entry', 1, random));
  expect(new Set(ids).size).toBe(5000);
  fc.assert(
    fc.property(fc.double(), (now) => {
      expect(isId(newId('entry', now, random), 'entry')).toBe(true);
    }),
  );
});
