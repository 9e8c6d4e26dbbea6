import { expect, test } from 'vitest';
import { people } from '../testing/town.ts';
import { rebase } from './rebase.ts';
import type { RecordState } from './record.ts';
import { errand } from './testing/errand.ts';
import { change, create, EPOCH, tellStory, type Story } from './testing/story.ts';

const { zhouMin, chenGuodong } = people;
const rebasing = { entity: errand, epoch: EPOCH };
const begun = (): Story => {
  const story = tellStory();
  story.asks(zhouMin, create());
  return story;
};

test('REBASE-1 the base with what is unconfirmed on top, in order', () => {
  const story = begun();
  const first = story.writes(zhouMin, change({ note: '一楼', result: '等零件' }));
  const second = story.writes(zhouMin, change({ note: '二楼' }), { after: [first.id] });
  const shown = rebase(
    story.record(),
    [
      { operation: first, seq: null },
      { operation: second, seq: null },
    ],
    rebasing,
  );
  expect([shown?.values.note, shown?.values.result, shown?.seq, shown?.writers.note?.seq]).toEqual([
    '二楼',
    '等零件',
    1,
    null,
  ]);
  expect(story.record().values.note).toBeUndefined();
});

test('REBASE-2 what the base contains is not played again', () => {
  const story = begun();
  const mine = story.writes(zhouMin, change({ note: '一楼' }), { seen: 1 });
  story.judges(mine);
  story.asks(chenGuodong, change({ note: '二楼' }));
  expect(rebase(story.record(), [{ operation: mine, seq: 2 }], rebasing)).toEqual(story.record());
  expect(rebase(story.at(1), [{ operation: mine, seq: 2 }], rebasing)).toEqual(story.at(2));
  // The pull was quicker than the verdict: the creation is there already.
  const [creation] = story.confirmed();
  expect(rebase(story.record(), creation ? [{ operation: creation, seq: null }] : [], rebasing)).toEqual(
    story.record(),
  );
});

test('REBASE-3 nothing without a creation', () => {
  const story = begun();
  const creation = story.confirmed()[0];
  const edit = story.writes(zhouMin, change({ note: '一楼' }));
  expect(rebase(undefined, [{ operation: edit, seq: null }], rebasing)).toBeUndefined();
  expect(rebase(undefined, [], rebasing)).toBeUndefined();
  const shown =
    creation &&
    rebase(
      undefined,
      [
        { operation: creation, seq: null },
        { operation: edit, seq: null },
      ],
      rebasing,
    );
  expect([shown?.seq, shown?.created.seq, shown?.values.note]).toEqual([0, null, '一楼']);
});

test('REBASE-5 own operations on one another are no conflict, others’ unseen ones are', () => {
  const story = begun();
  const first = story.writes(zhouMin, change({ title: '修路灯' }), { seen: 1 });
  const second = story.writes(zhouMin, change({ title: '修路边的灯' }), { seen: 1, after: [first.id] });
  const pending = [
    { operation: first, seq: null },
    { operation: second, seq: null },
  ];
  const rivalsOn = (base: RecordState | undefined) =>
    rebase(base, pending, rebasing)?.conflicts?.title?.rivals.map(({ value }) => value);
  expect(rivalsOn(story.record())).toBeUndefined();
  story.asks(chenGuodong, change({ title: '修门灯' }));
  expect(rivalsOn(story.record())).toEqual(['修门灯']);
});
