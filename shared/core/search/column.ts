/**
 * One growing text that holds the words of one kind, each between line feeds. Where each word begins, whose it is and which pairs of
 * characters it has stands in typed arrays beside it: a question looks at the few words that have its own. Nothing is ever cut out: the
 * index forgets owners and, now and then, writes its columns anew.
 */
import { createGrowingText } from './growing-text.ts';
import { lastUpTo } from './last-up-to.ts';
import { WORD } from './normalise.ts';
import { pairsOf, writePairs, type Pairs } from './pairs.ts';

export interface Column {
  readonly add: (owner: number, field: number, word: string) => void;
  /** Ends with a line feed, so a word can be met by its end. */
  readonly text: () => string;
  readonly words: () => number;
  /** Position of the line feed before the word. */
  readonly start: (word: number) => number;
  readonly owner: (word: number) => number;
  readonly field: (word: number) => number;
  /** @param moved the new number of each owner by the old one */
  readonly renumber: (moved: Uint32Array) => void;
  /** The first word from this one on that may hold a text with these pairs; `words()` where there is none. */
  readonly withPairs: (pairs: Pairs, from: number) => number;
  /** Whether so many words may hold it that looking through all of the text is quicker. Asked of one word in 64. */
  readonly manyWithPairs: (pairs: Pairs) => boolean;
  /** The word around a position; `from` is a word that is not behind it. */
  readonly wordAt: (position: number, from: number) => number;
}

/** Words for which there is room at first: most columns of most kinds stay short, and every opened desk makes all of them. */
const FIRST = 16;
const SAMPLED = 64;
/** A native search passes so many words while one is looked at. */
const MANY = 8;

export function createColumn(): Column {
  // Ends with the line feed of the word to come, so that asking makes no new text.
  const body = createGrowingText(WORD);
  let count = 0;
  let starts = new Uint32Array(FIRST);
  let owners = new Uint32Array(FIRST);
  let fields = new Uint16Array(FIRST);
  // Signed, as the operators on bits are.
  let plain = new Int32Array(FIRST);
  let other = new Int32Array(FIRST);

  const grow = (): void => {
    const wider = <T extends Uint32Array | Uint16Array | Int32Array>(old: T, made: T): T => {
      made.set(old);
      return made;
    };
    starts = wider(starts, new Uint32Array(count * 2));
    owners = wider(owners, new Uint32Array(count * 2));
    fields = wider(fields, new Uint16Array(count * 2));
    plain = wider(plain, new Int32Array(count * 2));
    other = wider(other, new Int32Array(count * 2));
  };

  return {
    add: (owner, field, word) => {
      if (count === starts.length) grow();
      starts[count] = body.length() - 1;
      owners[count] = owner;
      fields[count] = field;
      writePairs(word, plain, other, count);
      count += 1;
      body.add(word + WORD);
    },
    text: body.whole,
    words: () => count,
    start: (word) => (word < count ? (starts[word] ?? 0) : body.length() - 1),
    owner: (word) => owners[word] ?? 0,
    field: (word) => fields[word] ?? 0,
    renumber: (moved) => {
      for (let word = 0; word < count; word++) owners[word] = moved[owners[word]!]!;
    },
    withPairs: (wanted, from) => firstWith(plain, other, wanted.plain, wanted.other, from, count, 1),
    manyWithPairs: (wanted) => {
      let many = 0;
      for (let word = 0; ; word += SAMPLED) {
        word = firstWith(plain, other, wanted.plain, wanted.other, word, count, SAMPLED);
        if (word >= count) return many * SAMPLED * MANY > count;
        many += 1;
      }
    },
    wordAt: (position, from) => lastUpTo(starts, count, position, from),
  };
}

/** Kept apart from the column's own state, so that nothing but two numbers is read for a word: this is most of a question's work. */
function firstWith(
  plain: Int32Array,
  other: Int32Array,
  wantedPlain: number,
  wantedOther: number,
  from: number,
  count: number,
  step: number,
): number {
  let word = from;
  while (
    word < count &&
    ((plain[word]! & wantedPlain) !== wantedPlain || (other[word]! & wantedOther) !== wantedOther)
  )
    word += step;
  return Math.min(word, count);
}

/** Every word that contains `part`, once, with the position where it does first. */
export function eachWith(column: Column, part: string, met: (word: number, position: number) => void): void {
  const pairs = pairsOf(part);
  if (column.manyWithPairs(pairs)) return eachInText(column, part, met);
  const text = column.text();
  for (
    let word = column.withPairs(pairs, 0);
    word < column.words();
    word = column.withPairs(pairs, word + 1)
  ) {
    const start = column.start(word);
    const at = text.slice(start, column.start(word + 1)).indexOf(part);
    if (at >= 0) met(word, start + at);
  }
}

function eachInText(column: Column, part: string, met: (word: number, position: number) => void): void {
  const text = column.text();
  let word = 0;
  for (let at = text.indexOf(part); at >= 0 && word < column.words();) {
    word = column.wordAt(at, word);
    met(word, at);
    at = text.indexOf(part, column.start(word + 1));
  }
}

/** Every word that begins or ends with `part`, once. */
export function eachAtEdge(column: Column, part: string, met: (word: number) => void): void {
  const text = column.text();
  const pairs = pairsOf(part);
  for (
    let word = column.withPairs(pairs, 0);
    word < column.words();
    word = column.withPairs(pairs, word + 1)
  ) {
    const begin = column.start(word) + 1;
    const end = column.start(word + 1);
    if (
      text.startsWith(part, begin) ||
      (end - begin > part.length && text.startsWith(part, end - part.length))
    )
      met(word);
  }
}
