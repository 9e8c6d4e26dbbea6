/**
 * Keeps the search index beside the records: one index an entity, fed in small pieces between the screen's turns, so that a first
 * download of 100 000 records never holds it up. A question brings what is still waiting in changes up to date first.
 */
import type { AnyEntity } from '../../../shared/core/entity.ts';
import { createSearchIndex, type SearchIndex } from '../../../shared/core/search/index.ts';
import { searchWordsOf } from '../../../shared/core/search/words.ts';
import type { Registry } from '../../../shared/core/registry.ts';
import type { Hit } from '../desk.ts';
import type { Records } from '../memory/records.ts';
import type { Timers } from '../ports.ts';

export interface SearchFeed {
  readonly changed: (records: Iterable<string>) => void;
  readonly find: (
    text: string,
    options: { readonly entity?: string; readonly limit: number },
  ) => readonly Hit[];
  readonly matching: (entity: string, text: string) => ReadonlySet<string>;
  /** Resolves when nothing waits. */
  readonly settled: () => Promise<void>;
}

interface Feeding {
  readonly registry: Registry;
  readonly records: Records;
  readonly readings: (character: string) => readonly string[];
  readonly timers: Timers;
  /** What was asked before may be answered otherwise now. */
  readonly onGrown: () => void;
}

/** Records read into the index between two turns of the screen: some milliseconds. */
const PIECE = 200;
/** So few changes are read in at once when somebody asks; more would be felt. */
const AT_ONCE = 500;
/** Pieces between two tellings: an open search follows a first download without drawing at every piece of it. */
const TOLD_EVERY = 10;

export function createSearchFeed({ registry, records, readings, timers, onGrown }: Feeding): SearchFeed {
  const indexes = new Map<string, SearchIndex>();
  const waiting = new Set<string>();
  let running: Promise<void> | undefined;

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
    for (const id of waiting) {
      if (done++ >= most) return;
      waiting.delete(id);
      const entity = registry.entities.get(records.entityOf(id));
      if (!isKnown(entity)) continue;
      const record = records.shown(id);
      const words = record && !record.withdrawn ? searchWordsOf(entity, record.values) : [];
      if (words.length === 0) indexOf(entity.name).remove(id);
      else indexOf(entity.name).set(id, words);
    }
  }

  async function run(): Promise<void> {
    for (let piece = 1; waiting.size > 0; piece++) {
      await timers.pause();
      readIn(PIECE);
      if (piece % TOLD_EVERY === 0) onGrown();
    }
    running = undefined;
    onGrown();
  }

  const hits = (entity: AnyEntity, text: string, limit: number): readonly Hit[] =>
    indexOf(entity.name)
      .find(text, limit)
      .flatMap(({ id, field }) => {
        const record = records.shown(id);
        return record ? [{ record, entity, field }] : [];
      });

  return {
    changed: (ids) => {
      for (const id of ids) waiting.add(id);
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
    matching: (entity, text) => {
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
