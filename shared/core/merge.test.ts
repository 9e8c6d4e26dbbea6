/** What is said of two records: merged, undone, found to be different; by people who did not know of each other. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { areas, people } from '../testing/town.ts';
import type { Command } from './command.ts';
import { decideTogether } from './decide-together.ts';
import { survivorsOf } from './pairing.ts';
import type { RecordState } from './record.ts';
import type { Refusal } from './refusal.ts';
import type { Result } from './result.ts';
import { arbitraryOperation } from './testing/arbitrary-operation.ts';
import { errand, roles } from './testing/errand.ts';
import {
  born,
  distinguish,
  edit,
  merge,
  named,
  tellOfSeveral,
  unmerge,
  type SmallDesk,
  type SmallDistrict,
} from './testing/several.ts';
import { COMMITTEE, EPOCH } from './testing/story.ts';
import { playTogether } from './together.ts';

const { zhouMin, chenGuodong, shenLijuan, fanXiaoyan } = people;
const said = (result: Result<readonly RecordState[], Refusal> | undefined): unknown =>
  result?.ok ? 'accepted' : result?.error;
const cost = (record: RecordState) => [
  record.values.cost,
  record.conflicts?.cost?.rivals.map(({ value }) => value),
];
const about = (kind: Command['kind'], count: number): Command =>
  ({ kind, entity: 'errand', record: named(count) }) as Command;

/** Two records, known to both desks. */
function begun(first = {}, second = {}) {
  const district = tellOfSeveral();
  const [zhou, chen] = [district.desk(zhouMin), district.desk(chenGuodong)];
  for (const [count, values] of [first, second].entries())
    expect(said(zhou.asks(born(count + 1, values)))).toBe('accepted');
  chen.pull();
  return { district, zhou, chen };
}

/** A third one in another committee, by somebody who works in both. */
function begunElsewhere(district: SmallDistrict): SmallDesk {
  const secretary = district.desk({ ...shenLijuan, grants: [{ role: 'mediator', area: '310104' }] });
  secretary.pull();
  expect(said(secretary.asks(born(3, {}, areas.rihui.code)))).toBe('accepted');
  return secretary;
}

test('MERGE-1 a merged record leads to its survivor along any chain, and keeps what it had', () => {
  const { district, zhou } = begun({ note: '一楼' }, { note: '二楼' });
  zhou.asks(born(3));
  const before = district.record(1);
  expect(said(zhou.asks(merge(1, 2)))).toBe('accepted');
  expect(said(zhou.asks(merge(2, 3)))).toBe('accepted');
  const find = (id: string) => district.records().get(id);
  expect(survivorsOf(district.record(1), find).map(({ id }) => id)).toEqual([named(2), named(3)]);
  expect([district.record(1).values, district.record(1).merged?.into]).toEqual([before.values, named(2)]);
  // Also for somebody who reads the survivor alone.
  expect([district.record(2).absorbed, district.record(3).absorbed]).toEqual([
    [named(1)],
    [named(1), named(2)],
  ]);
});

test('MERGE-2 A→B and B→A, in either order, leave one survivor and no circle', () => {
  const { district, zhou, chen } = begun();
  zhou.writes(merge(1, 2));
  chen.writes(merge(2, 1));
  expect([said(zhou.sends()), said(chen.sends())]).toEqual(['accepted', 'accepted']);
  expect([district.record(1).merged?.into, district.record(2).merged]).toEqual([named(2), undefined]);
  expect([district.record(1).absorbed, district.record(2).absorbed]).toEqual([undefined, [named(1)]]);
});

test('MERGE-2 a circle of three is not closed, and what is merged goes into no third one', () => {
  const { district, zhou, chen } = begun();
  zhou.asks(born(3));
  chen.pull();
  chen.writes(merge(3, 1));
  chen.writes(merge(1, 3));
  zhou.asks(merge(1, 2));
  zhou.asks(merge(2, 3));
  expect([said(chen.sends()), said(chen.sends())]).toEqual(['accepted', 'accepted']);
  expect([1, 2, 3].map((count) => district.record(count).merged?.into)).toEqual([
    named(2),
    named(3),
    undefined,
  ]);
  zhou.asks(born(4));
  expect(said(zhou.asks(merge(1, 4)))).toEqual({ code: 'merged' });
  expect(said(zhou.asks(merge(1, 3)))).toBe('accepted');
  expect(district.record(1).merged?.into).toBe(named(2));
});

