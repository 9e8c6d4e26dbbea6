/** What a desk brings of a former life: of whom it is taken, and what becomes of it. */
import { beforeEach, expect, it } from 'vitest';
import type { RecordState } from '../../shared/core/record.ts';
import type { AdministrationOutput } from '../../shared/protocol/administer.ts';
import { newLife } from '../ledger/new-life.ts';
import { createCast, type Cast } from '../testing/cast.ts';
import { valueOf, type Desk } from '../testing/desk.ts';
import { createMemoryLedger, type MemoryLedger } from '../testing/memory-ledger.ts';
import { JIANGNAN, RIHUI, village, villagers } from '../testing/village.ts';

const { zhouMin, chenGuodong, liXiulan, guAdmin } = villagers;
let ledger: MemoryLedger;
let cast: Cast;
let zhou: Desk;
let chen: Desk;
let gu: Desk;
beforeEach(async () => {
  ledger = createMemoryLedger(
    { district: 'district-xuhui', name: '徐汇区', epoch: 'epoch-1' },
    village.roles,
  );
  cast = await createCast(ledger);
  [zhou, chen, gu] = [await cast.desk(zhouMin), await cast.desk(chenGuodong), await cast.desk(guAdmin)];
});

async function restore(to: unknown): Promise<void> {
  await ledger.restore(to);
  await ledger.transact(async (writing) => writing.saveHead(newLife(await writing.lockHead(), 'epoch-2')));
}
const bring = async (desk: Desk, ...states: readonly RecordState[]) =>
  cast.district.recovered(await desk.asking(), {
    epoch: (await cast.district.head()).epoch,
    states: states.map((state) => ({ epoch: 'epoch-1', state })),
  });
const lackingOf = async (desk: Desk, ...states: readonly RecordState[]) =>
  valueOf(await bring(desk, ...states)).lacking;
const administer = async (desk: Desk, name: 'recovered.list' | 'recovered.approve', input: object = {}) => {
  const carried = valueOf(await cast.district.administer(await desk.asking(), { name, input }));
  return carried.ok ? carried.value : carried.error;
};
const listed = async (desk: Desk) =>
  ((await administer(desk, 'recovered.list')) as AdministrationOutput<'recovered.list'>).recovered;
const official = async (record: string) =>
  ((await cast.record(record))?.values['number'] as { official?: string } | undefined)?.official;

/** A matter that the district had, and has lost. */
async function lostMatter(title = '楼道堆物'): Promise<RecordState> {
  const backup = await ledger.snapshot();
  const matter = zhou.pen.create(title);
  await zhou.push(matter);
  const state = (await cast.record(matter.record)) as RecordState;
  await restore(backup);
  return state;
}

it('S8-6 an administrator sees kind, author, place and who had it, and none of the contents; only within reach', async () => {
  const state = await lostMatter();
  expect(await lackingOf(chen, state)).toEqual([state.id]);
  const found = await listed(gu);
  expect(found).toEqual([
    {
      record: state.id,
      entity: 'matter',
      area: JIANGNAN,
      author: { id: zhouMin.id, name: zhouMin.name },
      at: state.created.at,
      broughtBy: { id: chenGuodong.id, name: chenGuodong.name },
      device: chen.device,
      isWhole: true,
    },
  ]);
  expect(JSON.stringify(found)).not.toContain('楼道堆物');
  await cast.district.changePerson(liXiulan.id, { grants: [{ role: 'administrator', area: RIHUI }] });
  const elsewhere = await cast.desk(liXiulan);
  expect(await listed(elsewhere)).toEqual([]);
  expect(await administer(elsewhere, 'recovered.approve', { record: state.id })).toBe('outside-area');
  expect(await cast.record(state.id)).toBeUndefined();
});

it('S8-7 approved, it is a record of its author under its number, and the next one is counted on from it', async () => {
  const state = await lostMatter();
  await lackingOf(chen, state);
  expect(await administer(gu, 'recovered.approve', { record: state.id })).toEqual({ done: true });
  const { seq } = await cast.district.head();
  expect(await cast.record(state.id)).toEqual({
    ...state,
    seq,
    created: { ...state.created, seq },
  });
  const next = chen.pen.create('夜间噪声', { author: chenGuodong.id });
  await chen.push(next);
  expect([await official(state.id), await official(next.record)]).toEqual([
    '（2026）310104007001第1号',
    '（2026）310104007001第2号',
  ]);
  // Once: approved again, or brought again, it is nothing any more.
  expect(await administer(gu, 'recovered.approve', { record: state.id })).toBe('malformed');
  expect([await lackingOf(chen, state), await listed(gu)]).toEqual([[], []]);
});

it('S8-7 S8-2 where somebody new has its number, it gets the next', async () => {
  const state = await lostMatter();
  const fresh = chen.pen.create('夜间噪声', { author: chenGuodong.id });
  await chen.push(fresh);
  await lackingOf(chen, state);
  await administer(gu, 'recovered.approve', { record: state.id });
  expect([await official(fresh.record), await official(state.id)]).toEqual([
    '（2026）310104007001第1号',
    '（2026）310104007001第2号',
  ]);
});

it('S8-9 is taken from whoever could read it, at home where its kind and area are, and in the present epoch alone', async () => {
  const state = await lostMatter();
  const li = await cast.desk(liXiulan);
  expect(await lackingOf(li, state)).toEqual([]);
  const forged = [
    { ...state, scope: `${RIHUI}/casework` },
    { ...state, scope: `person/${liXiulan.id}` },
    { ...state, entity: 'secret' },
    { ...state, id: 'matter_1' },
    { ...state, seq: 0 },
  ];
  for (const one of forged) expect(await lackingOf(li, one)).toEqual([]);
  expect(await listed(gu)).toEqual([]);
  const answer = await cast.district.recovered(await chen.asking(), { epoch: 'epoch-1', states: [] });
  expect(answer).toEqual({ ok: false, error: { error: 'wrong-epoch' } });
});
