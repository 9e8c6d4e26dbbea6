/**
 * All records of the unlocked person, in memory: what the district confirmed (base) and what is shown, which is the base with this
 * computer's operations played on top. A record may be here through several scopes; the newest state counts, and it is let go when the
 * last of them loses it. Lists, counts and pointers are kept, not recomputed. One that was
 * merged stands in no list; what points to it points to its survivor. Lists, counts and pointers read the records' lines; a record is
 * parsed when it is looked at, and only those looked at lately stay parsed. Screens read here synchronously; nothing here writes to disk.
 */
import type { AnyEntity } from '../../../shared/core/entity.ts';
import { kindOf } from '../../../shared/core/id.ts';
import { rebaseTogether } from '../../../shared/core/rebase.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import type { Registry } from '../../../shared/core/registry.ts';
import { upcastRecord } from '../../../shared/core/upcast.ts';
import type { ScopeHash } from '../../../shared/protocol/scope-hash.ts';
import type { Place, Query, Touched } from '../desk.ts';
import type { Base } from '../store/base.ts';
import type { Kept } from '../store/kept-operation.ts';
import { CONFLICT, flagsIn, LINKED, type Line } from '../store/lines.ts';
import { isNewer, nothingHeld, parsed, setBases, withBase, type Held } from './held.ts';
import { areOf, linesOf } from './lines-of.ts';
import { createLinks, linkedBy, linkedIn, mayBeLinked } from './links.ts';
import { createLists, lineInForce, type Lists } from './lists.ts';
import { inChain, playedOf, type LocalOperations } from './local-operations.ts';
import { neighbours } from './neighbours.ts';
import { createRecent } from './recent.ts';
import { createScopeHashes } from './scope-hashes.ts';
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
  /**
   * The same for whoever looks through all of them once: what was not parsed before is not kept.
   *
   * @param arrived what came of it last, where it has just been parsed: read in place of its text while it is what is shown
   */
  readonly glimpse: (id: string, arrived?: RecordState) => RecordState | undefined;
  /** These and all that are linked with them by a merge: whatever they show may have changed with them. */
  readonly linked: (ids: Iterable<string>) => ReadonlySet<string>;
  readonly entityOf: (id: string) => string;
  readonly ids: (entity: string) => Iterable<string>;
  readonly list: (query: Query, found?: ReadonlySet<string>) => readonly RecordState[];
  /** The same, no record parsed for it. */
  readonly places: (query: Query, found?: ReadonlySet<string>) => readonly Place[];
  /** What this person wrote to last, the latest first. */
  readonly touched: (entity: string, person: string, few: number) => readonly Touched[];
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
  readonly lists: Lists;
}

interface Reading {
  readonly registry: Registry;
  readonly operations: LocalOperations;
  readonly epoch: () => Epoch;
}

/** Records that stay parsed: all open matters of a committee and many screens of residents; about 20 MB. */
const PARSED = 8000;

