import { expect, test } from 'vitest';
import { combined, EMPTY_HASH, hashIn, hashOfRecord, hashText } from './scope-hash.ts';

const RECORD = 'mediation_01ARZ3NDEKTSV4RRFFQ69G5FAV';

test('S7-1 the mix of a record is the same everywhere and for ever, and takes itself out again', () => {
  const one = hashOfRecord(RECORD, 4193);
  expect(hashText(one)).toBe('508508a2ccf5cbff');
  expect(hashIn(hashText(one))).toEqual(one);
  expect(combined(combined(EMPTY_HASH, one), one)).toEqual(EMPTY_HASH);
});

test('S7-1 of 20 000 records and sequences no two mix alike', () => {
  const seen = new Set<string>();
  for (let seq = 1; seq <= 10_000; seq++) {
    seen.add(hashText(hashOfRecord(RECORD, seq)));
    seen.add(hashText(hashOfRecord(`mediation_${String(seq).padStart(26, '0')}`, 7)));
  }
  expect(seen.size).toBe(20_000);
});
