/**
 * The texts of blocks lie in memory deflated, as on the disk: a hundred thousand records are 16 MB so instead of 90. A block is unfolded
 * when somebody looks at one of its records (about 0.5 ms), and those looked at last stay unfolded: lists and the search index read one
 * record after the other.
 */
import type { Part } from '../vault/apart.ts';
import { unfolded } from '../vault/pressed.ts';

export interface Unfolded {
  /** The part as it was before it was deflated; valid as long as it is held. */
  readonly of: (part: Part) => Uint8Array;
}

/** Bytes that stay unfolded: some sixty blocks, as many as a page of a list may be scattered over. */
const MOST = 4 * 1024 * 1024;

/** @param most bytes that stay; the last one stays however large it is */
export function createUnfolded(most = MOST, unfold = unfolded): Unfolded {
  /** The one that was looked at last comes last. */
  const kept = new Map<Part, Uint8Array>();
  let size = 0;
  function keep(part: Part, bytes: Uint8Array): void {
    kept.set(part, bytes);
    size += bytes.length;
    for (const [oldest, { length }] of kept) {
      if (size <= most || oldest === part) break;
      kept.delete(oldest);
      size -= length;
    }
  }
  return {
    of: (part) => {
      const known = kept.get(part);
      if (known) {
        kept.delete(part);
        kept.set(part, known);
        return known;
      }
      const made = unfold(part);
      // What lies here plain anyway needs no second place.
      if (made !== part.bytes) keep(part, made);
      return made;
    },
  };
}
