import { expect, test } from 'vitest';
import { parseAddress } from '../../../shared/core/address.ts';
import type { Values } from '../../../shared/core/field/base.ts';
import type { Operation } from '../../../shared/core/operation.ts';
import type { RecordState, Writer } from '../../../shared/core/record.ts';
import { resident } from '../../../shared/modules/residents/resident.ts';
import { people } from '../../../shared/testing/town.ts';
import type { HistoryItem } from '../../core/desk.ts';
import { compare, mergeCommands, undoCommands, valuesBefore } from './lines.ts';
import { takenBack } from './taken-back.ts';

const ONE = 'resident_00000000000000000000000001';
const OTHER = 'resident_00000000000000000000000002';
const writer = (seq: number | null): Writer => ({
  by: people.zhouMin.id,
  at: '2026-11-23T01:00:00.000Z',
  seq,
  operation: `operation_${seq}`,
});
const record = (id: string, seq: number, values: Values, more: Partial<RecordState> = {}): RecordState => ({
  id,
  entity: 'resident',
  version: 1,
  area: '310104007001',
  scope: '310104007001/residents',
  seq,
  values,
  created: writer(seq),
  writers: {},
  ...more,
});
const card = { type: '111', number: '11010519491231002X' };
const passport = { type: '414', number: 'E12345678' };

const picksOf = (one: RecordState, other: RecordState) => {
  const { differing, same } = compare(resident, one, other);
  const picks = Object.fromEntries(
    differing.map(({ name, choices, initial }) => [name, choices[initial]?.value]),
  );
  return { picks, same };
};

test('of two values the likeliest is picked: something, an identity card, what is newer, and rows put together', () => {
  const one = record(ONE, 3, {
    name: '王伟',
    document: passport,
    nation: '01',
    phones: [{ number: '13812345678', owner: '本人' }],
    remarks: '旧的',
    grid: '一格',
  });
  const other = record(
    OTHER,
    5,
    {
      name: '王伟',
      document: card,
      phones: [{ number: '13900000000' }, { number: '13812345678' }],
      remarks: '新的',
      address: parseAddress('大木桥路600弄55号302室'),
    },
    { writers: { remarks: writer(9) } },
  );
  expect(picksOf(one, other)).toEqual({
    picks: {
      document: card,
      nation: '01',
      phones: [{ number: '13812345678', owner: '本人' }, { number: '13900000000' }],
      grid: '一格',
      address: parseAddress('大木桥路600弄55号302室'),
      remarks: '新的',
    },
    same: ['name'],
  });
  // An unsent one is the newest of all.
  const unsent = { ...one, writers: { remarks: writer(null) } };
  expect(picksOf(unsent, other).picks.remarks).toBe('旧的');
});

test('values that were written unseen stand beside the one in force', () => {
  const rivals = [{ value: '王炜', writer: writer(4) }];
  const one = record(ONE, 3, { name: '王卫' }, { conflicts: { name: { base: '王', rivals } } });
  const [line] = compare(resident, one, record(OTHER, 5, { name: '王伟' })).differing;
  expect(line?.choices.map(({ value, of, isRival }) => [value, of, isRival])).toEqual([
    ['王卫', ONE, false],
    ['王炜', ONE, true],
    ['王伟', OTHER, false],
  ]);
});

test('what was picked changes the one that stays, together with the merge; what it implies follows', () => {
  const kept = record(ONE, 3, { name: '王伟', birthday: '1950-01-01', remarks: '旧的' });
  const gone = record(OTHER, 5, { name: '王伟', document: card, remarks: '新的' });
  const lines = compare(resident, kept, gone).differing;
  const place = lines.find(({ name }) => name === 'remarks')?.choices.findIndex(({ of }) => of === ONE) ?? -1;
  const commands = mergeCommands({ entity: resident, kept, gone, lines, picked: { remarks: place } });
  expect(commands).toEqual([
    {
      kind: 'change',
      entity: 'resident',
      record: ONE,
      values: { document: card, birthday: '1949-12-31', sex: '2' },
    },
    { kind: 'merge', entity: 'resident', record: OTHER, other: ONE },
  ]);
  expect(undoCommands('resident', ONE, OTHER, valuesBefore(commands, kept))).toEqual([
    {
      kind: 'change',
      entity: 'resident',
      record: ONE,
      values: { document: null, birthday: '1950-01-01', sex: null },
    },
    { kind: 'unmerge', entity: 'resident', record: OTHER, other: ONE },
  ]);
});

test('a merge of what says the same is one command; an unsettled field is settled by what was picked', () => {
  const rivals = [{ value: '王炜', writer: writer(4) }];
  const kept = record(ONE, 3, { name: '王伟' }, { conflicts: { name: { base: '王', rivals } } });
  const gone = record(OTHER, 5, { name: '王伟' });
  const merge = { kind: 'merge', entity: 'resident', record: OTHER, other: ONE };
  const lines = compare(resident, kept, gone).differing;
  expect(mergeCommands({ entity: resident, kept, gone, lines, picked: { name: 1 } })).toEqual([
    { kind: 'change', entity: 'resident', record: ONE, values: { name: '王炜' }, settles: ['name'] },
    merge,
  ]);
  const { conflicts: _, ...settled } = kept;
  expect(mergeCommands({ entity: resident, kept: settled, gone, lines: [], picked: {} })).toEqual([merge]);
});

test('undone later: what still stands as it was picked goes back to what the history says', () => {
  const item = (seq: number, rest: Partial<Operation>): HistoryItem => ({
    standing: 'confirmed',
    seq,
    operation: {
      v: 1,
      id: `operation_${seq}`,
      kind: 'change',
      entity: 'resident',
      version: 1,
      record: ONE,
      author: people.zhouMin.id,
      device: 'device-1',
      at: '2026-11-23T01:00:00.000Z',
      basis: { epoch: 'epoch-1', seq: 0 },
      after: [],
      ...rest,
    },
  });
  const group = { id: 'group_1', size: 2 };
  const history = [
    item(1, { kind: 'create', set: { name: '王伟', grid: '一格', occupation: '教师' } }),
    item(2, { kind: 'create', record: OTHER, set: { name: '王炜', grid: '二格' } }),
    item(3, {
      set: { name: '王炜', grid: '二格', occupation: '医生', employer: '某校' },
      was: { name: '王伟' },
      group,
    }),
    item(4, { kind: 'merge', record: OTHER, other: ONE, group }),
    item(6, { set: { occupation: '校长' } }),
  ];
  const gone = record(OTHER, 4, {}, { merged: { ...writer(4), into: ONE } });
  const kept = record(ONE, 6, { name: '王炜', grid: '二格', occupation: '校长', employer: '某校' });
  expect(takenBack(history, kept, gone)).toEqual({ name: '王伟', grid: '一格', employer: null });
  expect(takenBack(history.slice(0, 2), kept, gone)).toEqual({});
});
