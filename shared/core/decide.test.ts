import fc from 'fast-check';
import { expect, test } from 'vitest';
import { people } from '../testing/town.ts';
import { decide } from './decide.ts';
import type { AnyEntity } from './entity.ts';
import { checkDigit } from './identity-document.ts';
import { operationSchema, type Operation } from './operation.ts';
import { play } from './play.ts';
import type { RecordState } from './record.ts';
import type { Refusal } from './refusal.ts';
import type { Result } from './result.ts';
import { arbitraryOperation } from './testing/arbitrary-operation.ts';
import { errand, roles } from './testing/errand.ts';
import { advance, change, create, EPOCH, restore, tellStory, withdraw, type Story } from './testing/story.ts';

const { zhouMin, chenGuodong, liXiulan, fanXiaoyan, shenLijuan } = people;
const fan = { id: fanXiaoyan.id, title: '樊晓燕' };
const chen = { id: chenGuodong.id, title: '陈国栋' };
const said = (result: Result<RecordState, Refusal>): unknown => (result.ok ? 'accepted' : result.error);
const begun = (values = {}): Story => {
  const story = tellStory();
  expect(said(story.asks(zhouMin, create(values)))).toBe('accepted');
  return story;
};
const judged = (
  operation: Operation,
  record: RecordState | undefined,
  entity: AnyEntity | undefined = errand,
) => said(decide(record, operation, { entity, roles, actor: zhouMin, epoch: EPOCH, seq: 9 }));

test('FIELD-1 DECIDE-3 creations need a new record, changes a known one, and required fields stay', () => {
  const story = tellStory();
  expect(said(story.asks(zhouMin, change({ title: '修路灯' }, {}), { shown: undefined as never }))).toEqual({
    code: 'unknownRecord',
  });
  expect(said(story.asks(zhouMin, create({ title: ' ', helpers: [] })))).toEqual({
    code: 'schema',
    problems: [
      { code: 'required', field: 'title' },
      { code: 'required', field: 'helpers' },
    ],
  });
  expect(said(story.asks(zhouMin, create()))).toBe('accepted');
  expect(said(story.asks(zhouMin, create()))).toEqual({ code: 'recordExists' });
  expect(said(story.asks(zhouMin, change({ title: '' })))).toEqual({
    code: 'schema',
    problems: [{ code: 'required', field: 'title' }],
  });
});

test('FIELD-5 days in the future, in rows and entries as well', () => {
  const story = begun();
  const late = { number: '13812345678', since: '2026-11-24' };
  const born = '31010420300101001';
  const unborn = { type: '111', number: born + checkDigit(born) };
  expect(
    said(
      story.asks(
        zhouMin,
        change(
          { happenedOn: '2026-11-24', phones: [late], asker: unborn },
          { append: { visits: { on: '2026-11-25', what: '换灯泡' } } },
        ),
      ),
    ),
  ).toEqual({
    code: 'schema',
    problems: [
      { code: 'futureDate', field: 'happenedOn' },
      { code: 'futureDate', field: 'phones.0.since' },
      { code: 'documentDate', field: 'asker.number' },
      { code: 'futureDate', field: 'visits.0.values.on' },
    ],
  });
  // 23:30 on the 23rd in London is the 24th in Shanghai.
  const operation = {
    ...story.writes(zhouMin, change({ happenedOn: '2026-11-24' })),
    at: '2026-11-23T16:30:00.000Z',
  };
  expect(said(story.judges(operation))).toBe('accepted');
});

test('DECIDE-1 rights come first', () => {
  const story = begun();
  expect(said(story.asks(liXiulan, create()))).toEqual({ code: 'access' });
  expect(said(story.asks(liXiulan, change({ title: '' })))).toEqual({ code: 'access' });
  expect(said(story.asks(shenLijuan, advance('accepted')))).toEqual({ code: 'access' });
  expect(said(story.asks(fanXiaoyan, withdraw))).toEqual({ code: 'access' });
});

test('DECIDE-2 unknown entities and newer versions', () => {
  const operation = begun().writes(zhouMin, change({ note: '一楼' }));
  const deciding = { roles, actor: zhouMin, epoch: EPOCH, seq: 9 };
  expect(said(decide(undefined, operation, { ...deciding, entity: undefined }))).toEqual({
    code: 'unknownEntity',
  });
  expect(judged({ ...operation, version: 2 }, undefined)).toEqual({ code: 'newerVersion' });
});

