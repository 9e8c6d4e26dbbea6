/**
 * States from before a restoration that no journal has brought back, approved by an administrator (sync.md S8-6, S8-7). Such a record is
 * more than its operations say: of each text in it must hold that it is in force, or stands beside it to be chosen, or was seen by whoever wrote later.
 */
import type { Operation } from '../../../../shared/core/operation.ts';
import { lastWriter, type RecordState } from '../../../../shared/core/record.ts';
import { ASK, must, type Observed } from './observed.ts';

const writersIn = (record: RecordState): readonly string[] => {
  const field = ASK[record.entity] ?? '';
  const rivals = record.conflicts?.[field]?.rivals ?? [];
  const writers = [lastWriter(record, field), ...rivals.map(({ writer }) => writer)];
  return writers.flatMap(({ operation }) => operation ?? []);
};

/** Before it is approved: whose texts come back with it. */
export function noteApproved({ world, approved }: Observed, record: string): void {
  const writers = approved.get(record) ?? new Set();
  approved.set(record, writers);
  for (const one of world.district.tables().recovered.values()) {
    if (one.record !== record || one.approvedAt !== null) continue;
    for (const writer of writersIn(JSON.parse(one.text) as RecordState)) writers.add(writer);
  }
}

/** A district that came back from a backup may lack the approval as well. */
export function forgetApproved({ approved }: Observed): void {
  for (const writers of approved.values()) writers.clear();
}

/** @param history what the ledger has confirmed of it @param seenBy everything that stood behind what an author saw */
export function nothingForgotten(
  { approved, operations }: Observed,
  record: RecordState,
  history: readonly Operation[],
  seenBy: (operation: string) => ReadonlySet<string>,
): void {
  const field = ASK[record.entity] ?? '';
  const here = new Set(writersIn(record));
  const textOf = (id: string): unknown => operations.get(id)?.set?.[field];
  const texts = new Set([...here].map(textOf));
  const later = [...operations.values()].filter(({ record: about }) => about === record.id);
  const written = history.filter(({ set = {} }) => field in set).map(({ id }) => id);
  for (const id of new Set([...written, ...(approved.get(record.id) ?? [])])) {
    // Who takes it over has read it; and whoever chose a text that was there already has added none.
    const hasSeen = (one: Operation): boolean =>
      one.corrects === id || [...seenBy(one.id)].some((seen) => seen === id || textOf(seen) === textOf(id));
    const isKept =
      here.has(id) ||
      texts.has(textOf(id)) ||
      later.some((one) => (field in (one.set ?? {}) || one.settles) && hasSeen(one));
    must(isKept, 'S8 a text of an approved record is nowhere, and nobody had seen it', { id, record });
  }
}
