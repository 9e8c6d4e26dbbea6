import { expect, test } from 'vitest';
import { people } from '../testing/town.ts';
import { decide } from './decide.ts';
import { defineEntity } from './entity.ts';
import { rebase } from './rebase.ts';
import { errand, roles } from './testing/errand.ts';
import { change, create, EPOCH, tellStory } from './testing/story.ts';
import { upcastOperation, upcastRecord } from './upcast.ts';

const { zhouMin } = people;
/** Version 2 kept money in yuan as `price`; version 3 has `cost` in fen. */
const later = defineEntity('errand', {
  ...errand,
  version: 3,
  upcasts: [
    { from: 1, values: ({ fee, ...rest }) => (fee === undefined ? rest : { ...rest, price: fee }) },
    {
      from: 2,
      values: ({ price, ...rest }) => (price === undefined ? rest : { ...rest, cost: Number(price) * 100 }),
    },
  ],
});

test('UPCAST-1 older values are read through every step', () => {
  const story = tellStory();
  const created = story.writes(zhouMin, create());
  const old = { ...created, set: { ...created.set, fee: 12 }, was: { fee: 5 } };
  expect(upcastOperation(old, later)).toEqual({
    ...created,
    version: 3,
    set: { ...created.set, cost: 1200 },
    was: { cost: 500 },
  });
  story.judges(old);
  expect(upcastRecord(story.record(), later)).toMatchObject({ version: 3, values: { cost: 1200 } });

  const deciding = { entity: later, roles, actor: zhouMin, epoch: EPOCH, seq: 2 };
  const edit = story.writes(zhouMin, change({ note: '一楼' }));
  const decided = decide(story.record(), edit, deciding);
  expect(decided.ok && decided.value).toMatchObject({ version: 3, values: { cost: 1200, note: '一楼' } });
  expect(
    rebase(story.record(), [{ operation: edit, seq: null }], { entity: later, epoch: EPOCH }),
  ).toMatchObject({
    version: 3,
    values: { cost: 1200, note: '一楼' },
  });
});

test('UPCAST-2 what is present or newer stays as it is', () => {
  const story = tellStory();
  story.asks(zhouMin, create());
  const newer = { ...story.record(), version: 4 };
  const operation = { ...story.writes(zhouMin, change({ note: '一楼' })), version: 3 };
  expect(upcastRecord(newer, later)).toBe(newer);
  expect(upcastOperation(operation, later)).toBe(operation);
});