export function createRecords({ registry, operations, epoch }: Reading): Records {
  const collections = new Map<string, Collection>();
  const withConflict = new Set<string>();
  const links = createLinks();
  const hashes = createScopeHashes();
  const recent = createRecent<Held>(PARSED, (held) => {
    held.shown = undefined;
    held.isFresh = false;
  });
  const { survivorOf, idsFor } = createSurvivors(links, shownOf);

  const entityOf = (id: string): string => kindOf(id) ?? '';
  function collectionOf(entity: string): Collection {
    const known = collections.get(entity);
    if (known) return known;
    const declared = registry.entities.get(entity);
    const held = new Map<string, Held>();
    const lists = createLists({
      entity: declared,
      held,
      glimpse: (id, one) => glimpse(id, one, made),
      idsFor,
    });
    const made: Collection = { entity: declared, held, lists };
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
    held.isUsed = true;
    return held.shown;
  }

  function glimpse(
    id: string,
    held: Held,
    collection: Collection,
    arrived?: RecordState,
  ): RecordState | undefined {
    const { base, isFresh, shown } = held;
    if (isFresh) return shown;
    if (!base || !isPlain(id)) return shownIn(id, held, collection);
    const { entity } = collection;
    if (arrived?.seq !== base.seq) return parsed(base, entity);
    return entity ? upcastRecord(arrived, entity) : arrived;
  }

  /** What the district has is what is shown. */
  const isPlain = (id: string): boolean => operations.of(id).length === 0 && links.around(id).length === 1;

  /** Records that are linked at once: what is written into one of them may land on another. */
  function freshen(ids: readonly string[], { entity, held: all }: Collection): void {
    const bases = new Map<string, RecordState>();
    const waiting: Kept[] = [];
    for (const id of ids) {
      const held = all.get(id);
      if (held?.base) bases.set(id, parsed(held.base, entity));
      if (held) waiting.push(...operations.of(id));
    }
    const played = playedOf(ids.length > 1 ? waiting.sort(inChain) : waiting);
    const shown = entity && played.length > 0 ? rebaseTogether(bases, played, { entity, ...epoch() }) : bases;
    for (const id of ids) {
      const held = all.get(id);
      if (!held) continue;
      held.shown = shown.get(id);
      held.isFresh = true;
      recent.keep(held);
    }
  }

  /** Whatever was derived from the record's old state is brought up to its new one. */
  function touch(id: string, collection: Collection): void {
    const held = collection.held.get(id);
    links.note(id, linkedBy(operations.of(id).map(({ operation }) => operation)));
    if (held?.base && isLinked(held.base)) links.note(id, linkedIn(parsed(held.base, collection.entity)));
    const around = links.around(id);
    for (const one of around) {
      const linked = collection.held.get(one);
      if (linked) linked.isFresh = false;
    }
    for (const one of around) derive(one, collection);
  }

  const isLinked = (base: Base): boolean =>
    base.line ? (flagsIn(base.line) & LINKED) !== 0 : mayBeLinked(base.text);

  function derive(id: string, collection: Collection): void {
    const held = collection.held.get(id);
    if (!held) return;
    const before = lineInForce(held);
    held.line = lineOf(id, held, collection);
    const flags = held.line ? flagsIn(held.line) : 0;
    held.isHidden = (flags & LINKED) !== 0 && survivorOf(id) !== id && shownOf(id)?.merged !== undefined;
    collection.lists.moved(id, before, lineInForce(held));
    if (flags & CONFLICT) withConflict.add(id);
    else withConflict.delete(id);
  }

  /** As it came where nothing is played on it: not parsed only to be listed. */
  function lineOf(id: string, held: Held, collection: Collection): Line | undefined {
    const { entity } = collection;
    if (!entity) return undefined;
    const line = held.base?.line;
    if (line && areOf(entity, line.lines) && isPlain(id)) return line;
    const record = glimpse(id, held, collection);
    return record && { lines: linesOf(entity, [record]), index: 0 };
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
        if (setBases(held, withBase(held.bases, through, base), { present, hashes })) {
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
        touch(id, collection);
        if (rest.length === 0 && operations.of(id).length === 0) collection.held.delete(id);
        changed.push(id);
      }
      return changed;
    },
    baseOf: (id) => find(id)?.base,
    viasOf: (id) => (find(id)?.bases ?? []).map(({ via }) => via),
    baseVia: (id, scope) => find(id)?.bases.find(({ via }) => via === scope),
    shown: shownOf,
    glimpse: (id, arrived) => {
      const collection = collections.get(entityOf(id));
      const held = collection?.held.get(id);
      return collection && held && glimpse(id, held, collection, arrived);
    },
    entityOf,
    ids: (entity) => collections.get(entity)?.held.keys() ?? [],
    list: (query, found) => {
      const ids = collectionOf(query.entity)
        .lists.places(query, found)
        .map(({ id }) => id);
      const shown = new Map(neighbours(ids, find).map((id) => [id, shownOf(id)]));
      return ids.flatMap((id) => shown.get(id) ?? []);
    },
    places: (query, found) => collectionOf(query.entity).lists.places(query, found),
    touched: (entity, person, few) =>
      collectionOf(entity)
        .lists.touched(person, few)
        .flatMap(({ id, at }) => {
          const record = shownOf(id);
          return record ? [{ record, at }] : [];
        }),
    counts: (entity, field) => collectionOf(entity).lists.counts(field),
    pointing: (entity, field, id) => {
      const { lists } = collectionOf(entity);
      const pointers = new Set(idsFor(id).flatMap((one) => [...lists.members(field, one)]));
      return [...pointers].flatMap((pointer) => shownOf(pointer) ?? []);
    },
    survivorOf,
    idsFor,
    linked: (ids) => new Set([...ids].flatMap(links.around)),
    unsettled: () =>
      [...withConflict].flatMap((id) => (find(id)?.isHidden === false ? (shownOf(id) ?? []) : [])),
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
