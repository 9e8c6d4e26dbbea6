/**
 * `shown` is what the district confirmed with this computer's own unconfirmed operations played on top (architecture.md). Recomputed
 * whenever either side changes, and by nothing else. Pending operations were decided when they were made; here they are only played.
 */
import type { AnyEntity } from './entity.ts';
import type { Operation } from './operation.ts';
import { basisIn, play } from './play.ts';
import type { RecordState } from './record.ts';
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
  { entity, epoch, restoredHead = 0 }: Rebasing,
): RecordState | undefined {
  let shown = base && upcastRecord(base, entity);
  for (const { operation: given, seq } of unconfirmed) {
    const operation = upcastOperation(given, entity);
    if (seq !== null && base && seq <= base.seq) continue;
    if (shown === undefined && operation.kind !== 'create') continue;
    if (shown !== undefined && operation.kind === 'create') continue;
    shown = play(shown, operation, { entity, seq, basis: basisIn(operation, epoch, restoredHead) });
  }
  return shown;
}
