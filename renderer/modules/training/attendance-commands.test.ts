import { expect, test } from 'vitest';
import type { RecordState } from '../../../shared/core/record.ts';
import { absent, again, allPresent, counted, enrol, present } from './attendance-commands.ts';

const event = { id: 'trainingEvent_1', title: '消防与燃气安全入户检查', kept: { hours: 2 } };
const zhou = { id: 'person_1', title: '周敏' };
const participation = (id: string, values: Readonly<Record<string, unknown>>): RecordState =>
  ({ id, area: '310104007', values: { event, person: zhou, ...values } }) as unknown as RecordState;

test('one click writes the hours of the event and, on the day itself, the minute', () => {
  const one = participation('participation_1', { stage: 'enrolled' });
  expect(present(one, { hours: 2, minute: '2026-11-23T09:05' })).toEqual({
    kind: 'advance',
    entity: 'participation',
    record: 'participation_1',
    to: 'attended',
    values: { hours: 2, checkedInAt: '2026-11-23T09:05' },
  });
});

test('hours and times that were typed before stay', () => {
  const one = participation('participation_1', {
    stage: 'enrolled',
    hours: 1,
    checkedInAt: '2026-11-23T08:55',
  });
  expect(present(one, { hours: 2, minute: '2026-11-23T09:05' })).toMatchObject({ values: {} });
});

test('everybody present means everybody who is open, in batches of two hundred', () => {
  const open = Array.from({ length: 250 }, (_, index) =>
    participation(`participation_${index}`, { stage: 'enrolled' }),
  );
  const gone = participation('participation_x', { stage: 'absent' });
  const batches = allPresent([gone, ...open], { hours: 2 });
  expect(batches.map((batch) => batch.length)).toEqual([200, 50]);
  expect(batches.flat().some(({ record }) => record === 'participation_x')).toBe(false);
});

test('who left the course does not count as enrolled', () => {
  const stages = ['attended', 'attended', 'absent', 'enrolled', 'cancelled'];
  expect(counted(stages.map((stage, index) => participation(`participation_${index}`, { stage })))).toEqual({
    all: 4,
    present: 2,
    absent: 1,
    open: 1,
  });
});

test('a slip is put right by a new entry for the same person, and the old one is withdrawn', () => {
  const slip = participation('participation_1', { stage: 'absent' });
  expect(again(slip, 'participation_2')).toEqual([
    { kind: 'withdraw', entity: 'participation', record: 'participation_1' },
    enrol({ record: 'participation_2', area: '310104007', event, person: zhou }),
  ]);
  expect(absent(slip)).toEqual({
    kind: 'advance',
    entity: 'participation',
    record: 'participation_1',
    to: 'absent',
  });
});