test('MERGE-3 an edit by somebody who did not see the merge lands on every record that stands for it', () => {
  const { district, zhou, chen } = begun();
  zhou.asks(born(3));
  chen.pull();
  chen.writes(
    edit(1, { note: '已联系', cost: 300, tags: ['urgent'] }, { visits: { on: '2026-11-20', what: '回访' } }),
  );
  zhou.asks(merge(1, 2));
  zhou.asks(merge(2, 3));
  expect(said(chen.sends())).toBe('accepted');
  for (const count of [1, 2, 3]) {
    const { note, cost: price, tags, visits } = district.record(count).values;
    expect([note, price, tags, (visits as { values: object }[]).map(({ values }) => values)]).toEqual([
      '已联系',
      300,
      ['urgent'],
      [{ on: '2026-11-20', what: '回访' }],
    ]);
    expect(district.record(count).conflicts).toBeUndefined();
    expect(district.record(count).writers.note?.by).toBe(chenGuodong.id);
  }
});

test('MERGE-3 what the survivor says otherwise is kept beside it, what it says alike is replaced', () => {
  const { district, zhou, chen } = begun({ cost: 100 }, { cost: 200 });
  chen.writes(edit(1, { cost: 300 }));
  zhou.asks(merge(1, 2));
  chen.sends();
  expect([cost(district.record(1)), cost(district.record(2))]).toEqual([
    [300, undefined],
    [300, [200]],
  ]);
  expect(district.record(2).conflicts?.cost?.base).toBe(100);

  const alike = begun({ cost: 100 }, { cost: 100 });
  alike.chen.writes(edit(1, { cost: 300 }));
  alike.chen.writes(edit(1, { cost: 400 }));
  alike.zhou.asks(merge(1, 2));
  alike.chen.sends();
  alike.chen.sends();
  expect(cost(alike.district.record(2))).toEqual([400, undefined]);
});

test('MERGE-3 withdrawing, sharing and handing over are about the record alone', () => {
  const { district, zhou, chen } = begun();
  chen.writes({ kind: 'share', entity: 'errand', record: named(1), with: { area: areas.rihui.code } });
  chen.writes(about('withdraw', 1));
  zhou.asks(merge(1, 2));
  expect([said(chen.sends()), said(chen.sends())]).toEqual(['accepted', 'accepted']);
  expect([district.record(1).withdrawn?.by, district.record(1).shares]).toEqual([
    chenGuodong.id,
    [`${areas.rihui.code}/casework`],
  ]);
  expect([district.record(2).withdrawn, district.record(2).shares]).toEqual([undefined, undefined]);
});

test('MERGE-4 what was written before the merge, unseen by the merger, comes along', () => {
  const { district, zhou, chen } = begun(
    { cost: 100, note: '一楼', tags: ['urgent', 'stairs'] },
    { cost: 100, note: '二楼', tags: ['urgent', 'stairs'] },
  );
  zhou.writes(merge(1, 2));
  chen.asks(
    edit(
      1,
      { cost: 300, note: '三楼', result: '修好了', tags: ['urgent', 'elderly'] },
      { visits: { on: '2026-11-20', what: '回访' } },
    ),
  );
  expect(said(zhou.sends())).toBe('accepted');
  const { values, conflicts, writers } = district.record(2);
  expect([values.cost, values.note, values.result, values.tags, (values.visits as unknown[]).length]).toEqual(
    [300, '三楼', '修好了', ['urgent', 'elderly'], 1],
  );
  expect([conflicts, writers.cost?.by]).toEqual([undefined, chenGuodong.id]);
});

test('MERGE-4 where the merger chose another value both are kept, whichever came first', () => {
  const { district, zhou, chen } = begun({ cost: 100 }, { cost: 200 });
  zhou.writes(merge(1, 2));
  chen.asks(edit(1, { cost: 300 }));
  zhou.sends();
  expect([cost(district.record(1)), cost(district.record(2))]).toEqual([
    [300, undefined],
    [200, [300]],
  ]);
});

test('MERGE-4 what the merger saw stays where it was', () => {
  const { district, zhou } = begun({ result: '修好了', note: '一楼' }, { note: '二楼' });
  zhou.asks(edit(1, { note: '三楼' }));
  zhou.asks(merge(1, 2));
  expect([district.record(2).values.note, district.record(2).values.result]).toEqual(['二楼', undefined]);
});

