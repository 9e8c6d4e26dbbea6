/**
 * What lists, counts and pointers need of many records, column by column, so that none of them has to be parsed for it. Written into the
 * head of every block; made from the records' values by memory, which knows the declarations (memory/lines-of.ts). The store only
 * carries them.
 */
export type SortKey = string | number | undefined;

export interface Lines {
  /** Of the entity's declaration that they were made by. */
  readonly version: number;
  /** Fields that a list may be in the order of, and what each record sorts by. */
  readonly sorted: Readonly<Record<string, readonly (SortKey | null)[]>>;
  /** Fields by which records are filtered, counted and pointed from: one key, several in a list, or none. */
  readonly grouped: Readonly<Record<string, readonly unknown[]>>;
  readonly created: readonly string[];
  /** Who of `people` made it. */
  readonly by: readonly number[];
  readonly flags: readonly number[];
  readonly people: readonly string[];
  /** Of the few that were written to later, by their place here: who of `people`, when last, who, when last. */
  readonly later: Readonly<Record<number, readonly (number | string)[]>>;
}

/** Bits of `flags`. */
export const WITHDRAWN = 1;
/** Merged into another one, or others into this one. */
export const LINKED = 2;
export const CONFLICT = 4;

/** One record of them. */
export interface Line {
  readonly lines: Lines;
  readonly index: number;
}

/** Absent values come as null out of a file. */
export const sortKeyIn = ({ lines, index }: Line, field: string): SortKey =>
  lines.sorted[field]?.[index] ?? undefined;

const NONE: readonly unknown[] = [];

export function groupKeysIn({ lines, index }: Line, field: string): readonly unknown[] {
  const key = lines.grouped[field]?.[index];
  if (key === undefined || key === null) return NONE;
  return Array.isArray(key) ? (key as readonly unknown[]) : [key];
}

export const flagsIn = ({ lines, index }: Line): number => lines.flags[index] ?? 0;
export const createdIn = ({ lines, index }: Line): string => lines.created[index] ?? '';

/** When this person wrote to the record last. */
export function touchedIn({ lines, index }: Line, person: string): string | undefined {
  const who = lines.people.indexOf(person);
  if (who < 0) return undefined;
  const later = lines.later[index] ?? [];
  for (let at = 0; at < later.length; at += 2) if (later[at] === who) return String(later[at + 1]);
  return lines.by[index] === who ? lines.created[index] : undefined;
}

/** @returns the lines of these records together; undefined where one has none, or was made by another declaration */
export function gathered(all: readonly (Line | undefined)[]): Lines | undefined {
  const [first] = all;
  if (!first || !all.every((one): one is Line => one !== undefined && isAlike(one.lines, first.lines)))
    return undefined;
  const people = [...new Set(all.flatMap(({ lines }) => lines.people))];
  const numbers = new Map(people.map((person, number) => [person, number]));
  const renumbered = ({ people: before }: Lines, number: number): number =>
    numbers.get(before[number] ?? '') ?? 0;
  const column = (of: 'sorted' | 'grouped', field: string): readonly unknown[] =>
    all.map(({ lines, index }) => lines[of][field]?.[index]);
  const columns = <T>(of: 'sorted' | 'grouped'): Readonly<Record<string, readonly T[]>> =>
    Object.fromEntries(
      Object.keys(first.lines[of]).map((field) => [field, column(of, field) as readonly T[]]),
    );
  return {
    version: first.lines.version,
    sorted: columns('sorted'),
    grouped: columns('grouped'),
    created: all.map(createdIn),
    flags: all.map(flagsIn),
    people,
    by: all.map(({ lines, index }) => renumbered(lines, lines.by[index] ?? 0)),
    later: Object.fromEntries(
      all.flatMap(({ lines, index }, at) => {
        const later = lines.later[index];
        return later
          ? [[at, later.map((one) => (typeof one === 'number' ? renumbered(lines, one) : one))]]
          : [];
      }),
    ),
  };
}

const isAlike = (one: Lines, other: Lines): boolean =>
  one === other ||
  (one.version === other.version &&
    Object.keys(one.sorted).join() === Object.keys(other.sorted).join() &&
    Object.keys(one.grouped).join() === Object.keys(other.grouped).join());

/** Whether a block's head holds a line for each of its records; what it says is vouched for by the seal. */
export const areLines = (lines: Lines | undefined, count: number): lines is Lines =>
  lines !== undefined &&
  [...Object.values(lines.sorted), ...Object.values(lines.grouped)].every(({ length }) => length === count) &&
  [lines.created, lines.by, lines.flags].every(({ length }) => length === count);
