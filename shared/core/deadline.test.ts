import { expect, test } from 'vitest';
import { dueOf, duesOf, type Deadline, type Limit } from './deadline.ts';

const deadline = (limit: Limit, id = 'MED_CONFIRM'): Deadline => ({
  id,
  label: { zh: '共同申请司法确认', en: 'Joint court confirmation' },
  basis: '人民调解法33',
  limit,
  from: ({ effectiveOn }) => (Array.isArray(effectiveOn) ? (effectiveOn as string[]) : [String(effectiveOn)]),
});
const last = (limit: Limit, effectiveOn: string): string | undefined =>
  dueOf(deadline(limit), { effectiveOn })[0]?.on;

test('DEADLINE-1 the first day is not counted', () => {
  expect(last({ days: 30, unit: 'calendar' }, '2026-11-01')).toBe('2026-12-01');
  expect(last({ days: 0, unit: 'calendar' }, '2026-11-01')).toBe('2026-11-01');
});

test('DEADLINE-2 months end on the same day or on the last one', () => {
  const month: Limit = { days: 30, unit: 'calendar', months: 1 };
  expect(['2026-01-31', '2024-01-31', '2026-11-23', '2026-12-31'].map((day) => last(month, day))).toEqual([
    '2026-02-28',
    '2024-02-29',
    '2026-12-23',
    '2027-01-31',
  ]);
});

test('DEADLINE-3 only rolling limits move off a rest day', () => {
  // 30 days after 3 September is Saturday 3 October, within the National Day holiday.
  expect(last({ days: 30, unit: 'calendar', roll: true }, '2026-09-03')).toBe('2026-10-08');
  expect(last({ days: 30, unit: 'calendar' }, '2026-09-03')).toBe('2026-10-03');
  // 10 October is a Saturday that was made up for: a working day, so nothing moves.
  expect(last({ days: 30, unit: 'calendar', roll: true }, '2026-09-10')).toBe('2026-10-10');
});

test('DEADLINE-4 working days alone are counted', () => {
  expect(last({ days: 5, unit: 'working' }, '2026-09-29')).toBe('2026-10-12');
});

test('DEADLINE-5 the day to be warned lies before the rest days', () => {
  expect(dueOf(deadline({ days: 30, unit: 'calendar' }), { effectiveOn: '2026-09-03T10:30' })).toEqual([
    {
      deadline: expect.objectContaining({ id: 'MED_CONFIRM' }) as Deadline,
      from: '2026-09-03',
      on: '2026-10-03',
      warnOn: '2026-09-30',
      provisional: false,
    },
  ]);
});

test('DEADLINE-6 an unannounced year is provisional', () => {
  const long: Limit = { days: 60, unit: 'calendar' };
  expect(
    dueOf(deadline(long), { effectiveOn: ['2026-11-01', '2026-11-23'] }).map((due) => [
      due.on,
      due.provisional,
    ]),
  ).toEqual([
    ['2026-12-31', false],
    ['2027-01-22', true],
  ]);
});

test('DEADLINE-7 a clock for every real start, the nearest first', () => {
  const week: Limit = { days: 7, unit: 'calendar' };
  const entity = { deadlines: [deadline({ days: 30, unit: 'calendar' }), deadline(week, 'MED_FOLLOWUP')] };
  const dues = duesOf(entity, { effectiveOn: ['2026-11-20', '2026-02-30', '', '2026-11-01'] });
  expect(dues.map((due) => `${due.deadline.id} ${due.on}`)).toEqual([
    'MED_FOLLOWUP 2026-11-08',
    'MED_FOLLOWUP 2026-11-27',
    'MED_CONFIRM 2026-12-01',
    'MED_CONFIRM 2026-12-20',
  ]);
  expect([duesOf({}, {}), duesOf(entity, {})]).toEqual([[], []]);
});
