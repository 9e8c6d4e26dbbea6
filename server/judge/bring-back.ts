/**
 * States that the district has lost, and that nobody's journal has brought back, become what its records are again: once an administrator
 * has approved them (sync.md S8). What the ledger got back meanwhile is not touched by it, and official numbers go on behind it.
 */
import type { AnyEntity } from '../../shared/core/entity.ts';
import type { Operation } from '../../shared/core/operation.ts';
import type { OfficialNumber, OfficialNumberField } from '../../shared/core/field/official-number.ts';
import type { RecordState } from '../../shared/core/record.ts';
import { operationsIn, recovered } from '../../shared/core/recovered.ts';
import { upcastRecord } from '../../shared/core/upcast.ts';
import type { StoredRecovered } from '../ledger/recovered.ts';
import type { Reading, Writing } from '../ledger/transactor.ts';
import { createBench, type Bench, type Judging } from './bench.ts';
import type { Layer } from './draft.ts';
import { counterName, counterOf, numberName, withOfficialNumber } from './official-number.ts';

/** Numbers are looked for so far behind the last one that the district remembers. */
const MOST_BEYOND = 10_000;

export const stateIn = ({ text }: Pick<StoredRecovered, 'text'>): RecordState =>
  JSON.parse(text) as RecordState;

/** Of these states: those of which the ledger lacks an operation, and nobody has approved it. */
export async function lacking(
  reading: Pick<Reading, 'operations' | 'recovered'>,
  states: readonly RecordState[],
): Promise<readonly RecordState[]> {
  if (states.length === 0) return [];
  const named = new Set(states.flatMap((state) => [...operationsIn(state)]));
  const known = new Set((await reading.operations([...named])).map(({ id }) => id));
  for (const one of await reading.recovered([...new Set(states.map(({ id }) => id))]))
    if (one.approvedAt !== null) for (const id of operationsIn(stateIn(one))) known.add(id);
  return states.filter((state) => [...operationsIn(state)].some((id) => !known.has(id)));
}

/** @returns whether there was anything to approve */
export async function bringBack(
  writing: Writing,
  { record, by }: { readonly record: string; readonly by: string },
  judging: Judging,
): Promise<boolean> {
  const head = await writing.lockHead();
  const kept = (await writing.recovered([record])).filter(({ approvedAt }) => approvedAt === null);
  const bench = createBench(writing, head, judging);
  const { draft } = bench;
  let isBack = false;
  for (const one of kept) {
    const entity = judging.registry.entities.get(one.entity);
    const lost = entity ? upcastRecord(stateIn(one), entity) : stateIn(one);
    const [state] = await lacking(writing, [lost]);
    if (!state) continue;
    await bench.load([creationOf(state)]);
    const known = new Set((await writing.operations([...operationsIn(state)])).map(({ id }) => id));
    const present = draft.record(record);
    const seq = draft.takeSeq();
    const { restoredHead } = head;
    const next = recovered(present, state, { entity, seq, restoredHead, isKnown: (id) => known.has(id) });
    draft.setRecord(present ? next : await numbered(writing, bench, draft, { state: next, entity }));
    isBack = true;
  }
  if (!isBack) return false;
  await bench.write();
  await writing.approveRecovered({ record, by, at: judging.now });
  return true;
}

/** What the judge would have to look up for it. */
const creationOf = ({ id, entity, version, area, created, values }: RecordState): Operation => ({
  v: 1,
  id: created.operation,
  kind: 'create',
  entity,
  version,
  record: id,
  author: created.by,
  device: '',
  at: created.at,
  basis: { epoch: '', seq: 0 },
  after: [],
  area,
  set: values,
});

/** With the number that it had; where somebody new has that one by now, with the next. */
async function numbered(
  writing: Writing,
  bench: Bench,
  draft: Layer,
  { state, entity }: { readonly state: RecordState; readonly entity: AnyEntity | undefined },
): Promise<RecordState> {
  const key = entity && counterOf(creationOf(state), entity);
  const had = entity && (state.values[entity.numberField ?? ''] as OfficialNumber | undefined)?.official;
  if (!entity || !key || had === undefined) return state;
  const field = entity.fields[entity.numberField ?? ''] as OfficialNumberField;
  const name = counterName(key);
  const last = draft.counter(name)?.ordinal ?? 0;
  const area = bench.areaName(key.area);
  const before = Array.from({ length: last + MOST_BEYOND }, (_, index) => index + 1).find(
    (ordinal) => field.print({ year: key.year, ordinal, area }) === had,
  );
  const isFree = before !== undefined && (await writing.holderOf({ ...key, ordinal: before })) === undefined;
  // It was given under another name of the area: nobody can get it a second time.
  if (before === undefined) return state;
  const number = { ...key, ordinal: isFree ? before : last + 1 };
  draft.setCounter(name, { ...number, ordinal: Math.max(last, number.ordinal) });
  draft.setNumber(numberName(number), { ...number, record: state.id });
  return isFree ? state : withOfficialNumber(state, entity, number, area);
}
