/** The ways of searching that are compared. Each is given the same words of the same records. */
import type { RecordState } from '../../shared/core/record.ts';
import { createSearchIndex, type SearchWord } from '../../shared/core/search/index.ts';
import { searchWordsOf } from '../../shared/core/search/words.ts';
import { registry } from '../../shared/modules/index.ts';
import { readings } from '../../renderer/core/search/readings.ts';
import { createFlexSearch } from '../peers/flexsearch.ts';
import { createMiniSearch } from '../peers/minisearch.ts';
import { createColumns } from './columns.ts';
import type { SearchSide } from './side.ts';

const SHOWN = 20;

export const sides: Readonly<Record<string, () => SearchSide>> = {
  ours: () => {
    const index = createSearchIndex({ readings });
    return {
      add: (id, words) => index.set(id, words),
      find: (question) => index.find(question, SHOWN),
      all: (question) => index.matching(question),
    };
  },
  floor: () => createColumns(readings),
  minisearch: () => createMiniSearch(readings),
  flexsearch: () => createFlexSearch(readings),
};

export function wordsOf({ entity, values }: RecordState): readonly SearchWord[] {
  const declared = registry.entities.get(entity);
  return declared ? searchWordsOf(declared, values) : [];
}
