/**
 * One growing text that holds the words of one kind, each between line feeds, so that one native `indexOf` looks through all of them.
 * Where each word begins and whose it is stands in typed arrays beside it. Nothing is ever cut out: the index forgets owners and, now
 * and then, writes its columns anew.
 */
import { createGrowingText } from './growing-text.ts';
import { WORD } from './normalise.ts';

export interface Column {
  readonly add: (owner: number, field: number, word: string) => void;
  /** Ends with a line feed, so a word can be met by its end. */
  readonly text: () => string;
  readonly words: () => number;
  /** Position of the line feed before the word. */
  readonly start: (word: number) => number;
  readonly owner: (word: number) => number;
  readonly field: (word: number) => number;
  /** The word around a position; `from` is a word that is not behind it. */
  readonly wordAt: (position: number, from: number) => number;
}

/** Words for which there is room at first: most columns of most kinds stay short, and every opened desk makes all of them. */
const FIRST = 16;

export function createColumn(): Column {
  // Ends with the line feed of the word to come, so that asking makes no new text.
  const body = createGrowingText(WORD);
  let count = 0;
  let starts = new Uint32Array(FIRST);
  let owners = new Uint32Array(FIRST);
  let fields = new Uint16Array(FIRST);

  const grow = (): void => {
    const wider = <T extends Uint32Array | Uint16Array>(old: T, made: T): T => {
      made.set(old);
      return made;
    };
    starts = wider(starts, new Uint32Array(count * 2));
    owners = wider(owners, new Uint32Array(count * 2));
    fields = wider(fields, new Uint16Array(count * 2));
  };

  return {
    add: (owner, field, word) => {
      if (count === starts.length) grow();
      starts[count] = body.length() - 1;
      owners[count] = owner;
      fields[count] = field;
      count += 1;
      body.add(word + WORD);
    },
    text: body.whole,
    words: () => count,
    start: (word) => (word < count ? (starts[word] ?? 0) : body.length() - 1),
    owner: (word) => owners[word] ?? 0,
    field: (word) => fields[word] ?? 0,
    wordAt: (position, from) => {
      let low = from;
      let high = count;
      // Matches come in order and often close together: step out in doubling strides, then halve.
      for (let stride = 1; low + stride < count; stride *= 2) {
        if ((starts[low + stride] ?? 0) > position) {
          high = low + stride;
          break;
        }
        low += stride;
      }
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if ((starts[middle] ?? 0) <= position) low = middle;
        else high = middle;
      }
      return low;
    },
  };
}

/** Every word that contains `part`, once, with the position where it does first. */
export function eachWith(column: Column, part: string, met: (word: number, position: number) => void): void {
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
  let word = 0;
  for (let at = text.indexOf(part); at >= 0 && word < column.words();) {
    if (text[at - 1] === WORD || text[at + part.length] === WORD) {
      word = column.wordAt(at, word);
      met(word);
      at = text.indexOf(part, column.start(word + 1));
    } else at = text.indexOf(part, at + 1);
  }
}