test('DECIDE-4 at home on the declared level', () => {
  const operation = tellStory().writes(zhouMin, create());
  const actor = { id: zhouMin.id, grants: [{ role: 'socialWorker', area: '310104' }] };
  const at = (area: string | undefined) =>
    said(decide(undefined, { ...operation, area }, { entity: errand, roles, actor, epoch: EPOCH, seq: 1 }));
  expect([at('310104007001'), at('310104007'), at(undefined)]).toEqual([
    'accepted',
    { code: 'schema', problems: [{ code: 'malformed', field: 'area' }] },
    { code: 'access' },
  ]);
});

test('DECIDE-5 the district’s own fields', () => {
  const story = begun();
  const plain = story.writes(zhouMin, change({ note: '一楼' }));
  const created = tellStory().writes(zhouMin, create());
  const bad = (field: string) => ({ code: 'schema', problems: [{ code: 'malformed', field }] });
  expect([
    judged({ ...plain, set: { stage: 'done' } }, story.record()),
    judged({ ...plain, set: { number: { temporary: 'x' } } }, story.record()),
    judged({ ...created, set: { ...created.set, number: { temporary: '临', official: '1号' } } }, undefined),
    judged({ ...created, set: { ...created.set, tags: ['urgent'] } }, undefined),
    judged({ ...plain, set: {}, add: { title: ['x'] } }, story.record()),
    story.record().values.number,
  ]).toEqual([
    bad('stage'),
    bad('number'),
    bad('number'),
    bad('tags'),
    bad('title'),
    { temporary: '临-D1-1' },
  ]);
});

test('DECIDE-6 a fixed field is written once', () => {
  const story = begun();
  expect(said(story.asks(zhouMin, change({ kind: 'repair' })))).toBe('accepted');
  expect(said(story.asks(chenGuodong, change({ kind: 'paper' })))).toEqual({
    code: 'schema',
    problems: [{ code: 'fixed', field: 'kind' }],
  });
});

test('DECIDE-7 the size of a set counts after joining and leaving', () => {
  const story = begun({ helpers: [fan, chen] });
  expect(said(story.asks(zhouMin, change({ helpers: [chen] }), { seen: 1 }))).toBe('accepted');
  // 陈国栋 took the other one out at the same time: nobody would be left.
  expect(said(story.asks(chenGuodong, change({ helpers: [fan] }), { seen: 1 }))).toEqual({
    code: 'schema',
    problems: [{ code: 'required', field: 'helpers' }],
  });
});

test('DECIDE-8 logs grow by the author’s own entries alone', () => {
  const story = begun();
  const operation = story.writes(
    zhouMin,
    change({}, { append: { visits: { on: '2026-11-20', what: '换灯泡' } } }),
  );
  const forged = [{ ...(operation.append?.visits?.[0] as object), by: chenGuodong.id }];
  expect([
    judged({ ...operation, append: { visits: forged } }, story.record()),
    judged({ ...operation, append: undefined, set: { visits: [] } }, story.record()),
    judged({ ...operation, append: { note: operation.append?.visits ?? [] } }, story.record()),
    judged({ ...operation, append: { visits: [null] } }, story.record()),
    judged(operation, story.record()),
  ]).toEqual([
    { code: 'schema', problems: [{ code: 'malformed', field: 'visits' }] },
    { code: 'schema', problems: [{ code: 'malformed', field: 'visits' }] },
    expect.objectContaining({ code: 'schema' }),
    expect.objectContaining({ code: 'schema' }),
    'accepted',
  ]);
});

test('DECIDE-9 a withdrawn record is closed to those who saw it, and brought back by the others', () => {
  const story = begun();
  expect(said(story.asks(chenGuodong, withdraw))).toBe('accepted');
  expect(said(story.asks(zhouMin, change({ note: '一楼' })))).toEqual({ code: 'withdrawn' });
  expect(said(story.asks(zhouMin, change({ note: '一楼' }), { seen: 1 }))).toBe('accepted');
  expect(story.record().withdrawn).toBeUndefined();
  expect(said(story.asks(chenGuodong, withdraw))).toBe('accepted');
  expect(said(story.asks(chenGuodong, restore))).toBe('accepted');
  expect([story.record().withdrawn, story.record().conflicts]).toEqual([undefined, undefined]);
});

test('DECIDE-10 a closed record takes notes and settling only', () => {
  const story = begun();
  story.asks(zhouMin, advance('accepted'));
  story.asks(zhouMin, change({ title: '修路灯' }), { seen: 1 });
  story.asks(chenGuodong, change({ title: '修门灯' }), { seen: 2 });
  story.asks(zhouMin, advance('done', { result: '修好了' }));
  const archived = { code: 'rule', rule: 'archived', problems: [{ code: 'archived', field: '' }] };
  const visit = { append: { visits: { on: '2026-11-20', what: '回访' } } };
  expect([
    said(story.asks(zhouMin, change({ note: '一楼' }))),
    said(story.asks(chenGuodong, withdraw)),
    said(story.asks(zhouMin, change({}, visit))),
    said(story.asks(zhouMin, change({ title: '修路灯' }, { settles: ['title'] }))),
  ]).toEqual([archived, archived, 'accepted', 'accepted']);
  expect(story.record().conflicts).toBeUndefined();
});

