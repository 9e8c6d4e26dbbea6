import fc from 'fast-check';
import { expect, test } from 'vitest';
import { people } from '../testing/town.ts';
import { basisIn, play, WITHDRAWAL } from './play.ts';
import { arbitraryOperation } from './testing/arbitrary-operation.ts';
import { errand } from './testing/errand.ts';
import { deepFreeze } from './testing/freeze.ts';
import {
  advance,
  AT,
  change,
  create,
  numbered,
  restore,
  tellStory,
  withdraw,
  type Story,
} from './testing/story.ts';

const { zhouMin, chenGuodong, fanXiaoyan } = people;
const fan = { id: fanXiaoyan.id, title: '樊晓燕' };
const begun = (values = {}): Story => {
  const story = tellStory();
  story.asks(zhouMin, create(values));
  return story;
};
const writer = (by: string, seq: number) => ({ by, at: AT, seq, operation: numbered('operation', seq) });

test('PLAY-1 edits of different fields merge', () => {
  const story = begun();
  story.asks(zhouMin, change({ note: '一楼' }), { seen: 1 });
  story.asks(chenGuodong, change({ result: '等零件' }), { seen: 1 });
  const { values, writers, conflicts } = story.record();
  expect({ note: values.note, result: values.result, writers, conflicts }).toEqual({
    note: '一楼',
    result: '等零件',
    writers: { note: writer(zhouMin.id, 2), result: writer(chenGuodong.id, 3) },
    conflicts: undefined,
  });
});

test('PLAY-2 the later sequence wins, whatever the clock says', () => {
  const story = begun();
  const first = story.writes(zhouMin, change({ note: '一楼' }), { seen: 1 });
  const second = story.writes(chenGuodong, change({ note: '二楼' }), { seen: 1 });
  story.judges({ ...first, at: '2036-01-01T00:00:00.000Z' });
  story.judges({ ...second, at: '2016-01-01T00:00:00.000Z', device: 'device-2' });
  expect([story.record().values.note, story.record().conflicts]).toEqual(['二楼', undefined]);
});

test('PLAY-3 two who wrote an ask field unseen keep both values', () => {
  const story = begun();
  story.asks(zhouMin, change({ title: '修路灯' }), { seen: 1 });
  story.asks(chenGuodong, change({ title: '修门灯' }), { seen: 1 });
  expect(story.record()).toMatchObject({
    values: { title: '修门灯' },
    conflicts: { title: { base: '修楼道灯', rivals: [{ value: '修路灯', writer: writer(zhouMin.id, 2) }] } },
  });
  // A third one, who had seen the first of them, does not change what it all began with.
  story.asks(zhouMin, change({ title: '修窗' }), { seen: 2 });
  expect(story.record().conflicts?.title).toMatchObject({
    base: '修楼道灯',
    rivals: [{ value: '修路灯' }, { value: '修门灯' }],
  });
  // The same words from both are no conflict.
  const agreed = begun();
  agreed.asks(zhouMin, change({ title: '修路灯' }), { seen: 1 });
  agreed.asks(chenGuodong, change({ title: '修路灯' }), { seen: 1 });
  expect(agreed.record().conflicts).toBeUndefined();
});

test('PLAY-4 nothing that was written unseen is lost', { timeout: 60_000 }, () => {
  const author = fc.constantFrom(zhouMin, chenGuodong);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(author, fc.string({ minLength: 1, maxLength: 8 })), { minLength: 1, maxLength: 8 }),
      (all) => {
        const story = begun();
        const titles = all.map(([who, words], index) => ({
          who,
          title: `${index}号楼${words.replace(/[^a-z]/g, '')}`,
        }));
        for (const { who, title } of titles) {
          expect(story.asks(who, change({ title }), { seen: 1 }).ok).toBe(true);
        }
        const { values, conflicts } = story.record();
        const kept = [values.title, ...(conflicts?.title?.rivals ?? []).map((rival) => rival.value)];
        expect(kept.sort()).toEqual(titles.map(({ title }) => title).sort());
      },
    ),
  );
});

