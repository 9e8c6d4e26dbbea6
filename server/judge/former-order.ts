/**
 * What comes back after a restoration comes in any order; the receipts say in which it was confirmed, and what its author had seen
 * (sync.md S8). Where something later stands in the record already, the record is played again in the order of the former life, so that it
 * ends as it was, whoever returns first. What was written since comes behind all of it.
 */
import type { AnyEntity } from '../../shared/core/entity.ts';
import type { Operation } from '../../shared/core/operation.ts';
import { isPairing } from '../../shared/core/pairing.ts';
import { basisIn, play } from '../../shared/core/play.ts';
import type { RecordState } from '../../shared/core/record.ts';
import { sameValue } from '../../shared/core/same-value.ts';
import { upcastOperation } from '../../shared/core/upcast.ts';
import { wasConfirmed } from '../ledger/said.ts';
import type { StoredOperation } from '../ledger/transactor.ts';
import type { Bench } from './bench.ts';
import type { Layer } from './draft.ts';

/** Those of the record that are confirmed by now, whichever life confirmed them. */
function confirmedOf(bench: Bench, layer: Layer, record: string): readonly StoredOperation[] {
  const all = [
    ...bench.historyOf(record),
    ...bench.draft.changed().operations,
    ...layer.changed().operations,
  ].filter((one) => one.record === record && one.verdict.verdict === 'confirmed');
  return [...new Map(all.map((one) => [one.id, one])).values()];
}

/** The operation, which says also of what came back with a receipt whether its author had seen it. */
export const withSeen = (bench: Bench, layer: Layer, stored: StoredOperation): Operation =>
  sayingSeen(bench.contentOf(stored) as Operation, bench, () =>
    confirmedOf(bench, layer, stored.record ?? ''),
  );

function sayingSeen(
  operation: Operation,
  { head }: Bench,
  others: () => readonly StoredOperation[],
): Operation {
  const { epoch, seq } = operation.basis;
  if (epoch === head.epoch) return operation;
  const seen = others().filter(({ earlier }) => {
    const before = wasConfirmed(earlier);
    return before !== undefined && before.epoch === epoch && before.seq <= seq;
  });
  if (seen.length === 0) return operation;
  return { ...operation, after: [...new Set([...operation.after, ...seen.map(({ id }) => id)])] };
}

interface Placing {
  readonly bench: Bench;
  readonly layer: Layer;
  readonly entity: AnyEntity;
  /** As it is without the operation. */
  readonly record: RecordState;
  /** Of the operation, in this life. */
  readonly seq: number;
}

/** @returns undefined where its place is the last one, as ever, or where the record is more than its operations say */
export function inFormerOrder(stored: StoredOperation, placing: Placing): RecordState | undefined {
  const { bench, layer, entity, record, seq } = placing;
  const earlier = wasConfirmed(stored.earlier);
  if (!earlier) return undefined;
  const { restoredHead } = bench.head;
  const others = confirmedOf(bench, layer, record.id).filter(({ id }) => id !== stored.id);
  const placeOf = (one: StoredOperation): readonly [number, number] => {
    const before = wasConfirmed(one.earlier);
    if (before?.epoch === earlier.epoch) return [1, before.seq];
    return (one.seq ?? 0) <= restoredHead ? [0, one.seq ?? 0] : [2, one.seq ?? 0];
  };
  const isLater = (one: StoredOperation): boolean => placeOf(one)[0] === 1 && placeOf(one)[1] > earlier.seq;
  if (!others.some(isLater)) return undefined;
  const inOrder = (all: readonly StoredOperation[]): readonly StoredOperation[] =>
    [...all].sort((one, other) => {
      const [mine, theirs] = [placeOf(one), placeOf(other)];
      return mine[0] - theirs[0] || mine[1] - theirs[1];
    });
  const without = replayed(inOrder(others), placing);
  // Merges, what was approved, a shape of long ago: then the operations alone do not make it what it is.
  if (!without || !isSame(without, record, entity)) return undefined;
  const next = replayed(inOrder([...others, { ...stored, seq }]), placing);
  return next && { ...withNumberOf(next, record, entity), seq };
}

function replayed(
  operations: readonly StoredOperation[],
  { bench, entity }: Placing,
): RecordState | undefined {
  const { epoch, restoredHead } = bench.head;
  let state: RecordState | undefined;
  for (const stored of operations) {
    const given = bench.contentOf(stored);
    if (!given || isPairing(given.kind) || given.version > entity.version) return undefined;
    if ((state === undefined) !== (given.kind === 'create')) return undefined;
    const operation = upcastOperation(
      sayingSeen(given, bench, () => operations),
      entity,
    );
    const basis = basisIn(operation, epoch, restoredHead);
    state = play(state, operation, { entity, seq: stored.seq, basis });
  }
  return state;
}

/** The official number is the district's word, and in no operation. */
const withNumberOf = (state: RecordState, { values }: RecordState, { numberField }: AnyEntity): RecordState =>
  numberField === undefined || values[numberField] === undefined
    ? state
    : { ...state, values: { ...state.values, [numberField]: values[numberField] } };

const isSame = (state: RecordState, record: RecordState, entity: AnyEntity): boolean =>
  sameValue({ ...withNumberOf(state, record, entity), seq: 0 }, { ...record, seq: 0 });