test('MERGE-5 who saw the merge edits the survivor alone; taking back is always possible', () => {
  const { district, zhou, chen } = begun();
  chen.asks({ kind: 'share', entity: 'errand', record: named(1), with: { area: areas.rihui.code } });
  zhou.pull();
  zhou.asks(merge(1, 2));
  chen.pull();
  for (const command of [edit(1, { note: '一楼' }), about('withdraw', 1), distinguish(1, 2)])
    expect(said(chen.asks(command))).toEqual({ code: 'merged' });
  const back = { kind: 'unshare', entity: 'errand', record: named(1), with: { area: areas.rihui.code } };
  expect(said(chen.asks(back as Command))).toBe('accepted');
  expect(district.record(1).shares).toBeUndefined();
});

test('MERGE-6 undoing brings back everything, with what landed meanwhile; the survivor keeps that too', () => {
  const { district, zhou, chen } = begun({ note: '一楼', cost: 100 }, { note: '二楼' });
  const before = district.record(1);
  chen.writes(edit(1, { cost: 300 }));
  zhou.asks(merge(1, 2));
  chen.sends();
  zhou.pull();
  expect(said(zhou.asks(unmerge(1, 2)))).toBe('accepted');
  const { merged, values, seq } = district.record(1);
  expect([merged, values, seq > before.seq]).toEqual([undefined, { ...before.values, cost: 300 }, true]);
  expect([district.record(2).absorbed, district.record(2).values.cost]).toEqual([undefined, 300]);
  // Edited like any other from then on, and no longer for the other one.
  zhou.asks(edit(1, { note: '三楼' }));
  expect([district.record(1).values.note, district.record(2).values.note]).toEqual(['三楼', '二楼']);
});

test('MERGE-6 undoing the end of a chain leaves its beginning, and a merge done anew is not undone by the old wish', () => {
  const { district, zhou, chen } = begun();
  zhou.asks(born(3));
  zhou.asks(merge(1, 2));
  zhou.asks(merge(2, 3));
  chen.pull();
  chen.writes(unmerge(1, 2));
  zhou.asks(unmerge(2, 3));
  expect([district.record(3).absorbed, district.record(2).absorbed]).toEqual([undefined, [named(1)]]);
  zhou.asks(unmerge(1, 2));
  zhou.asks(merge(1, 3));
  expect(said(chen.sends())).toBe('accepted');
  expect([district.record(1).merged?.into, district.record(3).absorbed]).toEqual([named(3), [named(1)]]);
});

test('MERGE-7 only by somebody who may change both, of one declared kind, neither itself nor withdrawn nor closed', () => {
  const { district, zhou } = begun();
  begunElsewhere(district);
  const desk = (area: string, role = 'mediator') => {
    const made = district.desk({ ...shenLijuan, grants: [{ role, area }] });
    made.pull();
    return made;
  };
  const access = { code: 'access' };
  const malformed = { code: 'schema', problems: [{ code: 'malformed', field: 'other' }] };
  expect(said(desk(areas.rihui.code).asks(merge(1, 3)))).toEqual(access);
  expect(said(desk(COMMITTEE).asks(merge(1, 3)))).toEqual(access);
  expect(said(desk(COMMITTEE, 'careWorker').asks(merge(1, 2)))).toEqual(access);
  expect(said(zhou.asks(merge(1, 1)))).toEqual(malformed);
  expect(said(zhou.asks({ ...merge(1, 2), other: zhouMin.id } as Command))).toEqual(malformed);
  expect(said(zhou.asks(merge(1, 9)))).toEqual({ code: 'unknownRecord' });
  const withdrawing = desk(COMMITTEE);
  withdrawing.asks(about('withdraw', 2));
  zhou.pull();
  expect(said(zhou.asks(merge(1, 2)))).toEqual({ code: 'withdrawn' });
  expect(said(zhou.asks(merge(2, 1)))).toEqual({ code: 'withdrawn' });
  zhou.asks({ kind: 'advance', entity: 'errand', record: named(1), to: 'accepted' });
  zhou.asks({ kind: 'advance', entity: 'errand', record: named(1), to: 'done', values: { result: '好' } });
  zhou.asks(born(4));
  expect(said(zhou.asks(merge(1, 4)))).toEqual({
    code: 'rule',
    rule: 'archived',
    problems: [{ code: 'archived', field: '' }],
  });
  const { duplicates: _, ...single } = errand;
  const other = tellOfSeveral(single).desk(zhouMin);
  other.asks(born(1));
  other.asks(born(2));
  expect(said(other.asks(merge(1, 2)))).toEqual(malformed);
});

