/** Statutory clocks, declared by an entity and computed wherever somebody looks; never stored. */
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
