/** What every way of keeping records is asked to do in a page. A work may be asked in a page of its own, on what an earlier one has left. */
import type { Measures } from '../rounds.ts';

export interface StoreSide {
  /** Keeps all records; each is a line of JSON. */
  readonly write: (lines: readonly string[]) => Promise<Measures>;
  /** On what was written: the first list and its counts, everything, then pages and counts, then single savings. */
  readonly use: () => Promise<Measures>;
}

/** Of the list that is asked for everywhere: so many rows, newest acceptance first, of one stage; how many are in each. */
export const ROWS = 50;
export const STAGES = ['registered', 'accepted', 'investigating', 'mediating', 'rejected'] as const;
export const SAVINGS = 200;

export interface Kept {
  readonly id: string;
  readonly values: { readonly stage: string; readonly acceptedOn?: string; readonly subject: string };
}

/** Days compare as texts; what was never accepted comes last. */
export const dayOf = ({ values }: Kept): string => values.acceptedOn ?? '';
