/**
 * Writes columns anew without the words that are nobody's any more, a few at a time: of a hundred thousand records in one piece the screen
 * would stand still for most of a second. Until all is there the old ones answer, and what comes meanwhile is put into both.
 */
import { createColumns, KINDS, putWord, type Columns, type WordKind } from './columns.ts';
import type { Readings } from './sounds.ts';

export interface Renewal {
  /** They have the owners' old numbers still. */
  readonly anew: Columns;
  /** @returns whether all is there */
  readonly step: (words: number) => boolean;
}

/** @param isSomebodys by the number of an owner, asked when its word is reached */
export function createRenewal(
  old: Columns,
  readings: Readings,
  isSomebodys: (owner: number) => boolean,
): Renewal {
  const anew = createColumns(readings);
  // As they are now: what comes later is put there by itself.
  const waiting = KINDS.map((kind) => ({ kind, text: old[kind].text(), end: old[kind].words(), next: 0 }));

  function copy(kind: WordKind, text: string, word: number): void {
    const column = old[kind];
    const owner = column.owner(word);
    if (!isSomebodys(owner)) return;
    const written = text.slice(column.start(word) + 1, column.start(word + 1));
    putWord(anew, kind, owner, column.field(word), written);
  }

  return {
    anew,
    step: (words) => {
      let left = words;
      for (const one of waiting) {
        for (; one.next < one.end && left > 0; left--) copy(one.kind, one.text, one.next++);
      }
      return waiting.every(({ next, end }) => next === end);
    },
  };
}
