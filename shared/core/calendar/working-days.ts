/**
 * Working days of mainland China: weekdays, less the announced holidays, plus the weekends made up for. A year that nobody has
 * announced yet is guessed from weekends and the holidays with a fixed date, and says so (`isProvisional`).
 */
import { addDays, weekday } from './day.ts';
import { holidays, workingWeekends } from './holidays.ts';

/** 全国年节及纪念日放假办法: the days off that do not follow the moon. */
const FIXED = new Set(['01-01', '05-01', '05-02', '10-01', '10-02', '10-03']);

const setsBy = (years: Readonly<Record<number, string>>): ReadonlyMap<string, ReadonlySet<string>> =>
  new Map(Object.entries(years).map(([year, days]) => [year, new Set(days.split(' '))]));
const daysOff = setsBy(holidays);
const madeUp = setsBy(workingWeekends);

/** The calendar has no official data for the year of that day. */
export const isProvisional = (day: string): boolean => !daysOff.has(day.slice(0, 4));

export function isWorkingDay(day: string): boolean {
  const year = day.slice(0, 4);
  const date = day.slice(5, 10);
  const isWeekend = weekday(day) === 0 || weekday(day) === 6;
  if (isWeekend) return madeUp.get(year)?.has(date) ?? false;
  return !(daysOff.get(year) ?? FIXED).has(date);
}

function firstFrom(day: string, step: 1 | -1): string {
  let found = day;
  while (!isWorkingDay(found)) found = addDays(found, step);
  return found;
}

/** The day itself, or the first working day after it. */
export const nextWorkingDay = (day: string): string => firstFrom(day, 1);

/** The day itself, or the last working day before it. */
export const workingDayNotAfter = (day: string): string => firstFrom(day, -1);

/** The `count`th working day after `day`, which is not counted itself (民法典201). */
export function addWorkingDays(day: string, count: number): string {
  let found = day;
  for (let counted = 0; counted < count; counted++) found = nextWorkingDay(addDays(found, 1));
  return found;
}
