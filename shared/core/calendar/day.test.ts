import { describe, expect, it } from 'vitest';
import { addDays, isRealDate } from './day.ts';

describe('a day that the calendar has', () => {
  it('is every day from 1900 to 2199, and none beside', () => {
    let days = 0;
    for (let day = '1900-01-01'; day < '2200-01-01'; day = addDays(day, 1)) {
      if (!isRealDate(day)) throw new Error(`${day} is a day`);
      days += 1;
    }
    let found = 0;
    const two = (value: number): string => String(value).padStart(2, '0');
    for (let year = 1890; year < 2210; year++)
      for (let month = 0; month <= 13; month++)
        for (let day = 0; day <= 32; day++) if (isRealDate(`${year}-${two(month)}-${two(day)}`)) found += 1;
    expect([days, found]).toEqual([109_573, 109_573]);
    for (const not of ['', '2026-2-03', '2026-02-03T00:00', ' 2026-02-03', '2026/02/03'])
      expect([not, isRealDate(not)]).toEqual([not, false]);
  });
});
