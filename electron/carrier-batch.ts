/** Which pending operations go together: the order of the chain, groups whole where the limit allows, never more than the limit. */
import type { PendingOperation } from './native/journal-index.ts';

export interface BatchLimit {
  readonly entries: number;
  readonly bytes: number;
}

export const WIDEST: BatchLimit = { entries: 500, bytes: 1024 * 1024 };

export function batchOf(
  groups: readonly (readonly PendingOperation[])[],
  limit: BatchLimit,
): readonly PendingOperation[] {
  const batch: PendingOperation[] = [];
  let bytes = 0;
  const fits = (size: number, count: number) =>
    batch.length + count <= limit.entries && bytes + size <= limit.bytes;
  for (const group of groups) {
    const size = group.reduce((sum, one) => sum + one.size, 0);
    if (batch.length > 0 && !fits(size, group.length)) break;
    for (const one of group) {
      // Only the first group may be cut, when it alone is too large.
      if (batch.length > 0 && !fits(one.size, 1)) return batch;
      batch.push(one);
      bytes += one.size;
    }
  }
  return batch;
}

/** Whether there is a line again is found out with little: what waits is made ready once there is one. */
export const trial = <T>(groups: readonly T[]): readonly T[] => groups.slice(0, 1);

/** What to try after a batch did not get through: half of it. */
export function halved(batch: readonly PendingOperation[]): BatchLimit {
  const bytes = batch.reduce((sum, one) => sum + one.size, 0);
  return { entries: Math.max(1, Math.floor(batch.length / 2)), bytes: Math.max(1, Math.floor(bytes / 2)) };
}

/** Milliseconds within which a batch is back on a line that takes larger ones. */
const QUICK = 5_000;

/** A slow one that got through is as large as this line takes. */
export const afterBatch = (limit: BatchLimit, took: number): BatchLimit =>
  took > QUICK
    ? limit
    : {
        entries: Math.min(WIDEST.entries, limit.entries * 2),
        bytes: Math.min(WIDEST.bytes, limit.bytes * 2),
      };
