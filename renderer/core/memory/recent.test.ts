import { expect, test } from 'vitest';
import { createRecent, type Parsed } from './recent.ts';

interface Named extends Parsed {
  readonly name: string;
}

test('of those that are kept the oldest that nobody has used since goes, and nobody is kept twice', () => {
  const dropped: string[] = [];
  const recent = createRecent<Named>(3, ({ name }) => dropped.push(name));
  const named = (name: string): Named => ({ name, isUsed: false, isKept: false });
  const [one, two, three, four, five] = ['one', 'two', 'three', 'four', 'five'].map(named);
  for (const each of [one, two, three, three]) recent.keep(each!);
  one!.isUsed = true;
  recent.keep(four!);
  expect([dropped, one!.isKept, two!.isKept, four!.isKept]).toEqual([['two'], true, false, true]);
  four!.isUsed = true;
  recent.keep(five!);
  recent.keep(two!);
  expect(dropped).toEqual(['two', 'three', 'one']);
});
