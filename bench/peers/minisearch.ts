/** MiniSearch with pairs of characters: every pair of a question must be met, the last one by its beginning. */
import MiniSearch from 'minisearch';
import type { Readings } from '../../shared/core/search/sounds.ts';
import type { SearchSide } from '../search/side.ts';
import { entryOf, FIELDS, questionOf, tokensOf } from './chinese.ts';

export function createMiniSearch(readings: Readings): SearchSide {
  const index = new MiniSearch({
    fields: [...FIELDS],
    tokenize: tokensOf,
    processTerm: (term: string) => term,
    searchOptions: { combineWith: 'AND', prefix: (term: string) => /^[a-z\d]/.test(term) },
  });
  const all = (question: string): readonly string[] => index.search(questionOf(question)).map(({ id }) => id);
  return {
    add: (id, words) => index.addAll([entryOf(id, words, readings)]),
    find: (question) => all(question).slice(0, 20),
    all,
  };
}
