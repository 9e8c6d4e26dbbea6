import type { SearchWord } from '../../shared/core/search/index.ts';
import type { QueryClass } from './queries.ts';

/** One way of searching. */
export interface SearchSide {
  readonly add: (id: string, words: readonly SearchWord[]) => void;
  /** The best twenty, as the search box asks. The floor is told which column to look into; nobody else is. */
  readonly find: (question: string, kind: QueryClass) => unknown;
  /** All of them. */
  readonly all: (question: string, kind: QueryClass) => Iterable<string>;
}
