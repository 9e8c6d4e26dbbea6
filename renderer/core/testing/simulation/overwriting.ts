/**
 * S5 and S3 of one record, played again from who saw what. The test notes by itself what the author of each operation had before their
 * eyes; nothing of the engine's own bookkeeping is believed.
 */
import type { Operation } from '../../../../shared/core/operation.ts';
import { lastWriter, type RecordState } from '../../../../shared/core/record.ts';
import { sameValue } from '../../../../shared/core/same-value.ts';
import { wasConfirmed } from '../../../../server/ledger/said.ts';
import type { StoredOperation } from '../../../../server/ledger/transactor.ts';
import { nothingForgotten } from './approving.ts';
import { survivorsEver } from './merging.ts';
import { ASK, Broken, must, type Observed } from './observed.ts';

/**
 * A value is overwritten silently only by somebody who had it, or what was built on it, before
 * their eyes; all others are kept until somebody who sees them settles.
 */
export function nothingOverwritten(observed: Observed): void {
  const confirmed = [...observed.known.operations.values()]
    .filter(({ seq }) => seq !== null)
    .sort(inThisLife);
  const histories = Map.groupBy(confirmed, ({ record }) => record ?? '');
  const successors = new Map(
    [...observed.operations.values()].flatMap(({ id, author, corrects = '' }) =>
      observed.operations.get(corrects)?.author === author ? [[corrects, id]] : [],
    ),
  );
  const survivors = survivorsEver(observed);
  for (const record of observed.known.records.values()) {
    if (survivors.has(record.id)) continue;
    const stored = histories.get(record.id) ?? [];
    const contentsOf = (all: readonly StoredOperation[]): readonly Operation[] =>
      all.map(({ text }) => JSON.parse(text) as Operation);
    if (observed.approved.has(record.id)) {
      nothingForgotten(observed, record, contentsOf(stored), (id) => seenBy(observed, id, successors));
      continue;
    }
    const returned = stored.some(({ earlier }) => wasConfirmed(earlier));
    const { restoredHead } = observed.world.district.tables().head;
    const former = returned && contentsOf([...stored].sort(inFormerLife(restoredHead)));
    if (former && findBroken(() => nothingOverwrittenIn(observed, record, former, successors)) === undefined)
      continue;
    nothingOverwrittenIn(observed, record, contentsOf(stored), successors);
  }
}

const inThisLife = (one: StoredOperation, other: StoredOperation): number =>
  (one.seq ?? 0) - (other.seq ?? 0);

/** What came back after a restoration ends in the order that it had (S8-10), but where the record is more than its operations say. */
const inFormerLife = (restoredHead: number) => (one: StoredOperation, other: StoredOperation) => {
  const placeOf = ({ earlier, seq }: StoredOperation): readonly [number, number] => {
    const before = wasConfirmed(earlier);
    return before ? [1, before.seq] : [(seq ?? 0) <= restoredHead ? 0 : 2, seq ?? 0];
  };
  const [mine, theirs] = [placeOf(one), placeOf(other)];
  return mine[0] - theirs[0] || mine[1] - theirs[1];
};

function findBroken(check: () => void): Broken | undefined {
  try {
    check();
    return undefined;
  } catch (failure) {
    if (failure instanceof Broken) return failure;
    throw failure;
  }
}

function nothingOverwrittenIn(
  observed: Observed,
  record: RecordState,
  history: readonly Operation[],
  successors: ReadonlyMap<string, string>,
): void {
  const field = ASK[record.entity] ?? '';
  let top: { id: string; value: unknown } | undefined;
  let rivals: string[] = [];
  // What a settler had seen once but not while settling (a desk that had just lost its database) may stay to be chosen: a question
  // more, never a text less.
  const asked = new Set<string>();
  const entries: string[] = [];
  for (const operation of history) {
    const { id, set = {}, settles = [] } = operation;
    // What was held may be confirmed at last, before what its author sent in its place arrives: two operations, one note.
    const isAgain = history.some((one) => one.id === operation.corrects);
    for (const entry of (operation.append?.notes ?? []) as { id: string }[])
      if (!isAgain || !entries.includes(entry.id)) entries.push(entry.id);
    const seen = seenBy(observed, id, successors);
    if (field in set) {
      const isSeen = top === undefined || seen.has(top.id) || sameValue(top.value, set[field]);
      if (top && !isSeen) rivals.push(top.id);
      top = { id, value: set[field] };
    }
    if (!settles.includes(field)) continue;
    const before = observed.displayed.get(id)?.rivals ?? [];
    for (const rival of rivals) if (!before.includes(rival)) asked.add(rival);
    rivals = rivals.filter((rival) => !seen.has(rival));
  }
  const found = (record.conflicts?.[field]?.rivals ?? []).map(({ writer }) => writer.operation);
  must(lastWriter(record, field).operation === top?.id, 'S5 another value is in force', record, top);
  // After a restoration a basis counts as at most the restored head: a conflict more is the price, never one less.
  const isRight =
    observed.lives > 1
      ? rivals.every((rival) => found.includes(rival))
      : rivals.every((rival) => found.includes(rival)) &&
        found.every((rival) => rivals.includes(rival) || asked.has(rival));
  must(isRight, 'S5 a value was overwritten unseen, or a conflict made up', {
    record: record.id,
    found,
    expected: rivals,
  });
  const notes = ((record.values.notes ?? []) as { id: string }[]).map((note) => note.id);
  // Refused in one life, sent again as another, and confirmed in the next life after all: two operations, one note.
  const expected = observed.lives > 1 ? [...new Set(entries)] : entries;
  must(sameValue([...notes].sort(), expected.sort()), 'S3 a note is missing or there twice', {
    notes,
    entries,
  });
}

/** Everything that stood behind what the author saw. */
function seenBy(
  { displayed }: Observed,
  operation: string,
  successors: ReadonlyMap<string, string>,
): ReadonlySet<string> {
  const seen = new Set<string>();
  const behind = (id: string): readonly string[] => {
    const { writer, rivals = [] } = displayed.get(id) ?? {};
    return [...(writer === undefined ? [] : [writer]), ...rivals];
  };
  const waiting = [...behind(operation)];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const successor = successors.get(id);
    waiting.push(...behind(id), ...(successor === undefined ? [] : [successor]));
  }
  return seen;
}
