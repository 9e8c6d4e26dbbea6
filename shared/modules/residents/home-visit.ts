/** 走访: a call at a resident's home, by telephone or at the committee; what was found and what was promised. */
import { attachments } from '../../core/field/attachments.ts';
import { choice, choices } from '../../core/field/choice.ts';
import { date, dateTime } from '../../core/field/date.ts';
import { reference, references } from '../../core/field/reference.ts';
import { text } from '../../core/field/text.ts';
import { yesNo } from '../../core/field/yes-no.ts';
import { defineEntity } from '../../core/entity.ts';
import { showDay } from '../../core/format.ts';
import { isAbsent } from '../../core/field/base.ts';
import { sampleVisit } from './sample-visit.ts';

export const homeVisit = defineEntity('homeVisit', {
  label: { zh: '走访', en: 'Home visits' },
  one: { zh: '一次走访', en: 'a home visit' },
  scope: { class: 'residents', level: 'committee' },
  place: 'navigation',
  fields: {
    resident: reference({ zh: '走访对象', en: 'Resident' }, 'resident', { required: true, search: 'name' }),
    visitedAt: dateTime({ zh: '走访时间', en: 'Visited at' }, { required: true, notAfterToday: true }),
    form: choice(
      { zh: '方式', en: 'Form' },
      {
        home: { zh: '上门', en: 'At home' },
        phone: { zh: '电话', en: 'By telephone' },
        office: { zh: '在居委会', en: 'At the committee' },
      },
      { required: true, initial: 'home' },
    ),
    visitors: references({ zh: '走访人', en: 'Visitors' }, 'person'),
    topics: choices(
      { zh: '主要事项', en: 'Topics' },
      {
        greeting: { zh: '问候看望', en: 'Greeting' },
        health: { zh: '健康就医', en: 'Health' },
        hardship: { zh: '困难救助', en: 'Hardship' },
        safety: { zh: '居家安全', en: 'Safety at home' },
        dispute: { zh: '矛盾纠纷', en: 'Dispute' },
        opinion: { zh: '意见建议', en: 'Opinions' },
      },
    ),
    content: text(
      { zh: '了解到的情况', en: 'What was found' },
      { required: true, multiline: true, max: 1000, merge: 'ask', search: 'text' },
    ),
    photos: attachments(
      { zh: '走访照片', en: 'Photographs' },
      {
        accept: ['image/jpeg', 'image/png'],
        max: 10,
        help: {
          zh: '先问过本人；拍地点会自动去掉',
          en: 'Ask first; where it was taken is left out by itself',
        },
      },
    ),
    followUp: text({ zh: '要跟进的事', en: 'To follow up' }, { multiline: true, max: 500, merge: 'ask' }),
    followUpOn: date({ zh: '跟进日期', en: 'Follow up by' }),
    followUpDone: yesNo({ zh: '已跟进', en: 'Followed up' }),
  },
  title: ({ resident, visitedAt }) =>
    [resident?.title, visitedAt && showDay(visitedAt.slice(0, 10), 'zh')].filter(Boolean).join(' '),
  sections: [
    {
      label: { zh: '走访', en: 'Visit' },
      fields: ['resident', 'visitedAt', 'form', 'visitors', 'topics', 'content', 'photos'],
    },
    { label: { zh: '跟进', en: 'Follow-up' }, fields: ['followUp', 'followUpOn', 'followUpDone'] },
  ],
  list: {
    columns: ['resident', 'visitedAt', 'form', 'topics', 'visitors', 'followUpOn'],
    filters: ['form', 'topics', 'followUpDone'],
    sort: { field: 'visitedAt', descending: true },
  },
  access: {
    create: ['socialWorker', 'mediator', 'careWorker', 'committeeSecretary'],
    change: ['socialWorker', 'mediator', 'careWorker', 'committeeSecretary'],
  },
  rules: [
    {
      id: 'homeVisit.followUp',
      check: ({ after }) =>
        !isAbsent(after['followUpOn']) &&
        String(after['followUpOn']) < String(after['visitedAt']).slice(0, 10)
          ? { code: 'dateOrder', field: 'followUpOn' }
          : undefined,
    },
  ],
  deadlines: [
    {
      id: 'VISIT_FOLLOWUP',
      label: { zh: '走访后跟进', en: 'Follow up the visit' },
      basis: '走访时自己定的日期',
      limit: { days: 0, unit: 'calendar' },
      soft: true,
      from: ({ followUpOn, followUpDone }) =>
        isAbsent(followUpOn) || followUpDone === true ? [] : [String(followUpOn)],
    },
  ],
  sample: sampleVisit,
});