test('DECIDE-11 reached stages are accepted without effect, other branches are refused', () => {
  const story = begun();
  expect(said(story.asks(zhouMin, advance('accepted')))).toBe('accepted');
  expect(said(story.asks(chenGuodong, advance('accepted'), { seen: 1 }))).toBe('accepted');
  expect(said(story.asks(chenGuodong, advance('rejected'), { seen: 1 }))).toEqual({ code: 'stageMoved' });
  expect(said(story.asks(zhouMin, advance('done', { result: '好', cost: 100 })))).toBe('accepted');
  // The cost is set to nothing with an advance that came late: the guard of a stage that was entered long ago is not asked.
  const late = story.writes(chenGuodong, advance('done', { cost: 0, result: '好' }), { seen: 3 });
  expect(judged({ ...late, author: zhouMin.id }, story.record())).toBe('accepted');
  const forged = { ...late, author: zhouMin.id, from: 'constructor', to: 'done' };
  expect(judged(forged, story.record())).toEqual({
    code: 'schema',
    problems: [{ code: 'unknownChoice', field: 'stage' }],
  });
});

test('DECIDE-12 entering a stage needs its fields and its guard', () => {
  const story = begun({ cost: 0 });
  story.asks(zhouMin, advance('accepted'));
  expect(said(story.asks(zhouMin, advance('done')))).toEqual({
    code: 'schema',
    problems: [{ code: 'required', field: 'result' }],
  });
  expect(said(story.asks(zhouMin, advance('done', { result: '修好了' })))).toEqual({
    code: 'rule',
    rule: 'stage.done',
    problems: [{ code: 'notYet', field: '', details: { what: '费用还没有填' } }],
  });
  expect(said(story.asks(zhouMin, advance('done', { result: '修好了', cost: 100 })))).toBe('accepted');
  expect(story.record().values.stage).toBe('done');
});

test('DECIDE-13 rules see the whole record', () => {
  const story = begun({ happenedOn: '2026-11-20' });
  const broken = {
    code: 'rule',
    rule: 'promiseAfterRequest',
    problems: [{ code: 'dateOrder', field: 'promisedOn' }],
  };
  expect(said(story.asks(zhouMin, change({ promisedOn: '2026-11-19' })))).toEqual(broken);
  const given: unknown[] = [];
  const listening: AnyEntity = {
    ...errand,
    rules: [{ id: 'listens', check: (all) => void given.push(all) }],
  };
  judged(story.writes(zhouMin, change({ promisedOn: '2026-11-21' })), story.record(), listening);
  expect(given).toEqual([
    {
      action: 'change',
      before: story.record().values,
      after: { ...story.record().values, promisedOn: '2026-11-21' },
      today: '2026-11-23',
    },
  ]);
});

test(
  'DECIDE-14 DECIDE-15 any operation gets a verdict, and what is accepted is what playing makes',
  { timeout: 60_000 },
  () => {
    const story = begun({ tags: ['urgent'] });
    story.asks(zhouMin, advance('accepted'));
    story.asks(chenGuodong, change({ title: '修路灯' }), { seen: 1 });
    story.asks(zhouMin, change({ title: '修门灯' }), { seen: 1 });
    const states = [undefined, story.at(1), story.record()];
    let accepted = 0;
    fc.assert(
      fc.property(arbitraryOperation(zhouMin.id), fc.constantFrom(...states), (operation, record) => {
        expect(operationSchema.safeParse(operation).success).toBe(true);
        const deciding = { entity: errand, roles, actor: zhouMin, epoch: EPOCH };
        const atDistrict = decide(record, operation, { ...deciding, seq: 9 });
        const onDesk = decide(record, operation, { ...deciding, seq: null });
        expect(onDesk.ok ? 'accepted' : onDesk.error).toEqual(atDistrict.ok ? 'accepted' : atDistrict.error);
        if (!atDistrict.ok) return;
        accepted += 1;
        const basis = operation.basis.epoch === EPOCH ? operation.basis.seq : 0;
        expect(atDistrict.value).toEqual(play(record, operation, { entity: errand, seq: 9, basis }));
      }),
      { numRuns: 2000, seed: 20261123 },
    );
    expect(accepted).toBeGreaterThan(50);
  },
);
