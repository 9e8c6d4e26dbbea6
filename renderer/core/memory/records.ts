/**
 * All records of the unlocked person, in memory: what the district confirmed (base) and what is shown, which is the base with this
 * computer's operations played on top. A record may be here through several scopes; the newest state counts, and it is let go when the
 * last of them loses it. It is parsed when somebody first looks at it; lists, counts and pointers are kept, not recomputed. One that was
 * merged stands in no list; what points to it points to its survivor. Screens read here synchronously; nothing here writes to disk.
 */
import type { AnyEntity } from '../../../shared/core/entity.ts';
import { kindOf } from '../../../shared/core/id.ts';
import { rebaseTogether } from '../../../shared/core/rebase.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import type { Registry } from '../../../shared/core/registry.ts';
import type { ScopeHash } from '../../../shared/protocol/scope-hash.ts';
import type { Query } from '../desk.ts';
import type { Base } from '../store/block.ts';
import type { Kept } from '../store/kept-operation.ts';
import { createGrouping, type Grouping } from './grouping.ts';
import { isNewer, nothingHeld, parsedIn, setBases, type Held } from './held.ts';
import { createLinks, linkedBy, linkedIn, mayBeLinked } from './links.ts';
import { keysOfValue, matcher, orderBy, valueIn } from './listing.ts';
import { inChain, playedOf, type LocalOperations } from './local-operations.ts';
import { createScopeHashes } from './scope-hashes.ts';
import { createSortedList, type SortedList } from './sorted-list.ts';
import { createSurvivors, type Survivors } from './survivors.ts';

export interface Epoch {
  readonly epoch: string;
  readonly restoredHead: number;
}

export interface Records extends Survivors {
  /** Takes what the district confirmed; an older state of a record never replaces a newer one. @returns the ids that changed */
  readonly take: (bases: readonly Base[]) => readonly string[];
  /** Tells that the operations about these records have changed. */
  readonly changed: (ids: Iterable<string>) => void;
  /** Lets go of what came through this scope. @returns the ids that changed */
  readonly lose: (scope: string, ids: Iterable<string>) => readonly string[];
  /** The newest state, through whatever scope it came. */
  readonly baseOf: (id: string) => Base | undefined;
  /** What came through one scope. */
  readonly baseVia: (id: string, scope: string) => Base | undefined;
  readonly shown: (id: string) => RecordState | undefined;
  /** These and all that are linked with them by a merge: whatever they show may have changed with them. */
  readonly linked: (ids: Iterable<string>) => ReadonlySet<string>;
  readonly entityOf: (id: string) => string;
  readonly ids: (entity: string) => Iterable<string>;
  readonly list: (query: Query, found?: ReadonlySet<string>) => readonly RecordState[];
  readonly counts: (entity: string, field: string) => ReadonlyMap<unknown, number>;
  readonly pointing: (entity: string, field: string, id: string) => readonly RecordState[];
  /** Records with a conflict. */
  readonly unsettled: () => readonly RecordState[];
  /** Scopes through which the record is here. */
  readonly viasOf: (id: string) => readonly string[];
  /** Records that are here through this scope. */
  readonly inScope: (scope: string) => readonly string[];
  readonly size: () => number;
  /** What came through this scope in the present epoch, in 64 bits (sync.md S7). */
  readonly hashOf: (scope: string) => ScopeHash;
}

interface Collection {
  readonly entity: AnyEntity | undefined;
  readonly held: Map<string, Held>;
  readonly groupings: Map<string, Grouping>;
  readonly lists: Map<string, SortedList>;
}

interface Reading {
  readonly registry: Registry;
  readonly operations: LocalOperations;
  readonly epoch: () => Epoch;
}

