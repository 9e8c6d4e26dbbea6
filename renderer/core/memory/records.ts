/**
 * All records of the unlocked person, in memory: what the district confirmed (base) and what is shown, which is the base with own
 * operations played on top. A record is parsed when somebody first looks at it; lists, counts and pointers are kept, not recomputed.
 * Screens read here synchronously; nothing here writes to disk.
 */
import type { AnyEntity } from '../../../shared/core/entity.ts';
import { kindOf } from '../../../shared/core/id.ts';
import { rebase } from '../../../shared/core/rebase.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import type { Registry } from '../../../shared/core/registry.ts';
import { upcastRecord } from '../../../shared/core/upcast.ts';
import type { Query } from '../desk.ts';
import type { Base } from '../store/block.ts';
import { createGrouping, type Grouping } from './grouping.ts';
import { keysOfValue, matcher, orderBy, valueIn } from './listing.ts';
import { playedOf, type OwnOperations } from './own-operations.ts';
import { createSortedList, type SortedList } from './sorted-list.ts';

export interface Epoch {
  readonly epoch: string;
  readonly restoredHead: number;
}

export interface Records {
  /** Takes what the district confirmed; an older state of a record never replaces a newer one. @returns the ids that changed */
  readonly take: (bases: readonly Base[]) => readonly string[];
  /** Tells that the own operations about these records have changed. */
  readonly changed: (ids: Iterable<string>) => void;
  readonly forget: (ids: Iterable<string>) => void;
  readonly baseOf: (id: string) => Base | undefined;
  readonly shown: (id: string) => RecordState | undefined;
  readonly entityOf: (id: string) => string;
  readonly ids: (entity: string) => Iterable<string>;
  readonly list: (query: Query, found?: ReadonlySet<string>) => readonly RecordState[];
  readonly counts: (entity: string, field: string) => ReadonlyMap<unknown, number>;
  readonly pointing: (entity: string, field: string, id: string) => readonly RecordState[];
  /** Records with a conflict. */
  readonly unsettled: () => readonly RecordState[];
  readonly inScope: (scope: string) => readonly string[];
  readonly size: () => number;
}

interface Held {
  base: Base | undefined;
  parsed: RecordState | undefined;
  shown: RecordState | undefined;
  isFresh: boolean;
}

interface Collection {
  readonly entity: AnyEntity | undefined;
  readonly held: Map<string, Held>;
  readonly groupings: Map<string, Grouping>;
  readonly lists: Map<string, SortedList>;
}

interface Reading {
  readonly registry: Registry;
  readonly own: OwnOperations;
  readonly epoch: () => Epoch;
}

