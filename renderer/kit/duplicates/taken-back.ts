/**
 * What a merge of long ago wrote into the record that stays, taken back from its history: each value that still stands as it was picked
 * then becomes what it was before. What somebody has written over since stays.
 */
import type { Values } from '../../../shared/core/field/base.ts';
import { own } from '../../../shared/core/own.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import { sameValue } from '../../../shared/core/same-value.ts';
import type { HistoryItem } from '../../core/desk.ts';

/** @param items the history of both, in the district's order */
export function takenBack(items: readonly HistoryItem[], kept: RecordState, gone: RecordState): Values {
  const merge = items.find(({ operation }) => operation.id === gone.merged?.operation);
  const group = merge?.operation.group?.id;
  const place = items.findIndex(
    ({ operation }) => operation.record === kept.id && group !== undefined && operation.group?.id === group,
  );
  const picked = items[place]?.operation;
  if (!picked) return {};
  const earlier = items
    .slice(0, place)
    .filter(({ operation, standing }) => operation.record === kept.id && standing === 'confirmed')
    .reverse();
  const before: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(picked.set ?? {})) {
    if (!sameValue(kept.values[name], value)) continue;
    const last = earlier.find(({ operation }) => own(operation.set ?? {}, name) !== undefined);
    before[name] = own(picked.was ?? {}, name) ?? own(last?.operation.set ?? {}, name) ?? null;
  }
  for (const [name, joined] of Object.entries(picked.add ?? {})) {
    const there = (kept.values[name] ?? []) as readonly unknown[];
    before[name] = there.filter((member) => !joined.some((one) => sameValue(one, member)));
  }
  return before;
}
