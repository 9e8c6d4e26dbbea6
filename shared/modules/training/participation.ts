/** One person at one event: enrolled, came or not, hours, result and what was taken home. Hours never exceed the event's. */
import { choice } from '../../core/field/choice.ts';
import { dateTime } from '../../core/field/date.ts';
import { number } from '../../core/field/number.ts';
import { reference, type Reference } from '../../core/field/reference.ts';
import { stages } from '../../core/field/stages.ts';
import { text } from '../../core/field/text.ts';
import { defineEntity } from '../../core/entity.ts';
import { isAbsent } from '../../core/field/base.ts';
import { sampleParticipation } from './sample-participation.ts';

export const participation = defineEntity('participation', {
  label: { zh: '参训人员', en: 'Participants' },
  one: { zh: '一位参训人员', en: 'a participant' },
  scope: { class: 'training', level: 'subdistrict' },
  place: 'related',
  fields: {
    event: reference({ zh: '培训', en: 'Event' }, 'trainingEvent', { required: true, fixed: true }),
    person: reference({ zh: '参训人', en: 'Person' }, 'person', {
      required: true,
      fixed: true,
      search: 'name',
    }),
    stage: stages(
      { zh: '出勤', en: 'Attendance' },
      {
        initial: 'enrolled',
        stages: {
          enrolled: {
            zh: '已报名',
            en: 'Enrolled',
            tone: 'active',
            next: ['attended', 'absent', 'cancelled'],
          },
          attended: {
            zh: '到场',
            en: 'Attended',
            step: { zh: '到场', en: 'Attended' },
            tone: 'done',
            next: [],
            requires: ['hours'],
            offers: ['checkedInAt', 'result'],
          },
          absent: {
            zh: '缺席',
            en: 'Absent',
            step: { zh: '缺席', en: 'Absent' },
            tone: 'care',
            next: [],
            offers: ['remark'],
          },
          cancelled: {
            zh: '已取消报名',
            en: 'Cancelled',
            step: { zh: '取消报名', en: 'Cancel' },
            tone: 'plain',
            next: [],
            offers: ['remark'],
          },
        },
      },
    ),
    checkedInAt: dateTime({ zh: '签到时间', en: 'Checked in at' }, { notAfterToday: true }),
    hours: number(
      { zh: '学时', en: 'Hours' },
      { min: 0.5, max: 200, decimals: 1, unit: { zh: '学时', en: 'h' } },
    ),
    result: choice(
      { zh: '考核结果', en: 'Result' },
      {
        excellent: { zh: '优秀', en: 'Excellent', tone: 'done' },
        pass: { zh: '合格', en: 'Pass', tone: 'done' },
        fail: { zh: '不合格', en: 'Fail', tone: 'care' },
        none: { zh: '不考核', en: 'Not assessed' },
      },
    ),
    team: number(
      { zh: '第几组', en: 'Team' },
      { min: 1, max: 50, help: { zh: '体验行才分组', en: 'Experience days only' } },
    ),
    reflection: text({ zh: '感想', en: 'Reflection' }, { multiline: true, max: 1000, merge: 'ask' }),
    remark: text({ zh: '备注', en: 'Remark' }, { max: 100 }),
  },
  title: ({ person, event }) => [person?.title, event?.title].filter(Boolean).join(' · '),
  sections: [
    { label: { zh: '报名', en: 'Enrolment' }, fields: ['event', 'person', 'stage', 'team'] },
    { label: { zh: '出勤', en: 'Attendance' }, fields: ['checkedInAt', 'hours', 'result', 'remark'] },
    { label: { zh: '感想', en: 'Reflection' }, fields: ['reflection'] },
  ],
  list: {
    columns: ['person', 'stage', 'checkedInAt', 'hours', 'result'],
    filters: ['result'],
    sort: { field: 'person' },
  },
  access: { create: ['trainingStaff'], change: ['trainingStaff'] },
  rules: [
    {
      id: 'participation.hours',
      check: ({ after }) => {
        const most = (after['event'] as Reference | undefined)?.kept?.['hours'];
        const hours = after['hours'];
        return typeof most === 'number' && typeof hours === 'number' && hours > most
          ? { code: 'tooLarge', field: 'hours', details: { max: most } }
          : undefined;
      },
    },
    {
      id: 'participation.attendedHours',
      check: ({ after }) =>
        after['stage'] === 'attended' && isAbsent(after['hours'])
          ? { code: 'required', field: 'hours' }
          : undefined,
    },
  ],
  sample: sampleParticipation,
});
