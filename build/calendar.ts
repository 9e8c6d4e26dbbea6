/**
 * Writes shared/core/calendar/holidays.ts from chinese-days: `node build/calendar.ts`, once a year when the State Council has
 * announced the next one. Only years that were announced get in; days that follow from the weekday alone are left out.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { weekday } from '../shared/core/calendar/day.ts';

const FIRST = 2020;
const TARGET = new URL('../shared/core/calendar/holidays.ts', import.meta.url);

interface Announced {
  readonly holidays: Readonly<Record<string, string>>;
  readonly workdays: Readonly<Record<string, string>>;
}

const require = createRequire(import.meta.url);
const announced = JSON.parse(
  readFileSync(require.resolve('chinese-days/dist/chinese-days.json'), 'utf8'),
) as Announced;

const isWeekend = (day: string): boolean => weekday(day) === 0 || weekday(day) === 6;
const years = [...new Set(Object.keys(announced.holidays).map((day) => Number(day.slice(0, 4))))]
  .filter((year) => year >= FIRST)
  .sort((one, other) => one - other);

function listOf(days: Readonly<Record<string, string>>, isKept: (day: string) => boolean): string {
  return years
    .map((year) => {
      const kept = Object.keys(days)
        .filter((day) => day.startsWith(String(year)) && isKept(day))
        .sort();
      return `  ${year}: '${kept.map((day) => day.slice(5)).join(' ')}',`;
    })
    .join('\n');
}

writeFileSync(
  TARGET,
  `/** Days off and days made up for, as the State Council announced them. Written by build/calendar.ts from chinese-days; do not edit. */
type Years = Readonly<Record<number, string>>;

/** Weekdays on which nobody works, \`MM-DD\`. */
// oxfmt-ignore
export const holidays: Years = {
${listOf(announced.holidays, (day) => !isWeekend(day))}
};

/** Saturdays and Sundays on which everybody works. */
// oxfmt-ignore
export const workingWeekends: Years = {
${listOf(announced.workdays, isWeekend)}
};
`,
);
console.log(`holidays.ts: ${years[0]} to ${years.at(-1)}`);
