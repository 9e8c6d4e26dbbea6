/**
 * All records of one list in their order, kept as records change: what changed is taken out and put where it belongs now, so that one
 * saved record never sorts ten thousand again.
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

/** More changes than these are sorted anew at once. */
const FEW = 100;

export function createSortedList({ order, all, present }: Making): SortedList {
  let keyed: Keyed[] | undefined;
  let shown: readonly RecordState[] = [];
  const changed = new Set<string>();

  function patch(known: readonly Keyed[]): Keyed[] {
    const rest = known.filter(({ record }) => !changed.has(record.id));
    for (const id of changed) {
      const record = present(id);
      if (!record) continue;
      const one = order.keyed(record);
      rest.splice(placeOf(rest, one), 0, one);
    }
    return rest;
  }

  function placeOf(among: readonly Keyed[], one: Keyed): number {
    let low = 0;
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
      keyed = keyed && changed.size <= FEW ? patch(keyed) : all().map(order.keyed).sort(order.compare);
      changed.clear();
      shown = keyed.map(({ record }) => record);
      return shown;
    },
  };
}
