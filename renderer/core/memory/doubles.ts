/**
 * Records that say the same of themselves, by the keys that their entity declares, kept as records change. A key is held as a number,
 * since there are several for every record; whether two records really say the same is looked at again when somebody asks.
 */
import type { AnyEntity, Recognition } from '../../../shared/core/entity.ts';
import { duplicateKeysOf, type Readings } from '../../../shared/core/duplicates.ts';
import type { Values } from '../../../shared/core/field/base.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import { tidyValues } from '../../../shared/core/tidy.ts';

export interface Double {
  /** The older registration first. */
  readonly records: readonly [RecordState, RecordState];
  /** Why they look like one. */
  readonly recognitions: readonly Recognition[];
}

export interface Doubles {
  /** @param record undefined where it stands for nothing any more: withdrawn, merged, gone. @returns whether a pair came or went */
  readonly put: (id: string, record: RecordState | undefined) => boolean;
  /** Of one entity, the certain ones first. */
  readonly all: (entity: string) => readonly Double[];
  readonly of: (id: string) => readonly Double[];
  /** Records that certainly say the same as these values of a record that is not registered yet. */
  readonly like: (entity: string, values: Values, except: string | undefined) => readonly Like[];
}

export interface Like {
  readonly record: RecordState;
  readonly recognitions: readonly Recognition[];
}

interface Making {
  readonly entityOf: (id: string) => AnyEntity | undefined;
  readonly entities: ReadonlyMap<string, AnyEntity>;
  readonly shown: (id: string) => RecordState | undefined;
  readonly readings: Readings;
}

/** A key that so many share says nothing about who somebody is: 江南新村居委会 as everybody's address. */
const CROWD = 12;

export function createDoubles({ entityOf, entities, shown, readings }: Making): Doubles {
  const keysOf = new Map<string, readonly number[]>();
  /** One id where there is but one, which is nearly always. */
  const members = new Map<number, string | Set<string>>();
  const shared = new Map<string, Set<number>>();
  let told = new Map<string, readonly Double[]>();

  const sharedIn = (entity: string): Set<number> => {
    const known = shared.get(entity) ?? new Set();
    shared.set(entity, known);
    return known;
  };

  function join(id: string, key: number, entity: string): boolean {
    const known = members.get(key);
    if (known === undefined) members.set(key, id);
    else {
      members.set(key, (typeof known === 'string' ? new Set([known]) : known).add(id));
      sharedIn(entity).add(key);
    }
    return known !== undefined;
  }

  function leave(id: string, key: number, entity: string): boolean {
    const known = members.get(key);
    if (typeof known !== 'object') {
      members.delete(key);
      return false;
    }
    known.delete(id);
    const [rest = ''] = known;
    if (known.size > 1) return true;
    members.set(key, rest);
    sharedIn(entity).delete(key);
    return true;
  }

  const othersBy = (keys: readonly number[], id: string | undefined): ReadonlySet<string> => {
    const found = new Set<string>();
    for (const key of keys) {
      const known = members.get(key);
      if (known === undefined) continue;
      const ids = typeof known === 'string' ? [known] : known;
      if (typeof known !== 'string' && known.size > CROWD) continue;
      for (const other of ids) if (other !== id) found.add(other);
    }
    return found;
  };

  function pair(one: RecordState, other: RecordState, entity: AnyEntity): readonly Double[] {
    if (one.distinct?.includes(other.id) || other.distinct?.includes(one.id)) return [];
    const recognitions = alike(entity, one.values, other.values);
    if (recognitions.length === 0) return [];
    const isOlder =
      one.created.at < other.created.at || (one.created.at === other.created.at && one.id < other.id);
    return [{ records: isOlder ? [one, other] : [other, one], recognitions }];
  }

  function alike(entity: AnyEntity, one: Values, other: Values): readonly Recognition[] {
    const there = new Set(duplicateKeysOf(entity, other, readings).map(({ key }) => key));
    const here = duplicateKeysOf(entity, one, readings).filter(({ key }) => there.has(key));
    return [...new Set(here.map(({ recognition }) => recognition))];
  }

  function pairsIn(entity: AnyEntity): readonly Double[] {
    const pairs = new Map<string, Double>();
    for (const key of sharedIn(entity.name)) {
      const known = members.get(key);
      if (typeof known !== 'object' || known.size > CROWD) continue;
      const records = [...known].flatMap((id) => shown(id) ?? []);
      for (const [index, one] of records.entries())
        for (const other of records.slice(index + 1)) {
          const name = [one.id, other.id].sort().join(' ');
          if (pairs.has(name)) continue;
          const [double] = pair(one, other, entity);
          if (double) pairs.set(name, double);
        }
    }
    return [...pairs.values()].sort(bySureness);
  }

  return {
    put: (id, record) => {
      const entity = entityOf(id);
      if (!entity?.duplicates) return false;
      const keys = record ? numbersOf(duplicateKeysOf(entity, record.values, readings)) : [];
      const before = keysOf.get(id) ?? [];
      let isTold = told.size > 0 && [...keys, ...before].some((key) => sharedIn(entity.name).has(key));
      for (const key of before) if (!keys.includes(key)) isTold = leave(id, key, entity.name) || isTold;
      for (const key of keys) if (!before.includes(key)) isTold = join(id, key, entity.name) || isTold;
      if (keys.length > 0) keysOf.set(id, keys);
      else keysOf.delete(id);
      if (isTold) told = new Map();
      return isTold;
    },
    all: (name) => {
      const entity = entities.get(name);
      if (!entity?.duplicates) return [];
      const known = told.get(name) ?? pairsIn(entity);
      told.set(name, known);
      return known;
    },
    of: (id) => {
      const entity = entityOf(id);
      const record = shown(id);
      if (!entity || !record) return [];
      const others = [...othersBy(keysOf.get(id) ?? [], id)].flatMap((other) => shown(other) ?? []);
      return others.flatMap((other) => pair(record, other, entity)).sort(bySureness);
    },
    like: (name, typed, except) => {
      const entity = entities.get(name);
      if (!entity?.duplicates) return [];
      const values = tidyValues(entity.fields, typed);
      const others = [...othersBy(numbersOf(duplicateKeysOf(entity, values, readings)), except)];
      return others.flatMap((id): readonly Like[] => {
        const record = shown(id);
        const recognitions = record ? alike(entity, values, record.values) : [];
        return record && recognitions.some(({ isCertain }) => isCertain) ? [{ record, recognitions }] : [];
      });
    },
  };
}

const isCertain = ({ recognitions }: Double): boolean => recognitions.some((one) => one.isCertain);
const bySureness = (one: Double, other: Double): number =>
  Number(isCertain(other)) - Number(isCertain(one)) ||
  other.recognitions.length - one.recognitions.length ||
  (one.records[1].created.at < other.records[1].created.at ? 1 : -1);

const numbersOf = (keys: readonly { readonly key: string }[]): readonly number[] =>
  keys.map(({ key }) => numberOf(key));

/** A small whole number for a text, quick in a map: two texts that share one are only looked at once too often. */
function numberOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 2;
}
