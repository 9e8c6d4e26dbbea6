/**
 * Keeps the search index and the index of doubles beside the records: one an entity, fed in small pieces between the screen's turns, so that a first
 * download of 100 000 records never holds it up. A question brings what is still waiting in changes up to date first.
 */
import type { AnyEntity } from '../../../shared/core/entity.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import { createSearchIndex, type SearchIndex, type SearchWord } from '../../../shared/core/search/index.ts';
import { searchWordsOf } from '../../../shared/core/search/words.ts';
import type { Registry } from '../../../shared/core/registry.ts';
import type { Hit, Query } from '../desk.ts';
import type { Doubles } from '../memory/doubles.ts';
import type { Records } from '../memory/records.ts';
import type { Timers } from '../ports.ts';

export interface SearchFeed {
  /** @param arrived those of them that were parsed just now, so that they are not parsed again */
  readonly changed: (records: Iterable<string>, arrived?: ReadonlyMap<string, RecordState>) => void;
  readonly find: (
    text: string,
    options: { readonly entity?: string; readonly limit: number },
  ) => readonly Hit[];
  /** What the query's words leave; undefined where it has none. */
  readonly matching: (query: Query) => ReadonlySet<string> | undefined;
  /** Resolves when nothing waits. */
  readonly settled: () => Promise<void>;
}

interface Feeding {
  readonly registry: Registry;
  readonly records: Records;
  readonly doubles: Doubles;
  readonly readings: (character: string) => readonly string[];
  readonly timers: Timers;
  /** What was asked before may be answered otherwise now; also which records look like one. */
  readonly onGrown: (hasNewPairs: boolean) => void;
}

/** Records read into the index between two turns of the screen: some milliseconds. */
const PIECE = 50;
/** So few changes are read in at once when somebody asks; more would be felt. */
const AT_ONCE = 500;
/** So many wait with what they say; the others wait as their texts, which weigh a third. */
const MOST_PARSED = 2_000;
/** Pieces between two tellings: an open search follows a first download without drawing at every piece of it. */
const TOLD_EVERY = 40;

export function createSearchFeed({
  registry,
  records,
  doubles,
  readings,
  timers,
  onGrown,
}: Feeding): SearchFeed {
  const indexes = new Map<string, SearchIndex>();
  const waiting = new Map<string, RecordState | undefined>();
  let running: Promise<void> | undefined;
  let hasNewPairs = false;

  const isKnown = (entity: AnyEntity | undefined): entity is AnyEntity => entity !== undefined;
  function indexOf(entity: string): SearchIndex {
    const known = indexes.get(entity);
    if (known) return known;
    const made = createSearchIndex({ readings });
    indexes.set(entity, made);
    return made;
  }

  function readIn(most: number): void {
    let done = 0;
    for (const [id, arrived] of waiting) {
      if (done++ >= most) return;
      waiting.delete(id);
      const entity = registry.entities.get(records.entityOf(id));
      if (!isKnown(entity)) continue;
      const record = present(id, arrived);
      hasNewPairs = doubles.put(id, record) || hasNewPairs;
      const words = record ? wordsOf(entity, record) : [];
      if (words.length === 0) indexOf(entity.name).remove(id);
      else indexOf(entity.name).set(id, words);
    }
  }

  /** What stands for itself: neither withdrawn nor merged into another one. */
  function present(id: string, arrived: RecordState | undefined): RecordState | undefined {
    const record = records.glimpse(id, arrived);
    return record && !record.withdrawn && records.survivorOf(id) === id ? record : undefined;
  }

  /** Found by what was said of it anywhere: the other spelling, the other telephone number. */
  function wordsOf(entity: AnyEntity, record: RecordState): readonly SearchWord[] {
    const ids = records.idsFor(record.id);
    const all = ids.length === 1 ? [record] : ids.flatMap((one) => records.shown(one) ?? []);
    return all.flatMap(({ values }) => searchWordsOf(entity, values));
  }

  function tell(): void {
    onGrown(hasNewPairs);
    hasNewPairs = false;
  }

  async function run(): Promise<void> {
    for (let piece = 1; waiting.size > 0; piece++) {
      await timers.pause();
      readIn(PIECE);
      if (piece % TOLD_EVERY === 0) tell();
    }
    running = undefined;
    tell();
  }

  const hits = (entity: AnyEntity, text: string, limit: number): readonly Hit[] =>
    indexOf(entity.name)
      .find(text, limit)
      .flatMap(({ id, field }) => {
        const record = records.shown(id);
        return record ? [{ record, entity, field }] : [];
      });

  return {
    changed: (ids, arrived) => {
      for (const id of ids) waiting.set(id, waiting.size < MOST_PARSED ? arrived?.get(id) : undefined);
      if (waiting.size > 0) running ??= run();
    },
    find: (text, { entity, limit }) => {
      if (text.trim() === '') return [];
      readIn(AT_ONCE);
      const asked = entity === undefined ? [...registry.entities.values()] : [registry.entities.get(entity)];
      return shared(
        asked.filter(isKnown).map((one) => hits(one, text, limit)),
        limit,
      );
    },
    matching: ({ entity, text = '' }) => {
      if (text.trim() === '') return undefined;
      readIn(AT_ONCE);
      return indexOf(entity).matching(text);
    },
    settled: async () => running,
  };
}

/** Everybody in turn until the room is used up, so that forty people of a name do not hide the one matter about it. */
function shared<T>(lists: readonly (readonly T[])[], limit: number): readonly T[] {
  const taken = lists.map(() => 0);
  let left = Math.min(
    limit,
    lists.reduce((sum, { length }) => sum + length, 0),
  );
  while (left > 0) {
    for (const [index, list] of lists.entries()) {
      const count = taken[index] ?? 0;
      if (left === 0 || count === list.length) continue;
      taken[index] = count + 1;
      left--;
    }
  }
  return lists.flatMap((list, index) => list.slice(0, taken[index]));
}
