/** Statutory clocks, declared by an entity and computed wherever somebody looks; never stored. */
import { addDays, addMonths, isRealDate } from './calendar/day.ts';
import {
  addWorkingDays,
  isProvisional,
  nextWorkingDay,
  workingDayNotAfter,
} from './calendar/working-days.ts';
import type { Values } from './field/base.ts';
import type { Label } from './label.ts';

/** A limit of code-lists.json `deadlines`. The start day is not counted (民法典201): due = start + n. */
export interface Limit {
  readonly days: number;
  readonly unit: 'calendar' | 'working';
  /** Overrides days: same day of the end month or its last one (民法典202). */
  readonly months?: number;
  /** A last day on a statutory rest day moves to the next working day (民法典203); only for citizens' limits. */
  readonly roll?: boolean;
}

export interface Deadline {
  readonly id: string;
  readonly label: Label;
  /** Law article, for the tooltip: 人民调解法33. */
  readonly basis: string;
  readonly limit: Limit;
  /** Soft limits warn and never block. */
  readonly soft?: boolean;
  /** The days from which clocks run, `YYYY-MM-DD`; none when no clock runs (or it has been met). */
  readonly from: (values: Values) => readonly string[];
}

/** One running clock. */
export interface Due {
  readonly deadline: Deadline;
  readonly from: string;
  /** Last day on which it is still in time. */
  readonly on: string;
  /** The last working day not after `on`: the day to be warned for limits that do not roll. */
  readonly warnOn: string;
  /** The calendar has no official data for that year yet. */
  readonly provisional: boolean;
}

/** The clocks of one deadline that run for these values. A start that is no real day starts nothing. */
export function dueOf(deadline: Deadline, values: Values): readonly Due[] {
  return deadline
    .from(values)
    .map((start) => String(start).slice(0, 10))
    .filter(isRealDate)
    .map((from) => {
      const on = lastDay(deadline.limit, from);
      return { deadline, from, on, warnOn: workingDayNotAfter(on), provisional: isProvisional(on) };
    });
}

/** Every running clock of a record, the nearest first. */
export const duesOf = (
  entity: { readonly deadlines?: readonly Deadline[] | undefined },
  values: Values,
): readonly Due[] =>
  (entity.deadlines ?? [])
    .flatMap((deadline) => dueOf(deadline, values))
    .sort((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : 0));

function lastDay({ days, unit, months, roll }: Limit, from: string): string {
  if (unit === 'working' && months === undefined) return addWorkingDays(from, days);
  const on = months === undefined ? addDays(from, days) : addMonths(from, months);
  return roll ? nextWorkingDay(on) : on;
}
