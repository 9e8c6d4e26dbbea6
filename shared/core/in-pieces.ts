/** Much work is done a piece at a time, so that the screen has its turns in between. */

/** So many records are played, listed or written out within a few milliseconds. */
const PIECE = 50;

export function* inPieces<T>(all: readonly T[]): Iterable<readonly T[]> {
  for (let from = 0; from < all.length; from += PIECE) yield all.slice(from, from + PIECE);
}
