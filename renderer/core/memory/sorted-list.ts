/**
 * All records of one list in their order, kept as records change: what changed is taken out and put where it belongs now, so that
 * neither a saved record nor a page of a first download sorts a hundred thousand again.
 */
import type { RecordState } from '../../../shared/core/record.ts';
import type { Keyed, Order } from './listing.ts';

export interface SortedList {
  readonly changed: (record: string) => void;
  readonly read: () => readonly RecordState[];
}

interface Making {
  readonly order: Order;
  readonly all: () => readonly RecordState[];
  /** The record as it belongs into this list now; undefined where it does not. */
  readonly present: (record: string) => RecordState | undefined;
}

export function createSortedList({ order, all, present }: Making): SortedList {
  let keyed: Keyed[] | undefined;
  let shown: readonly RecordState[] = [];
  const changed = new Set<string>();

  const inOrder = (records: readonly RecordState[]): Keyed[] => records.map(order.keyed).sort(order.compare);

  /** What stayed is in order already: only what changed is sorted, and each piece between is taken over whole. */
  function merged(known: readonly Keyed[]): Keyed[] {
    const stayed = known.filter(({ record }) => !changed.has(record.id));
    const moved = inOrder([...changed].flatMap((id) => present(id) ?? []));
    const all: Keyed[] = [];
    let taken = 0;
    const takeUntil = (end: number): void => {
      while (taken < end) all.push(stayed[taken++]!);
    };
    for (const one of moved) {
      takeUntil(placeOf(stayed, one, taken));
      all.push(one);
    }
    takeUntil(stayed.length);
    return all;
  }

  function placeOf(among: readonly Keyed[], one: Keyed, from: number): number {
    let low = from;
    let high = among.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = among[middle];
      if (other && order.compare(other, one) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    changed: (record) => void changed.add(record),
    read: () => {
      if (keyed && changed.size === 0) return shown;
      keyed = keyed ? merged(keyed) : inOrder(all());
      changed.clear();
      shown = keyed.map(({ record }) => record);
      return shown;
    },
  };
}
