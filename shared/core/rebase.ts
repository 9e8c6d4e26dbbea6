/**
 * `shown` is what the district confirmed with this computer's own unconfirmed operations played on top (architecture.md). Recomputed
 * whenever either side changes, and by nothing else. Pending operations were decided when they were made; here they are only played.
 * Records that were merged are recomputed together: what is written into one of them lands on the one that stands for it.
 */
import type { AnyEntity } from './entity.ts';
import type { Operation } from './operation.ts';
import { basisIn } from './play.ts';
import type { RecordState } from './record.ts';
import { playTogether } from './together.ts';
import { upcastOperation, upcastRecord } from './upcast.ts';

/** An operation of this computer that the base may not contain yet. */
export interface Unconfirmed {
  readonly operation: Operation;
  /** Its sequence once confirmed; null before. */
  readonly seq: number | null;
}

export interface Rebasing {
  readonly entity: AnyEntity;
  readonly epoch: string;
  readonly restoredHead?: number;
}

/** @returns the record to show; undefined when nothing is known of it but operations whose creation is missing */
export function rebase(
  base: RecordState | undefined,
  unconfirmed: readonly Unconfirmed[],
  rebasing: Rebasing,
): RecordState | undefined {
  const id = base?.id ?? unconfirmed[0]?.operation.record;
  return id === undefined
    ? undefined
    : rebaseTogether(new Map(base && [[id, base]]), unconfirmed, rebasing).get(id);
}

/**
 * @param bases of records that are linked by merges
 * @param unconfirmed operations about any of them, in their order
 */
export function rebaseTogether(
  bases: ReadonlyMap<string, RecordState>,
  unconfirmed: readonly Unconfirmed[],
  { entity, epoch, restoredHead = 0 }: Rebasing,
): ReadonlyMap<string, RecordState> {
  const shown = new Map<string, RecordState>();
  for (const [id, base] of bases) shown.set(id, upcastRecord(base, entity));
  const find = (id: string): RecordState | undefined => shown.get(id);
  const isContained = (id: string, seq: number | null): boolean =>
    seq !== null && seq <= (bases.get(id)?.seq ?? -1);
  for (const { operation: given, seq } of unconfirmed) {
    const operation = upcastOperation(given, entity);
    if (isContained(operation.record, seq)) continue;
    if (shown.has(operation.record) === (operation.kind === 'create')) continue;
    const basis = basisIn(operation, epoch, restoredHead);
    for (const record of playTogether(find, operation, { entity, seq, basis }))
      if (!isContained(record.id, seq)) shown.set(record.id, record);
  }
  return shown;
}