export function createRecords({ registry, own, epoch }: Reading): Records {
  const collections = new Map<string, Collection>();
  const withConflict = new Set<string>();

  const entityOf = (id: string): string => kindOf(id) ?? '';
  function collectionOf(entity: string): Collection {
    const known = collections.get(entity);
    if (known) return known;
    const made = {
      entity: registry.entities.get(entity),
      held: new Map(),
      groupings: new Map(),
      lists: new Map(),
    };
    collections.set(entity, made);
    return made;
  }
  const find = (id: string): Held | undefined => collections.get(entityOf(id))?.held.get(id);

  function shownOf(id: string): RecordState | undefined {
    const collection = collections.get(entityOf(id));
    const held = collection?.held.get(id);
    return collection && held && shownIn(id, held, collection);
  }

  /** For walks over a collection: an id that is known to lie there is not taken apart again. */
  function shownIn(id: string, held: Held, { entity }: Collection): RecordState | undefined {
    if (!held.isFresh) {
      held.parsed ??= held.base && parsed(held.base.text, entity);
      const played = playedOf(own.of(id));
      held.shown =
        entity && played.length > 0 ? rebase(held.parsed, played, { entity, ...epoch() }) : held.parsed;
      held.isFresh = true;
    }
    return held.shown;
  }

  /** Whatever was derived from the record's old state is brought up to its new one. */
  function touch(id: string, collection: Collection): void {
    const held = collection.held.get(id);
    if (held) held.isFresh = false;
    for (const list of collection.lists.values()) list.changed(id);
    for (const [field, grouping] of collection.groupings) grouping.put(id, groupKeys(shownOf(id), field));
    // Not parsed only to learn that there is none.
    const mayConflict =
      held !== undefined && (own.of(id).length > 0 || held.base?.text.includes('"conflicts":') === true);
    if (mayConflict && shownOf(id)?.conflicts) withConflict.add(id);
    else withConflict.delete(id);
  }

  const groupKeys = (record: RecordState | undefined, field: string): readonly unknown[] =>
    record && !record.withdrawn ? keysOfValue(valueIn(record, field)) : [];

  function groupingOf(entity: string, field: string): Grouping {
    const collection = collectionOf(entity);
    const known = collection.groupings.get(field);
    if (known) return known;
    const made = createGrouping();
    for (const [id, held] of collection.held) made.put(id, groupKeys(shownIn(id, held, collection), field));
    collection.groupings.set(field, made);
    return made;
  }

  function sortedList({ entity, sort, withdrawn = false }: Query): SortedList {
    const collection = collectionOf(entity);
    // The order that an entity comes in anyway is the same list, asked for by name or not.
    const key = JSON.stringify([sort ?? collection.entity?.list.sort, withdrawn]);
    const known = collection.lists.get(key);
    if (known) return known;
    const belongs = (record: RecordState | undefined): record is RecordState =>
      record !== undefined && (record.withdrawn !== undefined) === withdrawn;
    const made = createSortedList({
      order: orderBy(sort, collection.entity),
      all: () => [...collection.held].map(([id, held]) => shownIn(id, held, collection)).filter(belongs),
      present: (id) => {
        const record = shownOf(id);
        return belongs(record) ? record : undefined;
      },
    });
    collection.lists.set(key, made);
    return made;
  }

  return {
    take: (bases) => {
      const changed: string[] = [];
      const present = epoch().epoch;
      for (const base of bases) {
        const collection = collectionOf(entityOf(base.id));
        const held = collection.held.get(base.id);
        if (held?.base && !isNewer(base, held.base, present)) continue;
        if (held) Object.assign(held, { base, parsed: undefined, shown: undefined });
        else collection.held.set(base.id, { base, parsed: undefined, shown: undefined, isFresh: false });
        touch(base.id, collection);
        changed.push(base.id);
      }
      return changed;
    },
    changed: (ids) => {
      for (const id of ids) {
        const collection = collectionOf(entityOf(id));
        if (!collection.held.has(id)) {
          if (own.of(id).length === 0) continue;
          collection.held.set(id, { base: undefined, parsed: undefined, shown: undefined, isFresh: false });
        }
        touch(id, collection);
      }
    },
    forget: (ids) => {
      for (const id of ids) {
        const collection = collectionOf(entityOf(id));
        const held = collection.held.get(id);
        if (!held) continue;
        Object.assign(held, { base: undefined, parsed: undefined, shown: undefined });
        if (own.of(id).length === 0) collection.held.delete(id);
        touch(id, collection);
      }
    },
    baseOf: (id) => find(id)?.base,
    shown: shownOf,
    entityOf,
    ids: (entity) => collections.get(entity)?.held.keys() ?? [],
    list: (query, found) => {
      const all = sortedList(query).read();
      const { filter = {} } = query;
      if (!found && Object.keys(filter).length === 0) return all;
      const matches = matcher(filter);
      return all.filter((record) => (!found || found.has(record.id)) && matches(record));
    },
    counts: (entity, field) => groupingOf(entity, field).sizes(),
    pointing: (entity, field, id) =>
      [...groupingOf(entity, field).members(id)].flatMap((pointer) => shownOf(pointer) ?? []),
    unsettled: () => [...withConflict].flatMap((id) => shownOf(id) ?? []),
    inScope: (scope) => {
      const found: string[] = [];
      for (const { held } of collections.values()) {
        for (const [id, { base }] of held) if (base?.scope === scope) found.push(id);
      }
      return found;
    },
    size: () => [...collections.values()].reduce((sum, { held }) => sum + held.size, 0),
  };
}

/** Sequences compare within an epoch; after a restoration what the district says now counts (sync.md S8). */
function isNewer(base: Base, known: Base, present: string): boolean {
  if (base.epoch === known.epoch) return base.seq > known.seq;
  return base.epoch === present;
}

/** The row's seal vouches for its shape (law 8). */
function parsed(text: string, entity: AnyEntity | undefined): RecordState {
  const record = JSON.parse(text) as RecordState;
  return entity ? upcastRecord(record, entity) : record;
}
