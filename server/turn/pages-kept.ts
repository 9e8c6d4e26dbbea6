/**
 * Pages of first downloads, gzipped once for all who ask for the same: colleagues of one committee download the same records. Beside them, how many
 * records lie behind a cursor, so that nobody counts them all again with every page.
 *
 * Invariant: a key holds the last sequence that moved each asked scope. Where nothing has moved, the page is the same to the letter; where
 * anything has, it is another key. The last page of a download tells the head and is never kept.
 */
import type { AskedScope } from '../ledger/transactor.ts';

/** What an asked scope that has held anything is at. */
export interface ScopeStanding extends AskedScope {
  /** The last sequence that moved it. */
  readonly seq: number;
}

export interface PagesKept {
  readonly page: (key: string) => Uint8Array | undefined;
  readonly keep: (key: string, packed: Uint8Array) => void;
  /** Sequences behind the cursor that all of these share. */
  readonly behind: (epoch: string, standing: readonly ScopeStanding[]) => number | undefined;
  /** There are so many behind this cursor. */
  readonly noteBehind: (
    epoch: string,
    standing: readonly ScopeStanding[],
    cursor: number,
    count: number,
  ) => void;
}

const MOST_BYTES = 32 * 1024 * 1024;
const MOST_COUNTS = 5_000;

export const keyOf = (epoch: string, standing: readonly ScopeStanding[], limit: number): string =>
  [epoch, limit, ...standing.map(({ scope, cursor, seq }) => `${scope}@${cursor}<${seq}`)].join(' ');

const countKey = (epoch: string, standing: readonly ScopeStanding[], cursor: number): string =>
  [epoch, cursor, ...standing.map(({ scope, seq }) => `${scope}<${seq}`)].join(' ');

export function createPagesKept(most = MOST_BYTES): PagesKept {
  // In the order of their last use.
  const pages = new Map<string, Uint8Array>();
  const counts = new Map<string, number>();
  let bytes = 0;
  const drop = (key: string): void => {
    bytes -= pages.get(key)?.length ?? 0;
    pages.delete(key);
  };
  return {
    page: (key) => {
      const packed = pages.get(key);
      if (!packed) return undefined;
      pages.delete(key);
      pages.set(key, packed);
      return packed;
    },
    keep: (key, packed) => {
      drop(key);
      pages.set(key, packed);
      bytes += packed.length;
      for (const oldest of pages.keys()) {
        if (bytes <= most) break;
        drop(oldest);
      }
    },
    behind: (epoch, standing) => {
      const cursor = standing[0]?.cursor ?? 0;
      const isShared = standing.every((one) => one.cursor === cursor);
      return isShared ? counts.get(countKey(epoch, standing, cursor)) : undefined;
    },
    noteBehind: (epoch, standing, cursor, count) => {
      if (standing.some((one) => one.cursor > cursor)) return;
      counts.set(countKey(epoch, standing, cursor), count);
      const [oldest] = counts.keys();
      if (counts.size > MOST_COUNTS && oldest !== undefined) counts.delete(oldest);
    },
  };
}
