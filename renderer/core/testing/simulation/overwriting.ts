/**
 * S5 and S3 of one record, played again from who saw what. The test notes by itself what the author of each operation had before their
 * eyes; nothing of the engine's own bookkeeping is believed.
 */
import type { Operation } from '../../../../shared/core/operation.ts';
import { lastWriter, type RecordState } from '../../../../shared/core/record.ts';
import { sameValue } from '../../../../shared/core/same-value.ts';
import { survivorsEver } from './merging.ts';
import { ASK, must, type Observed } from './observed.ts';

/**
 * A value is overwritten silently only by somebody who had it, or what was built on it, before
 * their eyes; all others are kept until somebody who sees them settles.
 */
export function nothingOverwritten(observed: Observed): void {
  const confirmed = [...observed.known.operations.values()]
    .filter(({ seq }) => seq !== null)
    .sort((one, other) => (one.seq ?? 0) - (other.seq ?? 0));
  const histories = Map.groupBy(confirmed, ({ record }) => record ?? '');
  const successors = new Map(
    [...observed.operations.values()].flatMap((one) => (one.corrects ? [[one.corrects, one.id]] : [])),
  );
  const survivors = survivorsEver(observed);
  for (const record of observed.known.records.values()) {
    if (survivors.has(record.id)) continue;
    const history = (histories.get(record.id) ?? []).map(({ text }) => JSON.parse(text) as Operation);
    nothingOverwrittenIn(observed, record, history, successors);
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
    for (const entry of (operation.append?.notes ?? []) as { id: string }[]) entries.push(entry.id);
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
