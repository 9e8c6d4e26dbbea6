import { expect, test } from 'vitest';
import { createColumns, putWord } from './columns.ts';
import { createRenewal } from './renewal.ts';

test('no step writes more words than it was told, and at the end only somebody’s are there', () => {
  const readings = () => [];
  const old = createColumns(readings);
  for (let owner = 0; owner < 500; owner++) {
    putWord(old, 'name', owner, 0, `name${owner}`);
    putWord(old, 'address', owner, 1, `address${owner}`);
  }
  const renewal = createRenewal(old, readings, (owner) => owner % 2 === 1);
  const written = (): number => renewal.anew.name.words() + renewal.anew.address.words();
  for (let steps = 1; ; steps++) {
    const before = written();
    const isDone = renewal.step(64);
    expect(written() - before).toBeLessThanOrEqual(64);
    if (!isDone) continue;
    expect(steps).toBe(Math.ceil(1_000 / 64));
    break;
  }
  expect(renewal.anew.address.text().split('\n').filter(Boolean)).toEqual(
    Array.from({ length: 250 }, (_, at) => `address${at * 2 + 1}`),
  );
});
