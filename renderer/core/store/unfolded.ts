/**
 * The texts of blocks lie in memory deflated, as on the disk: a hundred thousand records are 15 MB so instead of 90. A block is unfolded
 * when somebody looks at one of its records (about 0.5 ms), and those looked at last stay unfolded: lists and the search index read one
 * record after the other. Room that one block gives back is the next one's: it would be garbage that nobody is in a hurry to collect.
 */
import type { Part } from '../vault/apart.ts';
import { isPressed, unfolded } from '../vault/pressed.ts';

/** What they give is theirs: read or copied before the next part is asked for. */
export interface Unfolded {
  /** The part as it was before it was deflated. */
  readonly of: (part: Part) => Uint8Array;
  /** The same for a part that is read once. */
  readonly once: (part: Part) => Uint8Array;
}

/** Bytes that stay unfolded: some sixty blocks, as many as a page of a list may be scattered over. */
const MOST = 4 * 1024 * 1024;
/** Room is given in whole steps, so that the next block fits into it. */
const STEP = 16 * 1024;

/** @param most bytes that stay; the last one stays however large it is */
export function createUnfolded(most = MOST, unfold = unfolded): Unfolded {
  /** The one that was looked at last comes last. */
  const kept = new Map<Part, Uint8Array>();
  let size = 0;
  let spare = new ArrayBuffer(0);
  let passing = new ArrayBuffer(0);

  function roomFor(length: number, given: ArrayBuffer): ArrayBuffer {
    // One byte more, so that a part that is longer than it says is seen to be.
    const needed = Math.ceil((length + 1) / STEP) * STEP;
    return given.byteLength >= needed ? given : new ArrayBuffer(needed);
  }

  function unfoldedAnew(part: Part): Uint8Array {
    for (const [oldest, { buffer }] of kept) {
      if (size + part.length <= most) break;
      kept.delete(oldest);
      size -= buffer.byteLength;
      spare = buffer as ArrayBuffer;
    }
    const room = roomFor(part.length, spare);
    if (room === spare) spare = new ArrayBuffer(0);
    const made = unfold(part, room);
    kept.set(part, made);
    size += room.byteLength;
    return made;
  }

  return {
    of: (part) => {
      if (!isPressed(part.bytes)) return part.bytes;
      const known = kept.get(part);
      if (!known) return unfoldedAnew(part);
      kept.delete(part);
      kept.set(part, known);
      return known;
    },
    once: (part) => {
      if (!isPressed(part.bytes)) return part.bytes;
      passing = roomFor(Math.min(part.length, most), passing);
      return unfold(part, roomFor(part.length, passing));
    },
  };
}