export function createRecords({ registry, operations, epoch }: Reading): Records {
  const collections = new Map<string, Collection>();
  const withConflict = new Set<string>();
  const links = createLinks();
  const hashes = createScopeHashes();
  const { survivorOf, idsFor } = createSurvivors(links, shownOf);

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
  function unknown(id: string, { held }: Collection): Held {
    const made = nothingHeld();
    held.set(id, made);
    return made;
  }
  const find = (id: string): Held | undefined => collections.get(entityOf(id))?.held.get(id);

  function shownOf(id: string): RecordState | undefined {
    const collection = collections.get(entityOf(id));
    const held = collection?.held.get(id);
    return collection && held && shownIn(id, held, collection);
  }

  /** For walks over a collection: an id that is known to lie there is not taken apart again. */
  function shownIn(id: string, held: Held, collection: Collection): RecordState | undefined {
    if (!held.isFresh) freshen(links.around(id), collection);
    return held.shown;
  }

  /** Records that are linked at once: what is written into one of them may land on another. */
  function freshen(ids: readonly string[], { entity, held: all }: Collection): void {
    const bases = new Map<string, RecordState>();
    const waiting: Kept[] = [];
    for (const id of ids) {
      const held = all.get(id);
      const base = held && parsedIn(held, entity);
      if (base) bases.set(id, base);
      if (held) waiting.push(...operations.of(id));
    }
    const played = playedOf(ids.length > 1 ? waiting.sort(inChain) : waiting);
    const shown = entity && played.length > 0 ? rebaseTogether(bases, played, { entity, ...epoch() }) : bases;
    for (const id of ids) {
      const held = all.get(id);
      if (!held) continue;
      held.shown = shown.get(id);
      held.isFresh = true;
    }
  }

  /** Whatever was derived from the record's old state is brought up to its new one. */
  function touch(id: string, collection: Collection): void {
    const held = collection.held.get(id);
    links.note(id, linkedBy(operations.of(id).map(({ operation }) => operation)));
    if (held?.base && mayBeLinked(held.base.text)) {
      const base = parsedIn(held, collection.entity);
      if (base) links.note(id, linkedIn(base));
    }
    const around = links.around(id);
    for (const one of around) {
      const linked = collection.held.get(one);
      if (linked) linked.isFresh = false;
    }
    for (const one of around) derive(one, collection, around.length > 1);
  }

  function derive(id: string, collection: Collection, isLinked: boolean): void {
    const held = collection.held.get(id);
    for (const list of collection.lists.values()) list.changed(id);
    for (const [field, grouping] of collection.groupings) grouping.put(id, groupKeys(shownOf(id), field));
    // Not parsed only to learn that there is none.
    const mayConflict =
      held !== undefined &&
      (isLinked || operations.of(id).length > 0 || held.base?.text.includes('"conflicts":') === true);
    if (mayConflict && shownOf(id)?.conflicts) withConflict.add(id);
    else withConflict.delete(id);
  }

  const isHidden = (record: RecordState): boolean =>
    record.merged !== undefined && survivorOf(record.id) !== record.id;

  const groupKeys = (record: RecordState | undefined, field: string): readonly unknown[] =>
    record && !record.withdrawn && !isHidden(record) ? keysOfValue(valueIn(record, field)) : [];

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
      record !== undefined && (record.withdrawn !== undefined) === withdrawn && !isHidden(record);
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
        const held = collection.held.get(base.id) ?? unknown(base.id, collection);
        const through = held.bases.find(({ via }) => via === base.via);
        if (through && !isNewer(base, through, present)) continue;
        if (setBases(held, [...held.bases.filter((one) => one !== through), base], { present, hashes })) {
          touch(base.id, collection);
          changed.push(base.id);
        }
      }
      return changed;
    },
    changed: (ids) => {
      for (const id of ids) {
        const collection = collectionOf(entityOf(id));
        const held = collection.held.get(id);
        if (!held && operations.of(id).length > 0) unknown(id, collection);
        touch(id, collection);
        if (held?.base === undefined && operations.of(id).length === 0) collection.held.delete(id);
      }
    },
    lose: (scope, ids) => {
      const changed: string[] = [];
      const present = epoch().epoch;
      for (const id of ids) {
        const collection = collectionOf(entityOf(id));
        const held = collection.held.get(id);
        const rest = held?.bases.filter(({ via }) => via !== scope) ?? [];
        if (!held || rest.length === held.bases.length || !setBases(held, rest, { present, hashes }))
          continue;
        if (rest.length === 0 && operations.of(id).length === 0) collection.held.delete(id);
        touch(id, collection);
        changed.push(id);
      }
      return changed;
    },
    baseOf: (id) => find(id)?.base,
    viasOf: (id) => (find(id)?.bases ?? []).map(({ via }) => via),
    baseVia: (id, scope) => find(id)?.bases.find(({ via }) => via === scope),
    shown: shownOf,
    entityOf,
    ids: (entity) => collections.get(entity)?.held.keys() ?? [],
    list: (query, found) => {
      const all = sortedList(query).read();
      const { filter = {} } = query;
      if (!found && Object.keys(filter).length === 0) return all;
      // What points to a record that was merged points to its survivor.
      const matches = matcher(filter, (key) => (typeof key === 'string' ? idsFor(key) : [key]));
      return all.filter((record) => (!found || found.has(record.id)) && matches(record));
    },
    counts: (entity, field) => groupingOf(entity, field).sizes(),
    pointing: (entity, field, id) => {
      const grouping = groupingOf(entity, field);
      const pointers = new Set(idsFor(id).flatMap((one) => [...grouping.members(one)]));
      return [...pointers].flatMap((pointer) => shownOf(pointer) ?? []);
    },
    survivorOf,
    idsFor,
    linked: (ids) => new Set([...ids].flatMap(links.around)),
    unsettled: () =>
      [...withConflict].flatMap((id) => shownOf(id) ?? []).filter((record) => !isHidden(record)),
    inScope: (scope) => {
      const found: string[] = [];
      for (const { held } of collections.values()) {
        for (const [id, { bases }] of held) if (bases.some(({ via }) => via === scope)) found.push(id);
      }
      return found;
    },
    hashOf: (scope) => hashes.of(epoch().epoch, scope),
    size: () => [...collections.values()].reduce((sum, { held }) => sum + held.size, 0),
  };
}
