/**
 * What an operation does to a record, once it is accepted: the one place where values change, played by the judge on the server's
 * record and by every desk on its own. Total over well-formed operations: it never refuses and never throws.
 *
 * "Unseen" (architecture.md): the field's last writer is newer than the operation's basis and is not among the operations that it
 * was built on. Devices and clocks are never compared: two people share a PC, and clocks lie.
 */
import { keyOf } from './command.ts';
import { stagesOf, type AnyEntity } from './entity.ts';
import type { FieldMap, Values } from './field/base.ts';
import type { Entry } from './field/rows.ts';
import { reachable } from './field/stages.ts';
import type { Operation } from './operation.ts';
import { isPairing, marksAfter } from './pairing.ts';
import { isPlacing, placeAfter } from './place.ts';
import { lastWriter, type Conflict, type RecordState, type Writer } from './record.ts';
import { own } from './own.ts';
import { isReview } from './review-kinds.ts';
import { sameValue } from './same-value.ts';

/** Where a withdrawal that met an unseen edit waits for a person to choose; no field can have this name. */
export const WITHDRAWAL = '$withdrawal';

export interface Playing {
  readonly entity: AnyEntity;
  /** The sequence that the operation gets; null while it is pending on this computer. */
  readonly seq: number | null;
  /** The basis in the present epoch: 0 up to the operation's own (sync.md S8). */
  readonly basis: number;
  /** Its author wrote into another record, which was merged into this one, and has seen nothing of this one. */
  readonly isLanded?: boolean;
}

/** The basis of somebody who has seen nothing of a record but what they wrote themselves. */
export const UNSEEN = -1;

/** Whether the operation's author had not seen what somebody has written. */
export const unseenBy =
  (operation: Operation, basis: number) =>
  (other: Writer): boolean =>
    other.operation !== operation.id &&
    !operation.after.includes(other.operation) &&
    (other.seq === null || other.seq > basis);

/** An operation's basis in the present epoch: one of another epoch counts as at most the restored head (sync.md S8). */
export const basisIn = ({ basis }: Operation, epoch: string, restoredHead: number): number =>
  basis.epoch === epoch ? basis.seq : Math.min(basis.seq, restoredHead);

export function play(record: RecordState | undefined, operation: Operation, playing: Playing): RecordState {
  const writer: Writer = {
    by: operation.author,
    at: operation.at,
    seq: playing.seq,
    operation: operation.id,
  };
  const start = record ?? born(operation, writer, playing);
  // A decision on somebody's operation stands in the record's history and changes nothing of the record itself.
  if (isReview(operation.kind)) return { ...start, seq: playing.seq ?? start.seq };
  const next: Draft = {
    values: { ...start.values },
    writers: { ...start.writers },
    conflicts: { ...start.conflicts },
    withdrawn: start.withdrawn,
  };
  const isUnseen = unseenBy(operation, playing.isLanded ? UNSEEN : playing.basis);

  writeValues(next, start, operation, playing, isUnseen, writer, record === undefined);
  joinSets(next, operation, writer, record === undefined);
  appendEntries(next, operation, writer, record === undefined);
  moveStage(next, operation, playing.entity, writer);
  withdrawOrBringBack(next, start, operation, isUnseen, writer);
  for (const field of operation.settles ?? []) settle(next, field, isUnseen);

  const { conflicts, withdrawn, shares: _before, merged, absorbed, distinct, ...rest } = start;
  const { area, scope, shares } = placeAfter(start, operation, playing.entity, next.values);
  return {
    ...rest,
    area,
    scope,
    ...(shares.length > 0 && { shares: [...shares] }),
    seq: playing.seq ?? start.seq,
    values: next.values,
    writers: next.writers,
    ...(Object.keys(next.conflicts).length > 0 && { conflicts: next.conflicts }),
    ...(next.withdrawn && { withdrawn: next.withdrawn }),
    ...marksAfter(start, operation, writer),
  };
}

interface Draft {
  readonly values: Record<string, unknown>;
  readonly writers: Record<string, Writer>;
  readonly conflicts: Record<string, Conflict>;
  withdrawn: Writer | undefined;
}

function born(operation: Operation, created: Writer, { entity, seq }: Playing): RecordState {
  const values = entity.stageField === undefined ? {} : { [entity.stageField]: stagesOf(entity)?.initial };
  return {
    id: operation.record,
    entity: entity.name,
    version: entity.version,
    area: operation.area ?? '',
    scope: '',
    seq: seq ?? 0,
    values,
    created,
    writers: {},
  };
}

