import { expect, test } from 'vitest';
import {
  addWorkingDays,
  isProvisional,
  isWorkingDay,
  nextWorkingDay,
  workingDayNotAfter,
} from './working-days.ts';

test('DAY-1 announced holidays are off, made-up weekends are on', () => {
  const days = {
    '2026-02-13': true, // Friday before the Spring Festival
    '2026-02-14': true, // Saturday, made up for
    '2026-02-16': false,
    '2026-02-23': false, // Monday in lieu
    '2026-02-24': true,
    '2026-02-28': true,
    '2026-10-08': true,
    '2026-11-21': false,
    '2026-11-23': true,
    '2020-01-31': false,
  };
  expect(Object.fromEntries(Object.keys(days).map((day) => [day, isWorkingDay(day)]))).toEqual(days);
  expect([nextWorkingDay('2026-10-01'), nextWorkingDay('2026-10-08')]).toEqual(['2026-10-08', '2026-10-08']);
  expect([workingDayNotAfter('2026-10-07'), workingDayNotAfter('2026-09-30')]).toEqual([
    '2026-09-30',
    '2026-09-30',
  ]);
  expect([addWorkingDays('2026-09-30', 5), addWorkingDays('2026-09-30', 0)]).toEqual([
    '2026-10-13',
    '2026-09-30',
  ]);
});

test('DAY-2 years that nobody announced are provisional', () => {
  expect(['2019-12-31', '2020-01-01', '2026-12-31', '2027-01-01'].map(isProvisional)).toEqual([
    true,
    false,
    false,
    true,
  ]);
  expect(['2027-01-01', '2027-10-01', '2027-10-02', '2027-10-04', '2027-02-08'].map(isWorkingDay)).toEqual([
    false,
    false,
    false,
    true,
    true,
  ]);
});
