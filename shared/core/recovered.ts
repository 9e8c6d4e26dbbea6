/**
 * A record's state that the district has lost and nobody's journal brings back (sync.md S8): which operations made it, and what the
 * record is once it was approved. Nothing newer is overwritten: what was written since meets as a conflict, or stays. Pure.
 */
import { stagesOf, type AnyEntity } from './entity.ts';
import type { FieldMap } from './field/base.ts';
import { keyOf } from './command.ts';
import { own } from './own.ts';
import { lastWriter, type RecordState, type Writer } from './record.ts';
import { sameValue } from './same-value.ts';

/** Operations that the state names: its creation and whoever wrote last. Older ones are not needed to bring it back. */
export function operationsIn({
  created,
  writers,
  withdrawn,
  merged,
  conflicts = {},
}: RecordState): ReadonlySet<string> {
  const rivals = Object.values(conflicts).flatMap((conflict) => conflict.rivals);
  const all = [created, ...Object.values(writers), withdrawn, merged, ...rivals.map(({ writer }) => writer)];
  return new Set(all.flatMap((writer) => writer?.operation ?? []));
}

export interface Recovering {
  readonly entity: AnyEntity | undefined;
  /** The sequence of the approval. */
  readonly seq: number;
  readonly restoredHead: number;
  /** Whether the ledger holds this operation, whatever came of it. */
  readonly isKnown: (operation: string) => boolean;
}

/** @param present as the district has it now; undefined where it knows nothing of the record */
export function recovered(
  present: RecordState | undefined,
  lost: RecordState,
  { entity, seq, restoredHead: head, isKnown }: Recovering,
): RecordState {
  // Of a life that had forgotten what the district has now: nothing of its sequences can be compared.
  const restoredHead = lost.seq > head ? head : 0;
  /** A sequence of a former life says nothing beyond the restored head. */
  const here = (writer: Writer): Writer =>
    writer.seq !== null && writer.seq <= restoredHead ? writer : { ...writer, seq };
  const state: RecordState = {
    ...lost,
    seq,
    created: here(lost.created),
    writers: Object.fromEntries(Object.entries(lost.writers).map(([name, writer]) => [name, here(writer)])),
    ...(lost.conflicts && {
      conflicts: Object.fromEntries(
        Object.entries(lost.conflicts).map(([name, conflict]) => [
          name,
          {
            ...conflict,
            rivals: conflict.rivals.map((rival) => ({ ...rival, writer: here(rival.writer) })),
          },
        ]),
      ),
    }),
    ...(lost.withdrawn && { withdrawn: here(lost.withdrawn) }),
    ...(lost.merged && { merged: { ...lost.merged, ...here(lost.merged) } }),
  };
  if (!present) return state;
  // Nobody has touched it since the restoration: all of it is as it was, its place included.
  if (present.seq <= restoredHead) return state;

  const values = { ...present.values };
  const writers = { ...present.writers };
  const conflicts = { ...present.conflicts };
  for (const name of new Set([...Object.keys(lost.values), ...Object.keys(lost.writers)])) {
    const [theirs, mine] = [lastWriter(present, name), lastWriter(state, name)];
    if (theirs.operation === mine.operation || isKnown(mine.operation)) continue;
    const [before, back] = [own(present.values, name), own(state.values, name)];
    if (Array.isArray(before) && Array.isArray(back)) {
      if (sameValue(before, back)) continue;
      values[name] = together(before, back);
      writers[name] = mine;
    } else if (theirs.seq !== null && theirs.seq <= restoredHead) {
      // Nobody has written it since: it is as it was, with whatever stood beside it to be chosen.
      if (back === undefined) delete values[name];
      else values[name] = back;
      writers[name] = mine;
      const beside = own(state.conflicts ?? {}, name);
      if (beside) conflicts[name] = beside;
      else delete conflicts[name];
    } else if (sameValue(before, back)) continue;
    else if (name !== stageOf(entity) && entity && own(entity.fields as FieldMap, name)?.merge === 'ask') {
      const known = own(conflicts, name);
      const rivals = [...(known?.rivals ?? []), { value: back ?? null, writer: mine }];
      conflicts[name] = { base: known ? known.base : null, rivals };
    }
  }
  const { conflicts: _, ...rest } = present;
  return {
    ...rest,
    seq,
    values,
    writers,
    ...(Object.keys(conflicts).length > 0 && { conflicts }),
  };
}

const stageOf = (entity: AnyEntity | undefined): string | undefined =>
  entity && stagesOf(entity) ? entity.stageField : undefined;

/** Absence never means deletion: what either of them holds is there. */
function together(present: readonly unknown[], back: readonly unknown[]): readonly unknown[] {
  const known = new Set(present.map(keyOf));
  return [...present, ...back.filter((member) => !known.has(keyOf(member)))];
}
