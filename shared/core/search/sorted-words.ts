/**
 * Words of one kind, in a column for each mixture of signs that they hold (letters, digits): a question with a digit looks past all
 * words without any, and one with a letter past nearly everything that is not a name. Which column a word lies in follows from the word.
 */
import { createColumn, type Column } from './column.ts';

export interface SortedWords {
  readonly add: (owner: number, field: number, word: string) => void;
  /** Every column that may hold a word with this in it. */
  readonly with: (part: string) => readonly Column[];
  readonly all: readonly Column[];
}

const LETTERS = 1;
const DIGITS = 2;

const signsOf = (text: string): number => (/[a-z]/.test(text) ? LETTERS : 0) | (/\d/.test(text) ? DIGITS : 0);

export function createSortedWords(): SortedWords {
  const all = [0, LETTERS, DIGITS, LETTERS | DIGITS].map(createColumn);
  return {
    all,
    add: (owner, field, word) => all[signsOf(word)]?.add(owner, field, word),
    with: (part) => {
      const signs = signsOf(part);
      return all.filter((_, held) => (held & signs) === signs);
    },
  };
}
