import { describe, expect, test } from 'vitest';
import { operationOf } from '../../../shared/core/command.ts';
import { defineEntity } from '../../../shared/core/entity.ts';
import { text } from '../../../shared/core/field/text.ts';
import { play, WITHDRAWAL } from '../../../shared/core/play.ts';
import type { RecordState, Writer } from '../../../shared/core/record.ts';
import { settleWith, settleWithdrawal } from './settle.ts';

const matter = defineEntity('matter', {
  label: { zh: '事项', en: 'Matter' },
  scope: { class: 'casework' },
  fields: { subject: text({ zh: '简要情况', en: 'Subject' }, { merge: 'ask', max: 200 }) },
  title: ({ subject }) => subject ?? '',
  sections: [{ label: { zh: '情况', en: 'Facts' }, fields: ['subject'] }],
  list: { columns: ['subject'] },
  access: { create: ['mediator'], change: ['mediator'] },
  sample: () => ({ values: { subject: '楼上漏水' } }),
});
const writer = (by: string, seq: number): Writer => ({
  by,
  at: `2026-11-23T0${seq}:00:00.000Z`,
  seq,
  operation: `operation_${String(seq).padStart(26, '0')}`,
});
const zhouMin = writer('person_00000000000000000000000001', 1);
const chenGuodong = writer('person_00000000000000000000000002', 2);
const record: RecordState = {
  id: 'matter_00000000000000000000000001',
  entity: 'matter',
  version: 1,
  area: '310104007001',
  scope: '310104007001/casework',
  seq: 2,
  values: { subject: '楼上漏水，已修' },
  created: zhouMin,
  writers: { subject: chenGuodong },
  conflicts: { subject: { base: '楼上漏水', rivals: [{ value: '楼上漏水，约周五上门', writer: zhouMin }] } },
};

const settled = (command: ReturnType<typeof settleWith>, before = record): RecordState => {
  const operation = operationOf(command, matter, {
    id: 'operation_00000000000000000000000009',
    author: zhouMin.by,
    device: 'device_00000000000000000000000001',
    at: '2026-11-23T09:00:00.000Z',
    after: [],
    seen: before,
    basis: { epoch: 'e1', seq: before.seq },
    newEntryId: () => 'entry_00000000000000000000000001',
  });
  return play(before, operation, { entity: matter, seq: 3, basis: 2 });
};

describe('a choice in 待处理', () => {
  test.each(['楼上漏水，约周五上门', '楼上漏水，已修', '楼上漏水，已修；约周五上门复查'])(
    '%s ends the conflict',
    (value) => {
      const after = settled(settleWith(record, 'subject', value));
      expect({ values: after.values, conflicts: after.conflicts, by: after.writers['subject']?.by }).toEqual({
        values: { subject: value },
        conflicts: undefined,
        by: zhouMin.by,
      });
    },
  );

  test('an empty version can be chosen too', () => {
    expect(settled(settleWith(record, 'subject', null)).values).toEqual({});
  });

  test('a withdrawal that met an edit is carried out or undone', () => {
    const torn: RecordState = {
      ...record,
      conflicts: { [WITHDRAWAL]: { base: false, rivals: [{ value: true, writer: zhouMin }] } },
    };
    expect(settled(settleWithdrawal(torn, 'restore'), torn).withdrawn).toBeUndefined();
    expect(settled(settleWithdrawal(torn, 'restore'), torn).conflicts).toBeUndefined();
    expect(settled(settleWithdrawal(torn, 'withdraw'), torn).withdrawn?.by).toBe(zhouMin.by);
    expect(settled(settleWithdrawal(torn, 'withdraw'), torn).conflicts).toBeUndefined();
  });
});