test('MERGE-8 what is refused for the survivor takes effect on none', () => {
  const { district, zhou, chen } = begun({}, { happenedOn: '2026-11-20', kind: 'repair' });
  chen.writes(edit(1, { promisedOn: '2026-11-10' }));
  chen.writes(edit(1, { kind: 'paper' }));
  zhou.asks(merge(1, 2));
  expect(said(chen.sends())).toEqual({
    code: 'rule',
    rule: 'promiseAfterRequest',
    problems: [{ code: 'dateOrder', field: 'promisedOn' }],
  });
  expect(said(chen.sends())).toEqual({ code: 'schema', problems: [{ code: 'fixed', field: 'kind' }] });
  expect(district.record(1).values.promisedOn).toBeUndefined();
  // The other way round: what comes along at the merge must fit as well.
  const late = begun({}, { happenedOn: '2026-11-20' });
  late.zhou.writes(merge(1, 2));
  late.chen.asks(edit(1, { promisedOn: '2026-11-10' }));
  expect(said(late.zhou.sends())).toMatchObject({ code: 'rule', rule: 'promiseAfterRequest' });
  expect(late.district.record(1).merged).toBeUndefined();
});

test('MERGE-8 an author without rights over the survivor does not write into it', () => {
  const { district } = begun();
  const secretary = begunElsewhere(district);
  const fan = district.desk({ ...fanXiaoyan, grants: [{ role: 'mediator', area: COMMITTEE }] });
  fan.pull();
  fan.writes(edit(1, { note: '一楼' }));
  expect(said(secretary.asks(merge(1, 3)))).toBe('accepted');
  expect(said(fan.sends())).toEqual({ code: 'access' });
  expect([district.record(1).values.note, district.record(3).values.note]).toEqual([undefined, undefined]);
});

test('MERGE-9 found to be different is kept on the record until a merge says otherwise', () => {
  const { district, zhou } = begun();
  zhou.asks(born(3));
  expect(said(zhou.asks(distinguish(1, 2)))).toBe('accepted');
  expect(said(zhou.asks(distinguish(1, 3)))).toBe('accepted');
  expect(district.record(1).distinct).toEqual([named(2), named(3)]);
  zhou.asks(merge(1, 2));
  expect([district.record(1).distinct, district.record(1).merged?.into]).toEqual([[named(3)], named(2)]);
});

test(
  'DECIDE-14 DECIDE-15 PLAY-11 any operation about linked records gets a verdict, and what is accepted is what playing makes',
  { timeout: 60_000 },
  () => {
    const { district, zhou } = begun({ tags: ['urgent'] }, { cost: 100 });
    const apart = district.records();
    zhou.asks(merge(1, 2));
    const together = district.records();
    const seen = { accepted: 0, several: 0 };
    fc.assert(
      fc.property(
        arbitraryOperation(zhouMin.id),
        fc.constantFrom(apart, together, new Map([...together].slice(0, 1))),
        (operation, records) => {
          const before = JSON.stringify([...records]);
          const find = (id: string): RecordState | undefined => records.get(id);
          const deciding = { entity: errand, roles, actor: zhouMin, epoch: EPOCH };
          const atDistrict = decideTogether(find, operation, { ...deciding, seq: 9 });
          const onDesk = decideTogether(find, operation, { ...deciding, seq: null });
          expect(said(onDesk)).toEqual(said(atDistrict));
          if (!atDistrict.ok) return;
          seen.accepted += 1;
          if (atDistrict.value.length > 1) seen.several += 1;
          const basis = operation.basis.epoch === EPOCH ? operation.basis.seq : 0;
          expect(atDistrict.value).toEqual(playTogether(find, operation, { entity: errand, seq: 9, basis }));
          expect(atDistrict.value.map(({ seq }) => seq)).toEqual(
            atDistrict.value.map((_, place) => 9 + place),
          );
          expect(JSON.stringify([...records])).toBe(before);
        },
      ),
      { numRuns: 3000, seed: 20261126 },
    );
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(20);
  },
);
