/**
 * All records of one list in their order, kept as records change: what changed is taken out and put where it belongs now, so that
 * neither a saved record nor a page of a first download sorts a hundred thousand again.
 */
import type { Place } from '../desk.ts';
import type { Order } from './listing.ts';

export interface SortedList {
  readonly changed: (record: string) => void;
  readonly read: () => readonly Place[];
}

interface Making {
  readonly compare: Order['compare'];
  readonly all: () => readonly Place[];
  /** Where the record belongs in this list now; undefined where it does not. */
  readonly present: (record: string) => Place | undefined;
}

export function createSortedList({ compare, all, present }: Making): SortedList {
  let places: readonly Place[] | undefined;
  const changed = new Set<string>();

  /** What stayed is in order already: only what changed is sorted, and each piece between is taken over whole. */
  function merged(known: readonly Place[]): readonly Place[] {
    const stayed = known.filter(({ id }) => !changed.has(id));
    const moved = [...changed].flatMap((id) => present(id) ?? []).sort(compare);
    const both: Place[] = [];
    let taken = 0;
    const takeUntil = (end: number): void => {
      while (taken < end) both.push(stayed[taken++]!);
    };
    for (const one of moved) {
      takeUntil(placeOf(stayed, one, taken));
      both.push(one);
    }
    takeUntil(stayed.length);
    return both;
  }

  function placeOf(among: readonly Place[], one: Place, from: number): number {
    let low = from;
    let high = among.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = among[middle];
      if (other && compare(other, one) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    changed: (record) => void changed.add(record),
    read: () => {
      if (places && changed.size === 0) return places;
      places = places ? merged(places) : [...all()].sort(compare);
      changed.clear();
      return places;
    },
  };
}
