import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from './calendar/day.ts';
import { parseDateInput } from './date-input.ts';

const TODAY = '2026-11-23';
const read = (texts: readonly string[]) => texts.map((text) => parseDateInput(text, TODAY));

test('DATE-1 days as people type them', () => {
  const ways = [
    '19900101',
    '1990-1-1',
    '1990年1月1日',
    '1990.1.1',
    '1990/1/1',
    '１９９０年１月１日',
    ' 1990 年 1 月 1 日 ',
    '1990-01-01',
  ];
  expect(read(ways)).toEqual(ways.map(() => '1990-01-01'));
  expect(read(['11月3日', '11-3', '今天', '昨天', '后天'])).toEqual([
    '2026-11-03',
    '2026-11-03',
    '2026-11-23',
    '2026-11-22',
    '2026-11-25',
  ]);
  expect(
    read(['', '1990-2-30', '19901301', '1990-1/1', '明年', '1990', 'constructor', '0001-01-01']),
  ).toEqual(Array.from({ length: 8 }));
});

test('DATE-1 any day in any spelling', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100_000 }), fc.constantFrom('', '-', '.', '/'), (days, sign) => {
      const day = addDays('1900-01-01', days);
      expect(parseDateInput(day.replaceAll('-', sign), TODAY)).toBe(day);
    }),
  );
});
