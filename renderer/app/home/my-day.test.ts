import { describe, expect, test } from 'vitest';
import { defineEntity } from '../../../shared/core/entity.ts';
import { date, dateTime } from '../../../shared/core/field/date.ts';
import { references } from '../../../shared/core/field/reference.ts';
import { stages } from '../../../shared/core/field/stages.ts';
import { text } from '../../../shared/core/field/text.ts';
import type { RecordState, Writer } from '../../../shared/core/record.ts';
import { town } from '../../../shared/testing/town.ts';
import { byGroup, byTouch, byUrgency, comingSoon, duesWithin, myOpenMatters, openOnly } from './my-day.ts';

const TODAY = '2026-11-23';
const { zhouMin, chenGuodong } = town.people;

const matter = defineEntity('matter', {
  label: { zh: '事项', en: 'Matter' },
  scope: { class: 'casework' },
  fields: {
    subject: text({ zh: '情况', en: 'Subject' }),
    acceptedOn: date({ zh: '受理日期', en: 'Accepted' }),
    meetsAt: dateTime({ zh: '约定时间', en: 'Meets at' }, { required: true }),
    mediators: references({ zh: '调解员', en: 'Mediators' }, 'person'),
    stage: stages(
      { zh: '进展', en: 'Stage' },
      {
        initial: 'open',
        stages: {
          open: { zh: '办理中', en: 'Open', next: ['done'] },
          done: { zh: '已结', en: 'Done', next: [], closed: true },
        },
      },
    ),
  },
  title: ({ subject }) => subject ?? '',
  sections: [
    { label: { zh: '情况', en: 'Facts' }, fields: ['subject', 'acceptedOn', 'meetsAt', 'mediators'] },
  ],
  list: { columns: ['subject'] },
  access: { create: ['mediator'], change: ['mediator'] },
  deadlines: [
    {
      id: 'within-ten-days',
      label: { zh: '十日内答复', en: 'Answer within ten days' },
      basis: '约定',
      limit: { days: 10, unit: 'calendar' },
      from: ({ acceptedOn }) => (typeof acceptedOn === 'string' ? [acceptedOn] : []),
    },
  ],
  place: 'navigation',
  sample: () => ({ values: {} }),
});

const by = (person: string, at: string): Writer => ({
  by: person,
  at: `${at}T02:00:00.000Z`,
  seq: 1,
  operation: `operation_${at}`,
});
function record(tail: string, values: Record<string, unknown>, more: Partial<RecordState> = {}): RecordState {
  return {
    id: `matter_${tail.padStart(26, '0')}`,
    entity: 'matter',
    version: 1,
    area: '310104007001',
    scope: '310104007001/casework',
    seq: 1,
    values: { stage: 'open', subject: tail, ...values },
    created: by(chenGuodong.id, '2026-11-01'),
    writers: {},
    ...more,
  };
}
const names = (items: readonly { readonly record: RecordState }[]): readonly unknown[] =>
  items.map(({ record: { values } }) => values['subject']);

test('closed matters are not even read', () => {
  expect(openOnly(matter)).toEqual({ entity: 'matter', filter: { stage: ['open'] } });
  const { stageField: _, ...plain } = matter;
  expect(openOnly({ ...plain, stageField: undefined })).toEqual({ entity: 'matter' });
});

describe('my day', () => {
  test('clocks come by urgency: today, overdue, and within two weeks; closed and withdrawn ones run no more', () => {
    const records = [
      record('SOON', { acceptedOn: '2026-11-20' }),
      record('TODAY', { acceptedOn: '2026-11-13' }),
      record('OVER', { acceptedOn: '2026-11-10' }),
      record('LONGOVER', { acceptedOn: '2026-10-10' }),
      record('FAR', { acceptedOn: '2026-11-28' }),
      record('CLOSED', { acceptedOn: '2026-11-10', stage: 'done' }),
      record('GONE', { acceptedOn: '2026-11-10' }, { withdrawn: by(zhouMin.id, '2026-11-12') }),
      record('NOCLOCK', {}),
    ];
    const dues = [...duesWithin(matter, records, TODAY)].sort(byUrgency);
    expect(
      dues.map(({ record: { values }, due, daysLeft }) => [values['subject'], due.on, daysLeft]),
    ).toEqual([
      ['LONGOVER', '2026-10-20', -34],
      ['OVER', '2026-11-20', -3],
      ['TODAY', '2026-11-23', 0],
      ['SOON', '2026-11-30', 7],
    ]);
    const { today, overdue, soon } = byGroup(dues);
    expect([names(today), names(overdue), names(soon)]).toEqual([['TODAY'], ['LONGOVER', 'OVER'], ['SOON']]);
  });

  test('two clocks of one matter are one line, named by the more pressing one', () => {
    const matters = [record('TWICE', { acceptedOn: '2026-11-10' })];
    const [late] = duesWithin(matter, matters, TODAY);
    const later = { ...late!, due: { ...late!.due, on: '2026-11-22' }, daysLeft: -1 };
    const { overdue } = byGroup([late!, later]);
    expect(overdue).toEqual([{ ...late!, also: [later.due] }]);
  });

  test('mine is what I registered, changed, or was given, and is not closed; the last touched first', () => {
    const records = [
      record('CREATED', {}, { created: by(zhouMin.id, '2026-11-02') }),
      record('CHANGED', {}, { writers: { subject: by(zhouMin.id, '2026-11-20') } }),
      record('GIVEN', { mediators: [{ id: zhouMin.id, title: zhouMin.name }] }),
      record('OTHERS', { mediators: [{ id: chenGuodong.id, title: chenGuodong.name }] }),
      record('DONE', { stage: 'done' }, { created: by(zhouMin.id, '2026-11-21') }),
    ];
    expect(names([...myOpenMatters(matter, records, zhouMin.id)].sort(byTouch))).toEqual([
      'CHANGED',
      'CREATED',
      'GIVEN',
    ]);
  });

  test('what is planned shows from today on, for two weeks', () => {
    const records = ['2026-11-22T18:00', '2026-11-23T08:00', '2026-12-06T09:30', '2026-12-07T09:30'].map(
      (meetsAt) => record(meetsAt, { meetsAt }),
    );
    expect(comingSoon(matter, records, TODAY).map(({ at }) => at)).toEqual([
      '2026-11-23T08:00',
      '2026-12-06T09:30',
    ]);
  });
});