test('PLAY-5 seen is what the basis contains or after names', () => {
  const story = begun();
  const mine = story.writes(zhouMin, change({ title: '修路灯' }), { seen: 1 });
  story.judges(mine);
  story.asks(zhouMin, change({ title: '修路边的灯' }), { seen: 1, after: [mine.id] });
  expect(story.record().conflicts).toBeUndefined();
  story.asks(chenGuodong, change({ title: '修门灯' }), { seen: 3 });
  expect(story.record().conflicts).toBeUndefined();

  // Two people at one desk, nothing sent yet: what the other one wrote is unseen unless it is named.
  const pending = play(story.record(), story.writes(chenGuodong, change({ title: '修锁' })), {
    entity: errand,
    seq: null,
    basis: 4,
  });
  const beside = story.writes(zhouMin, change({ title: '修桌子' }));
  const rivalsOf = (after: readonly string[]) =>
    play(
      pending,
      { ...beside, after: [...after] },
      { entity: errand, seq: null, basis: 4 },
    ).conflicts?.title?.rivals.map(({ value }) => value);
  expect([rivalsOf([]), rivalsOf([pending.writers.title?.operation ?? ''])]).toEqual([['修锁'], undefined]);

  const operation = {
    ...story.writes(zhouMin, change({ title: '修窗' })),
    basis: { epoch: 'epoch-0', seq: 900 },
  };
  expect([basisIn(operation, 'epoch-1', 2), basisIn(operation, 'epoch-0', 2)]).toEqual([2, 900]);
  const after = play(story.record(), operation, { entity: errand, seq: 5, basis: 2 });
  expect(after.conflicts?.title?.rivals.map(({ value }) => value)).toEqual(['修门灯']);
});

test('PLAY-6 joining and leaving commute for different members', { timeout: 60_000 }, () => {
  const tags = ['urgent', 'elderly', 'stairs'];
  const step = fc.record({ tag: fc.constantFrom(...tags), isJoining: fc.boolean() });
  fc.assert(
    fc.property(fc.subarray(tags), step, step, (first, one, other) => {
      fc.pre(one.tag !== other.tag);
      const story = begun({ tags: first });
      const [left, right] = [one, other].map(({ tag, isJoining }) => ({
        ...story.writes(zhouMin, change({}), { seen: 1 }),
        [isJoining ? 'add' : 'remove']: { tags: [tag] },
      }));
      const inOrder = (operations: readonly (typeof left)[]): unknown =>
        operations.reduce(
          (record, operation) =>
            operation ? play(record, operation, { entity: errand, seq: 2, basis: 1 }) : record,
          story.record(),
        ).values.tags;
      expect([...(inOrder([left, right]) as string[])].sort()).toEqual(
        [...(inOrder([right, left]) as string[])].sort(),
      );
    }),
  );
  const both = begun();
  both.asks(zhouMin, change({ tags: ['urgent'] }), { seen: 1 });
  both.asks(chenGuodong, change({ tags: ['urgent', 'stairs'] }), { seen: 1 });
  expect(both.record().values.tags).toEqual(['urgent', 'stairs']);
  const story = begun();
  story.asks(zhouMin, change({ helpers: [fan, { id: zhouMin.id, title: '周敏' }] }), { seen: 1 });
  story.asks(chenGuodong, change({ helpers: [fan, { id: chenGuodong.id, title: '陈国栋' }] }), { seen: 1 });
  expect((story.record().values.helpers as { title: string }[]).map(({ title }) => title)).toEqual([
    '樊晓燕',
    '周敏',
    '陈国栋',
  ]);
});

test('PLAY-7 entries are only added, each id once', () => {
  const story = begun();
  const visit = (what: string) => change({}, { append: { visits: { on: '2026-11-20', what } } });
  const first = story.writes(zhouMin, visit('换灯泡'), { seen: 1 });
  story.judges(first);
  story.asks(chenGuodong, visit('再看一次'), { seen: 1 });
  const again = play(story.record(), first, { entity: errand, seq: 9, basis: 1 });
  expect((again.values.visits as { values: { what: string } }[]).map(({ values }) => values.what)).toEqual([
    '换灯泡',
    '再看一次',
  ]);
});

test('PLAY-8 a stage that is left moves, one that was reached stays', () => {
  const story = begun();
  const stage = () => story.record().values.stage;
  story.asks(zhouMin, advance('accepted'));
  story.asks(chenGuodong, advance('paused'));
  expect(stage()).toBe('paused');
  // Round the circle: paused lies behind accepted as well as before it.
  story.asks(zhouMin, advance('accepted'));
  expect(stage()).toBe('accepted');
  story.asks(zhouMin, advance('done', { result: '好' }));
  story.asks(chenGuodong, advance('accepted'), { seen: 1 });
  expect(stage()).toBe('done');
});