function writeValues(
  next: Draft,
  start: RecordState,
  operation: Operation,
  { entity, isLanded = false }: Playing,
  isUnseen: (writer: Writer) => boolean,
  writer: Writer,
  isNew: boolean,
): void {
  for (const [name, value] of Object.entries(operation.set ?? {})) {
    const before = own(start.values, name);
    const last = lastWriter(start, name);
    // Who wrote into another record saw what this one says as well, where both said the same.
    const isKnown = isLanded && sameValue(before, own(operation.was ?? {}, name));
    if (
      !isNew &&
      !isKnown &&
      own(entity.fields as FieldMap, name)?.merge === 'ask' &&
      isUnseen(last) &&
      !sameValue(before, value)
    ) {
      const known = own(next.conflicts, name);
      next.conflicts[name] = {
        base: known ? known.base : (own(operation.was ?? {}, name) ?? null),
        rivals: [...(known?.rivals ?? []), { value: before ?? null, writer: last }],
      };
    }
    if (value === null) delete next.values[name];
    else next.values[name] = value;
    if (!isNew) next.writers[name] = writer;
  }
}

function joinSets(next: Draft, operation: Operation, writer: Writer, isNew: boolean): void {
  for (const name of new Set([...Object.keys(operation.add ?? {}), ...Object.keys(operation.remove ?? {})])) {
    const gone = new Set(own(operation.remove ?? {}, name)?.map(keyOf));
    const joined = own(operation.add ?? {}, name) ?? [];
    const replaced = new Set(joined.map(keyOf));
    const stay = listOf(next.values, name).filter(
      (member) => !gone.has(keyOf(member)) && !replaced.has(keyOf(member)),
    );
    next.values[name] = [...stay, ...joined];
    if (!isNew) next.writers[name] = writer;
  }
}

function appendEntries(next: Draft, operation: Operation, writer: Writer, isNew: boolean): void {
  for (const [name, added] of Object.entries(operation.append ?? {})) {
    const log = listOf(next.values, name) as readonly (Entry | null)[];
    const known = new Set(log.map((entry) => entry?.id));
    next.values[name] = [
      ...log,
      ...(added as (Entry | null)[]).filter((entry) => entry && !known.has(entry.id)),
    ];
    if (!isNew) next.writers[name] = writer;
  }
}

function listOf(values: Values, name: string): readonly unknown[] {
  const value = own(values, name);
  return Array.isArray(value) ? (value as unknown[]) : [];
}

function moveStage(next: Draft, operation: Operation, entity: AnyEntity, writer: Writer): void {
  const field = stagesOf(entity);
  if (operation.kind !== 'advance' || !field || entity.stageField === undefined || operation.to === undefined)
    return;
  const stage = String(next.values[entity.stageField]);
  // Already there or past it: no effect. Where procedures run in circles, the stage that it leaves is past it, too.
  if (stage !== operation.from && reachable(field, operation.to).has(stage)) return;
  next.values[entity.stageField] = operation.to;
  next.writers[entity.stageField] = writer;
}

function withdrawOrBringBack(
  next: Draft,
  start: RecordState,
  operation: Operation,
  isUnseen: (writer: Writer) => boolean,
  writer: Writer,
): void {
  if (operation.kind === 'restore') {
    next.withdrawn = undefined;
    delete next.conflicts[WITHDRAWAL];
  } else if (operation.kind === 'withdraw') {
    const editedUnseen = Object.values(start.writers).some(isUnseen);
    if (editedUnseen) next.conflicts[WITHDRAWAL] = { base: false, rivals: [{ value: true, writer }] };
    else {
      next.withdrawn = writer;
      delete next.conflicts[WITHDRAWAL];
    }
  } else if (next.withdrawn && !isPlacing(operation.kind) && !isPairing(operation.kind)) {
    next.conflicts[WITHDRAWAL] = { base: false, rivals: [{ value: true, writer: next.withdrawn }] };
    next.withdrawn = undefined;
  }
}

/** What the settler saw is settled; a value that came after stays to be chosen. */
function settle(next: Draft, field: string, isUnseen: (writer: Writer) => boolean): void {
  const conflict = own(next.conflicts, field);
  if (!conflict) return;
  const rivals = conflict.rivals.filter((rival) => isUnseen(rival.writer));
  if (rivals.length === 0) delete next.conflicts[field];
  else next.conflicts[field] = { ...conflict, rivals };
}
