import { expect, test } from 'vitest';
import { recovered } from './recovered.ts';
import type { RecordState, Writer } from './record.ts';

const writer = (name: string, seq: number): Writer => ({
  by: `person_${name}`,
  at: '2026-11-23T01:00:00.000Z',
  seq,
  operation: `operation_${name}`,
});
const state = (seq: number, subject: string, by: Writer, more: Partial<RecordState> = {}): RecordState => ({
  ...{ id: 'matter_1', entity: 'matter', version: 1, area: '310104007001', scope: '310104007001/casework' },
  ...{ seq, values: { subject }, created: writer('first', 1), writers: { subject: by } },
  ...more,
});
const rival = { value: '第二种说法', writer: writer('second', 2) };
const approving = {
  ...{ entity: undefined, seq: 9, restoredHead: 2 },
  isKnown: (id: string) => id !== 'operation_third',
};

test('S8-7 what nobody has written since is as it was, with what stood beside it to be chosen', () => {
  const present = state(4, rival.value, rival.writer, {
    writers: { subject: rival.writer, place: writer('fourth', 4) },
  });
  const conflicts = { subject: { base: '起初', rivals: [rival] } };
  const back = recovered(present, state(3, '第三种说法', writer('third', 3), { conflicts }), approving);
  expect([back.values['subject'], back.conflicts]).toEqual(['第三种说法', conflicts]);
  expect(back.writers['place']).toEqual(writer('fourth', 4));
});

test('S8-7 what was settled in the life that was lost is asked no more', () => {
  const conflicts = { subject: { base: '起初', rivals: [rival] } };
  const present = state(4, '起初', writer('first', 1), { conflicts });
  const back = recovered(present, state(3, '第三种说法', writer('third', 3)), approving);
  expect([back.values['subject'], back.conflicts]).toEqual(['第三种说法', undefined]);
});

test('S8-7 what was written since stays', () => {
  const present = state(4, '恢复后写的', writer('fourth', 4));
  const back = recovered(present, state(3, '第三种说法', writer('third', 3)), approving);
  expect(back.values['subject']).toBe('恢复后写的');
});
