import fc from 'fast-check';
import { expect, test } from 'vitest';
import { people } from '../testing/town.ts';
import { play } from './play.ts';
import { errand } from './testing/errand.ts';
import {
  advance,
  AT,
  change,
  create,
  EPOCH,
  move,
  numbered,
  share,
  tellStory,
  unshare,
} from './testing/story.ts';

const { zhouMin, fanXiaoyan, chenGuodong } = people;
const fan = { id: fanXiaoyan.id, title: '樊晓燕' };
const chen = { id: chenGuodong.id, title: '陈国栋' };

test('COMMAND-1 only differences travel, a cleared value as null', () => {
  const story = tellStory();
  story.asks(zhouMin, create({ note: '灯不亮', cost: 0, asker: undefined }));
  const operation = story.writes(zhouMin, change({ title: '修楼道灯 ', note: '', cost: 0, result: '' }));
  expect(operation).toEqual({
    v: 1,
    id: numbered('operation', 2),
    kind: 'change',
    entity: 'errand',
    version: 1,
    record: story.record().id,
    author: zhouMin.id,
    device: 'device-1',
    at: AT,
    basis: { epoch: EPOCH, seq: 1 },
    after: [],
    set: { note: null },
  });
});

test('COMMAND-2 sets travel as who joined and who left', () => {
  const story = tellStory();
  story.asks(zhouMin, create({ tags: ['urgent', 'stairs'] }));
  const { add, remove, set } = story.writes(
    zhouMin,
    change({ helpers: [chen], tags: ['urgent', 'elderly'] }),
  );
  expect({ add, remove, set }).toEqual({
    add: { helpers: [chen], tags: ['elderly'] },
    remove: { helpers: [fan], tags: ['stairs'] },
    set: undefined,
  });
});

test('COMMAND-3 an ask field carries what was seen', () => {
  const story = tellStory();
  story.asks(zhouMin, create({ note: '灯不亮' }));
  const { set, was } = story.writes(zhouMin, change({ title: '修路灯', note: '路口', cost: 500 }));
  expect({ set, was }).toEqual({
    set: { title: '修路灯', note: '路口', cost: 500 },
    was: { title: '修楼道灯' },
  });
});

test('COMMAND-4 an entry has its author and time from its operation', () => {
  const story = tellStory();
  story.asks(zhouMin, create());
  const what = { on: '2026-11-20', what: ' 换了灯泡 ', where: '' };
  expect(story.writes(zhouMin, change({}, { append: { visits: what } })).append).toEqual({
    visits: [
      { id: numbered('entry', 2), by: zhouMin.id, at: AT, values: { on: '2026-11-20', what: '换了灯泡' } },
    ],
  });
});

test('COMMAND-5 played on what the form showed, an operation yields what the form held', () => {
  const tags = fc.subarray(['urgent', 'elderly', 'stairs']);
  const form = fc.record({
    title: fc.constantFrom('修楼道灯', '修路灯', '开证明'),
    note: fc.option(fc.constantFrom('一楼', '二楼'), { nil: undefined }),
    cost: fc.option(fc.nat(1000), { nil: undefined }),
    tags,
    helpers: fc.subarray([fan, chen], { minLength: 1 }),
  });
  fc.assert(
    fc.property(form, form, (first, second) => {
      const story = tellStory();
      story.asks(zhouMin, create(first));
      const operation = story.writes(zhouMin, change(second));
      const { values } = play(story.record(), operation, { entity: errand, seq: 2, basis: 1 });
      const sorted = (members: unknown) =>
        [...(members as unknown[])].map((one) => JSON.stringify(one)).sort();
      expect([values.title, values.note, values.cost]).toEqual([second.title, second.note, second.cost]);
      expect(sorted(values.tags ?? [])).toEqual(sorted(second.tags));
      expect(sorted(values.helpers)).toEqual(sorted(second.helpers));
    }),
  );
});

test('COMMAND-6 the district’s fields and logs are not taken from a form', () => {
  const story = tellStory();
  const created = story.writes(
    zhouMin,
    create({ stage: 'done', visits: [], number: { temporary: 'x', official: '1' } }),
  );
  expect(created.set).toEqual({ title: '修楼道灯', number: { temporary: '临-D1-1' } });
  expect(created.add).toEqual({ helpers: [fan] });
  story.judges(created);
  const { set, from, to } = story.writes(zhouMin, advance('accepted', { stage: 'done', note: '已看' }));
  expect({ set, from, to }).toEqual({ set: { note: '已看' }, from: 'registered', to: 'accepted' });
});

test('COMMAND-7 a share carries its target, a move its area, and neither anything of the contents', () => {
  const story = tellStory();
  story.asks(zhouMin, create());
  const carried = [
    share({ person: chenGuodong.id }),
    unshare({ area: '310104008' }),
    move('310104007002'),
  ].map((command) => {
    const { kind, with: target, area, set, add, remove, append } = story.writes(zhouMin, command);
    return { kind, target, area, contents: { ...set, ...add, ...remove, ...append } };
  });
  expect(carried).toEqual([
    { kind: 'share', target: { person: chenGuodong.id }, area: undefined, contents: {} },
    { kind: 'unshare', target: { area: '310104008' }, area: undefined, contents: {} },
    { kind: 'move', target: undefined, area: '310104007002', contents: {} },
  ]);
});
