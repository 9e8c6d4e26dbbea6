/** FlexSearch with the same pairs; words of letters and digits are found by their beginnings. */
import { Document } from 'flexsearch';
import type { Readings } from '../../shared/core/search/sounds.ts';
import type { SearchSide } from '../search/side.ts';
import { entryOf, FIELDS, questionOf, tokensOf, type Entry } from './chinese.ts';

interface Index {
  readonly add: (entry: Entry) => unknown;
  readonly search: (text: string, options: object) => readonly { readonly result: readonly string[] }[];
}
/** Its own types, where it is installed, are stricter than they are right. */
const Index = Document as unknown as new (options: object) => Index;

const PREFIXED: readonly string[] = ['sound', 'digits', 'address', 'text'];

export function createFlexSearch(readings: Readings): SearchSide {
  const index = new Index({
    document: {
      id: 'id',
      index: FIELDS.map((field) => ({
        field,
        tokenize: PREFIXED.includes(field) ? 'forward' : 'strict',
        encode: tokensOf,
      })),
    },
  });
  const asked = (question: string, limit: number): readonly string[] => [
    ...new Set(index.search(questionOf(question), { limit }).flatMap(({ result }) => result)),
  ];
  return {
    add: (id, words) => void index.add(entryOf(id, words, readings)),
    find: (question) => asked(question, 20),
    all: (question) => asked(question, 1_000_000),
  };
}