test('PLAY-9 settling takes away what the settler saw', () => {
  const story = begun();
  story.asks(zhouMin, change({ title: '修路灯' }), { seen: 1 });
  story.asks(chenGuodong, change({ title: '修门灯' }), { seen: 1 });
  const late = story.writes(fanXiaoyan, change({ title: '修窗' }), { seen: 3 });
  story.asks(zhouMin, change({ title: '修路灯和门灯' }));
  const settled = play(
    story.record(),
    { ...late, basis: { epoch: 'epoch-1', seq: 3 }, settles: ['title'] },
    { entity: errand, seq: 5, basis: 3 },
  );
  expect([settled.values.title, settled.conflicts?.title?.rivals.map(({ value }) => value)]).toEqual([
    '修窗',
    ['修路灯和门灯'],
  ]);
  story.asks(zhouMin, change({ title: '修路灯和门灯' }, { settles: ['title'] }));
  expect([story.record().values.title, story.record().conflicts]).toEqual(['修路灯和门灯', undefined]);
});

test('PLAY-10 a withdrawal and an unseen edit leave a record and a conflict, in either order', () => {
  const conflict = (by: string, seq: number) => ({
    base: false,
    rivals: [{ value: true, writer: writer(by, seq) }],
  });
  const editedFirst = begun();
  editedFirst.asks(zhouMin, change({ note: '一楼' }), { seen: 1 });
  editedFirst.asks(chenGuodong, withdraw, { seen: 1 });
  expect([editedFirst.record().withdrawn, editedFirst.record().conflicts]).toEqual([
    undefined,
    { [WITHDRAWAL]: conflict(chenGuodong.id, 3) },
  ]);
  const withdrawnFirst = begun();
  withdrawnFirst.asks(chenGuodong, withdraw, { seen: 1 });
  withdrawnFirst.asks(zhouMin, change({ note: '一楼' }), { seen: 1 });
  expect([withdrawnFirst.record().withdrawn, withdrawnFirst.record().conflicts]).toEqual([
    undefined,
    { [WITHDRAWAL]: conflict(chenGuodong.id, 2) },
  ]);
  // Both ways to settle it.
  editedFirst.asks(chenGuodong, withdraw);
  expect([editedFirst.record().withdrawn?.seq, editedFirst.record().conflicts]).toEqual([4, undefined]);
  withdrawnFirst.asks(chenGuodong, restore);
  expect([withdrawnFirst.record().withdrawn, withdrawnFirst.record().conflicts]).toEqual([
    undefined,
    undefined,
  ]);
});

test('PLAY-11 playing never throws and leaves alone what it was given', { timeout: 60_000 }, () => {
  const story = begun({ tags: ['urgent'] });
  story.asks(zhouMin, change({ title: '修路灯' }), { seen: 1 });
  story.asks(chenGuodong, change({ title: '修门灯' }), { seen: 1 });
  story.asks(chenGuodong, withdraw);
  const states = [undefined, story.at(1), story.at(3), story.record()].map(deepFreeze);
  fc.assert(
    fc.property(
      fc.constantFrom(...states),
      fc.array(arbitraryOperation(zhouMin.id), { minLength: 1, maxLength: 4 }),
      (start, operations) => {
        let record = start;
        for (const operation of operations) {
          record = deepFreeze(play(record, deepFreeze(operation), { entity: errand, seq: null, basis: 2 }));
        }
        expect(Object.getPrototypeOf(record?.values)).toBe(Object.prototype);
        expect(record?.scope).toMatch(/\/casework$/);
      },
    ),
    { numRuns: 1500 },
  );
});

test('PLAY-9 COMMAND-1 who settles for the value in force has chosen it', () => {
  const story = begun();
  story.asks(zhouMin, change({ title: '修路灯' }), { seen: 1 });
  story.asks(chenGuodong, change({ title: '修门灯' }), { seen: 1 });
  const choice = story.writes(zhouMin, change({ title: '修门灯' }, { settles: ['title'] }));
  expect(choice.set).toEqual({ title: '修门灯' });
  story.asks(chenGuodong, change({ title: '修窗' }));
  story.judges(choice);
  const { values, conflicts } = story.record();
  expect([values.title, conflicts?.title?.rivals.map(({ value }) => value)]).toEqual(['修门灯', ['修窗']]);
});
