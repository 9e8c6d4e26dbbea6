/**
 * Lists, counts and pointers over the records of one kind, kept as they change, from their lines alone. What was merged into another
 * record stands in none of them.
 */
import type { AnyEntity } from '../../../shared/core/entity.ts';
import { isId } from '../../../shared/core/id.ts';
import { listedIn } from '../../../shared/core/listed.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import type { Filter, Place, Query } from '../desk.ts';
import { createdIn, flagsIn, groupKeysIn, sortKeyIn, WITHDRAWN, type Line } from '../store/lines.ts';
import { createGrouping, type Grouping } from './grouping.ts';
import type { Held } from './held.ts';
import { keysOfValue, matcher, orderBy, sortKey, valueIn } from './listing.ts';
import { createSortedList, type SortedList } from './sorted-list.ts';
import { createTouches, type Touch } from './touches.ts';

export interface Lists {
  /** A record's line is another one. */
  readonly moved: (id: string, before: Line | undefined, now: Line | undefined) => void;
  readonly places: (query: Query, found?: ReadonlySet<string>) => readonly Place[];
  readonly counts: (field: string) => ReadonlyMap<unknown, number>;
  /** Records whose field has this key. */
  readonly members: (field: string, key: unknown) => ReadonlySet<string>;
  readonly touched: (person: string, few: number) => readonly Touch[];
}

interface Listing {
  readonly entity: AnyEntity | undefined;
  readonly held: ReadonlyMap<string, Held>;
  /** For a field that no line holds. */
  readonly glimpse: (id: string, held: Held) => RecordState | undefined;
  readonly idsFor: (id: string) => readonly string[];
}

/** Orders and filters of one kind that are kept up to date. */
const MOST_LISTS = 24;

const isPointer = (value: unknown): boolean =>
  typeof value === 'object' || (typeof value === 'string' && isId(value));

/** In force: neither withdrawn nor merged. */
export const lineInForce = ({ line, isHidden }: Held): Line | undefined =>
  line && !isHidden && !isWithdrawn(line) ? line : undefined;

const isWithdrawn = (line: Line): boolean => (flagsIn(line) & WITHDRAWN) !== 0;

export function createLists({ entity, held: all, glimpse, idsFor }: Listing): Lists {
  const groupings = new Map<string, Grouping>();
  const lists = new Map<string, SortedList>();

  const keysIn = (line: Line | undefined, field: string): readonly unknown[] =>
    line ? groupKeysIn(line, field) : [];

  function* inForce(): Iterable<readonly [string, Line]> {
    for (const [id, held] of all) {
      const line = lineInForce(held);
      if (line) yield [id, line];
    }
  }

  function* grouped(field: string): Iterable<readonly [string, readonly unknown[]]> {
    for (const [id, line] of inForce()) yield [id, groupKeysIn(line, field)];
  }

  const touches = createTouches(inForce);

  function groupingOf(field: string): Grouping {
    const known = groupings.get(field);
    if (known) return known;
    if (entity && !listedIn(entity).grouped.includes(field))
      throw new Error(`${entity.name} is not grouped by ${field}`);
    const made = createGrouping(() => grouped(field));
    groupings.set(field, made);
    return made;
  }

  function sortedList(query: Query): SortedList {
    const { sort, filter = {}, withdrawn = false } = query;
    // The order that an entity comes in anyway is the same list, asked for by name or not.
    const name = JSON.stringify([sort ?? entity?.list.sort, withdrawn, filter]);
    const known = lists.get(name);
    if (known) return known;
    const { field, compare } = orderBy(sort, entity);
    const isAsked = matching(filter);
    function placeOf(id: string, held: Held): Place | undefined {
      const { line, isHidden } = held;
      if (!line || isHidden || isWithdrawn(line) !== withdrawn || !isAsked(id, held, line)) return undefined;
      if (field === undefined) return { id, key: createdIn(line) };
      if (field in line.lines.sorted) return { id, key: sortKeyIn(line, field) };
      const record = glimpse(id, held);
      return record && { id, key: sortKey(valueIn(record, field)) };
    }
    const made = createSortedList({
      compare,
      all: () => [...all].flatMap(([id, held]) => placeOf(id, held) ?? []),
      present: (id) => {
        const held = all.get(id);
        return held && placeOf(id, held);
      },
    });
    // What points to a record is met by whoever stands for it, and that changes without the pointer.
    if (!Object.values(filter).flat().some(isPointer)) keep(name, made);
    return made;
  }

  /** Kept as they were asked for: a person goes to and fro between a few filters. */
  function keep(name: string, list: SortedList): void {
    lists.set(name, list);
    const [oldest] = lists.keys();
    if (lists.size > MOST_LISTS && oldest !== undefined) lists.delete(oldest);
  }

  function matching(filter: Filter): (id: string, held: Held, line: Line) => boolean {
    if (Object.keys(filter).length === 0) return () => true;
    // What points to a record that was merged points to its survivor.
    const matches = matcher(filter, (key) => (typeof key === 'string' ? idsFor(key) : [key]));
    return (id, held, line) =>
      matches((field) => {
        if (field in line.lines.grouped) return groupKeysIn(line, field);
        const record = glimpse(id, held);
        return record ? keysOfValue(valueIn(record, field)) : [];
      });
  }

  return {
    moved: (id, before, now) => {
      for (const list of lists.values()) list.changed(id);
      touches.moved(id, now);
      for (const [field, grouping] of groupings) grouping.move(id, keysIn(before, field), keysIn(now, field));
    },
    places: (query, found) => {
      const places = sortedList(query).read();
      return found ? places.filter(({ id }) => found.has(id)) : places;
    },
    counts: (field) => groupingOf(field).sizes(),
    members: (field, key) => groupingOf(field).members(key),
    touched: (person, few) => touches.latest(person, few),
  };
}
