/**
 * What an operation does to all the records that it touches: its own, and, where that was merged into another, whoever stands for it.
 * An edit by somebody who did not see the merge lands on the survivor as something written unseen, and on the merged record as
 * well, so that undoing the merge brings back everything. Played by the judge and by every desk alike; it never throws.
 *
 * A survivor's state takes the sequence that follows the operation's own: a sequence always stands for one record's new state.
 */
import { keyOf } from './command.ts';
import type { FieldMap } from './field/base.ts';
import type { Entry } from './field/rows.ts';
import type { Operation } from './operation.ts';
import { own } from './own.ts';
import { absorbing, allIn, isEdit, releasing, survivorsOf } from './pairing.ts';
import { play, unseenBy, type Playing } from './play.ts';
import { lastWriter, type RecordState, type Writer } from './record.ts';
import { sameValue } from './same-value.ts';

export type Find = (id: string) => RecordState | undefined;

/** @returns the records as they are then, the operation's own one first */
export function playTogether(find: Find, operation: Operation, playing: Playing): readonly RecordState[] {
  const before = operation.kind === 'create' ? undefined : find(operation.record);
  const after = play(before, operation, playing);
  if (!before) return [after];
  if (operation.kind === 'merge') return merged(find, before, after, operation, playing);
  const chain = survivorsOf(before, find);
  if (operation.kind === 'unmerge') {
    const isUndone = before.merged !== undefined && after.merged === undefined;
    const left = isUndone ? chain.map((one) => releasing(one, allIn(before))) : [];
    return [after, ...numbered(left, playing)];
  }
  if (!isEdit(operation.kind)) return [after];
  const landed = chain.map((one) => play(one, landedOn(one, operation), { ...playing, isLanded: true }));
  return [after, ...numbered(landed, playing)];
}

/** The same edit, as if it had named the survivor. */
export const landedOn = ({ id }: RecordState, operation: Operation): Operation => ({
  ...operation,
  record: id,
});

/** Whether the merge would close a circle: the other one leads here already. */
export const leadsTo = (find: Find, from: string, to: string): boolean => {
  const first = find(from);
  return from === to || (first !== undefined && survivorsOf(first, find).some(({ id }) => id === to));
};

function merged(
  find: Find,
  before: RecordState,
  after: RecordState,
  operation: Operation,
  playing: Playing,
): readonly RecordState[] {
  const { other = '' } = operation;
  if (before.merged) return [after];
  if (leadsTo(find, other, before.id)) {
    const { merged: _, ...unchanged } = after;
    return [unchanged];
  }
  const next = survivorsOf(after, find).map((survivor) =>
    absorbing(withUnseen(survivor, before, operation, playing), allIn(before)),
  );
  return [after, ...numbered(next, playing)];
}

const numbered = (records: readonly RecordState[], { seq }: Playing): readonly RecordState[] =>
  records.map((record, index) => (seq === null ? record : { ...record, seq: seq + 1 + index }));

/**
 * What was written into the merged record and the merger had not seen. Where the survivor says what both said then, the new value
 * takes its place; where the merger chose another, both are kept.
 */
function withUnseen(
  survivor: RecordState,
  loser: RecordState,
  operation: Operation,
  { entity, basis }: Playing,
): RecordState {
  const values = { ...survivor.values };
  const writers = { ...survivor.writers };
  const conflicts = { ...survivor.conflicts };
  const isUnseen = unseenBy(operation, basis);
  for (const [name, writer] of Object.entries(loser.writers)) {
    const field = own(entity.fields as FieldMap, name);
    if (!isUnseen(writer) || !field || field.merge === 'server' || name === entity.stageField) continue;
    const [theirs, mine] = [own(loser.values, name), own(values, name)];
    const was = own(operation.was ?? {}, name);
    if (field.merge === 'union' || field.merge === 'append') {
      const next = field.merge === 'union' ? withMembers(mine, theirs, was) : withEntries(mine, theirs, was);
      if (sameValue(mine, next)) continue;
      values[name] = next;
      writers[name] = writer;
    } else if (sameValue(theirs, mine)) continue;
    else if (
      sameValue(mine, was) ||
      (field.merge === 'last' && isLater(writer, lastWriter(survivor, name)))
    ) {
      if (theirs === undefined) delete values[name];
      else values[name] = theirs;
      writers[name] = writer;
    } else if (field.merge === 'ask') {
      const known = own(conflicts, name);
      conflicts[name] = {
        base: known ? known.base : (was ?? null),
        rivals: [...(known?.rivals ?? []), { value: theirs ?? null, writer }],
      };
    }
  }
  const { conflicts: _, ...rest } = survivor;
  return { ...rest, values, writers, ...(Object.keys(conflicts).length > 0 && { conflicts }) };
}

const isLater = ({ seq: one }: Writer, { seq: other }: Writer): boolean =>
  (one ?? Infinity) > (other ?? Infinity);

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

/** Who joined and who left the merged record's set since the merger looked at it. */
function withMembers(mine: unknown, theirs: unknown, was: unknown): unknown[] {
  const keysIn = (list: unknown): Set<string> => new Set(listOf(list).map(keyOf));
  const [here, there, seen] = [keysIn(mine), keysIn(theirs), keysIn(was)];
  const stay = listOf(mine).filter((one) => there.has(keyOf(one)) || !seen.has(keyOf(one)));
  const joined = listOf(theirs).filter((one) => !seen.has(keyOf(one)) && !here.has(keyOf(one)));
  return [...stay, ...joined];
}

/** @param was ids of the entries that the merger saw */
function withEntries(mine: unknown, theirs: unknown, was: unknown): unknown[] {
  const log = listOf(mine) as readonly (Entry | null)[];
  const known = new Set([...listOf(was), ...log.map((entry) => entry?.id)]);
  return [...log, ...(listOf(theirs) as (Entry | null)[]).filter((entry) => entry && !known.has(entry.id))];
}
