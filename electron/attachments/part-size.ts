/**
 * How long the next part of a file is: as much as the line carries in about a second, so that a record that wants to go out never waits
 * long behind a scan, and a bad line loses little.
 */
import { MOST_PART } from '../../shared/core/attachment/sealed-size.ts';

const LEAST = 4 * 1024;
const FIRST = 64 * 1024;
const SLOW = 1500;
const QUICK = 500;

export interface PartSize {
  readonly next: () => number;
  readonly took: (milliseconds: number) => void;
  readonly failed: () => void;
}

export function createPartSize(): PartSize {
  let size = FIRST;
  return {
    next: () => size,
    took: (milliseconds) => {
      if (milliseconds > SLOW) size = Math.max(LEAST, Math.floor(size / 2));
      else if (milliseconds < QUICK) size = Math.min(MOST_PART, size * 2);
    },
    failed: () => {
      size = Math.max(LEAST, Math.floor(size / 2));
    },
  };
}
