import { expect, test } from 'vitest';
import type { RecordState } from '../../../shared/core/record.ts';
import { smallRegistry } from '../testing/small-registry.ts';
import type { Base } from '../store/base.ts';
import { createLocalOperations } from './local-operations.ts';
import { createRecords } from './records.ts';

const HOME = '310104007001/residents';
const SHARE = 'person/person_00000000000000000000000001';
const ID = 'neighbour_00000000000000000000000001';
const writer = { by: 'person_1', at: '2026-11-23T01:00:00.000Z', seq: 1, operation: 'operation_1' };

const state = (via: string, seq: number, name: string, epoch = 'epoch_1'): Base => ({
  id: ID,
  entity: 'neighbour',
  via,
  epoch,
  seq,
  text: JSON.stringify({
    id: ID,
    entity: 'neighbour',
    version: 1,
    area: '310104007001',
    scope: HOME,
    shares: [SHARE],
    seq,
    values: { name, care: 'open' },
    created: writer,
    writers: {},
  }),
});

const fresh = (epoch = 'epoch_1') =>
  createRecords({
    registry: smallRegistry,
    operations: createLocalOperations(),
    epoch: () => ({ epoch, restoredHead: 0 }),
  });
const nameIn = (records: ReturnType<typeof fresh>): unknown => records.shown(ID)?.values.name;

test('a record that is here through two scopes is one record in its newest state, whichever came last', () => {
  const records = fresh();
  expect(records.take([state(HOME, 9, '新')])).toEqual([ID]);
  expect(records.take([state(SHARE, 6, '旧')])).toEqual([]);
  expect([nameIn(records), records.viasOf(ID).length, records.list({ entity: 'neighbour' }).length]).toEqual([
    '新',
    2,
    1,
  ]);
  expect(records.baseVia(ID, SHARE)?.seq).toBe(6);
  expect(records.take([state(SHARE, 12, '更新')])).toEqual([ID]);
  expect(nameIn(records)).toBe('更新');
  expect(records.take([state(HOME, 3, '迟到')])).toEqual([]);
  expect([records.baseOf(ID)?.seq, records.baseVia(ID, HOME)?.seq]).toEqual([12, 9]);
});

test('it is let go when the last scope loses it, and shows what the other one knows until then', () => {
  const records = fresh();
  records.take([state(HOME, 9, '新'), state(SHARE, 6, '旧')]);
  expect(records.counts('neighbour', 'care')).toEqual(new Map([['open', 1]]));
  expect([records.inScope(HOME), records.inScope('310104007002/residents')]).toEqual([[ID], []]);
  expect(records.lose(HOME, [ID])).toEqual([ID]);
  expect(nameIn(records)).toBe('旧');
  expect(records.lose(HOME, [ID])).toEqual([]);
  expect(records.lose(SHARE, [ID])).toEqual([ID]);
  expect([records.shown(ID), records.baseOf(ID), records.size()]).toEqual([undefined, undefined, 0]);
  expect(records.counts('neighbour', 'care')).toEqual(new Map());
  expect(records.list({ entity: 'neighbour' })).toEqual([]);
});

test('S8 sequences of a former life are never newer, through whichever scope they came', () => {
  const records = fresh('epoch_2');
  records.take([state(HOME, 90, '从前', 'epoch_1')]);
  expect(records.take([state(SHARE, 5, '现在', 'epoch_2')])).toEqual([ID]);
  expect(nameIn(records)).toBe('现在');
});

test('of hundreds that somebody wrote to, the last eight, whatever order they come in; what is withdrawn does not count', () => {
  const records = fresh();
  const days = Array.from({ length: 300 }, (_, index) => 1 + ((index * 97) % 300));
  const dayOf = (day: number): string => new Date(Date.UTC(2026, 0, day)).toISOString();
  const made = days.map((day, index): Base => {
    const id = `neighbour_${String(index).padStart(26, '0')}`;
    const { text, ...rest } = state(HOME, index + 1, `第${day}天`);
    const by = { ...writer, at: dayOf(day) };
    const gone = day === 300 && { withdrawn: by };
    const later = day === 5 && { writers: { name: { ...writer, by: 'person_2', at: dayOf(400) } } };
    return { ...rest, id, text: JSON.stringify({ ...JSON.parse(text), id, created: by, ...gone, ...later }) };
  });
  records.take(made);
  const last = (person: string) =>
    records.touched('neighbour', person, 8).map(({ record, at }) => [record.values.name, at]);
  expect(last('person_1')).toEqual(
    [299, 298, 297, 296, 295, 294, 293, 292].map((day) => [`第${day}天`, dayOf(day)]),
  );
  expect(last('person_2')).toEqual([['第5天', dayOf(400)]]);
});

test('a glimpse takes what came in place of its text while that is what is shown, and not after', () => {
  const records = fresh();
  const arrived = (seq: number, name: string) => JSON.parse(state(HOME, seq, name).text) as RecordState;
  records.take([state(HOME, 3, '新')]);
  const came = arrived(3, '新');
  expect(records.glimpse(ID, came)).toBe(came);
  expect(records.glimpse(ID, arrived(2, '旧'))?.values.name).toBe('新');
  records.take([state(HOME, 4, '更新')]);
  expect(records.glimpse(ID, came)?.values.name).toBe('更新');
});
