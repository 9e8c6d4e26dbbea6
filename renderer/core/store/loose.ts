/**
 * Which records lie in single rows beside the blocks until they are folded in (folding.ts). A row holds the changed state of one record,
 * or of several that came in one page; a record lies in more than one only where a newer state, or another key of its scope, came since.
 * Memory only, and changed only after a transaction has succeeded.
 */
import type { Row } from './database.ts';
import { nameOf, type Spot } from './layout.ts';

export interface Loose {
  readonly rowsOf: (spot: Spot) => readonly string[];
  readonly spots: () => readonly Spot[];
  /** What reading them all costs: a record counts in every row that it lies in. */
  readonly count: () => number;
  readonly newKey: () => string;
  /** A row of anybody, so that its key is not given out again. */
  readonly see: (row: Row) => void;
  readonly note: (row: Row, spots: readonly Spot[]) => void;
  readonly drop: (key: string) => void;
  /** What becomes of the rows of these records where those rows hold them no more: those that then hold nothing, and what is left in others. */
  readonly without: (spots: readonly Spot[]) => Without;
  readonly forget: (scopes: ReadonlySet<string>) => void;
}

export interface Without {
  readonly emptied: readonly string[];
  readonly shortened: ReadonlyMap<string, readonly Spot[]>;
}

/** No record's id begins so (shared/core/id.ts). */
const SEVERAL = '+';

export function createLoose(): Loose {
  const spotsIn = new Map<string, readonly Spot[]>();
  const rowsOf = new Map<string, { readonly spot: Spot; readonly rows: Set<string> }>();
  let count = 0;
  let last = 0;

  function drop(key: string): void {
    const spots = spotsIn.get(key) ?? [];
    spotsIn.delete(key);
    count -= spots.length;
    for (const spot of spots) {
      const name = nameOf(spot);
      const rows = rowsOf.get(name)?.rows;
      rows?.delete(key);
      if (rows?.size === 0) rowsOf.delete(name);
    }
  }

  return {
    rowsOf: (spot) => [...(rowsOf.get(nameOf(spot))?.rows ?? [])],
    spots: () => [...rowsOf.values()].map(({ spot }) => spot),
    count: () => count,
    newKey: () => `${SEVERAL}${++last}`,
    see: ({ key }) => {
      if (key.startsWith(SEVERAL)) last = Math.max(last, Number(key.slice(SEVERAL.length)));
    },
    note: ({ key }, spots) => {
      drop(key);
      spotsIn.set(
        key,
        spots.map(({ id, via }) => ({ id, via })),
      );
      count += spots.length;
      for (const { id, via } of spots) {
        const name = nameOf({ id, via });
        const known = rowsOf.get(name) ?? { spot: { id, via }, rows: new Set<string>() };
        rowsOf.set(name, known);
        known.rows.add(key);
      }
    },
    drop,
    without: (spots) => {
      const names = new Set(spots.map(nameOf));
      const emptied: string[] = [];
      const shortened = new Map<string, readonly Spot[]>();
      for (const key of new Set(spots.flatMap((spot) => [...(rowsOf.get(nameOf(spot))?.rows ?? [])]))) {
        const stay = (spotsIn.get(key) ?? []).filter((spot) => !names.has(nameOf(spot)));
        if (stay.length === 0) emptied.push(key);
        else shortened.set(key, stay);
      }
      return { emptied, shortened };
    },
    forget: (scopes) => {
      for (const [key, spots] of spotsIn) if (spots.some(({ via }) => scopes.has(via))) drop(key);
    },
  };
}
