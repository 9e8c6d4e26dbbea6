/**
 * A course or an experience day of a street (growth-plan.md §6): what, when, how many hours. Who came is a record of its own, the
 * participation; so two desks may check people in at the same time.
 */
import { attachments } from '../../core/field/attachments.ts';
import { choice } from '../../core/field/choice.ts';
import { dateTime } from '../../core/field/date.ts';
import { number } from '../../core/field/number.ts';
import { rows } from '../../core/field/rows.ts';
import { stages } from '../../core/field/stages.ts';
import { text } from '../../core/field/text.ts';
import { defineEntity } from '../../core/entity.ts';
import { isAbsent } from '../../core/field/base.ts';
import { sampleEvent } from './sample-event.ts';

export const trainingEvent = defineEntity('trainingEvent', {
  label: { zh: '培训', en: 'Training' },
  one: { zh: '一场培训', en: 'a training event' },
  scope: { class: 'training', level: 'subdistrict' },
  place: 'navigation',
  fields: {
    name: text({ zh: '培训名称', en: 'Name' }, { required: true, search: 'text', merge: 'ask' }),
    stage: stages(
      { zh: '进展', en: 'Stage' },
      {
        initial: 'planned',
        stages: {
          planned: { zh: '筹备中', en: 'Planned', tone: 'plain', next: ['open', 'cancelled'] },
          open: {
            zh: '报名中',
            en: 'Open',
            step: { zh: '开始报名', en: 'Open enrolment' },
            tone: 'active',
            next: ['held', 'cancelled'],
            requires: ['startsAt', 'place'],
            offers: ['capacity'],
          },
          held: {
            zh: '已举办',
            en: 'Held',
            step: { zh: '已经举办', en: 'It took place' },
            tone: 'care',
            next: ['closed'],
            requires: ['startsAt', 'hours'],
          },
          closed: {
            zh: '已结项',
            en: 'Closed',
            step: { zh: '结项', en: 'Close' },
            tone: 'done',
            next: [],
            offers: ['summary'],
            closed: true,
          },
          cancelled: {
            zh: '已取消',
            en: 'Cancelled',
            step: { zh: '取消培训', en: 'Cancel it' },
            tone: 'plain',
            next: [],
            requires: ['cancelReason'],
            closed: true,
          },
        },
      },
    ),
    category: choice(
      { zh: '类别', en: 'Category' },
      {
        induction: { zh: '岗前培训', en: 'Induction' },
        inService: { zh: '在职培训', en: 'In service' },
        topic: { zh: '专题培训', en: 'Topic' },
        experience: { zh: '体验式培训', en: 'Experience' },
        continuing: { zh: '继续教育', en: 'Continuing education' },
        supervision: { zh: '督导', en: 'Supervision' },
      },
      { required: true },
    ),
    organiser: text({ zh: '主办单位', en: 'Organiser' }, { required: true, search: 'text' }),
    startsAt: dateTime({ zh: '开始时间', en: 'Starts at' }, { required: true }),
    endsAt: dateTime({ zh: '结束时间', en: 'Ends at' }),
    hours: number(
      { zh: '学时', en: 'Hours' },
      {
        required: true,
        min: 0.5,
        max: 200,
        decimals: 1,
        unit: { zh: '学时', en: 'h' },
        help: { zh: '1 学时为 45 分钟', en: 'One is 45 minutes' },
      },
    ),
    place: text({ zh: '地点', en: 'Place' }, { required: true, search: 'text' }),
    capacity: number({ zh: '名额', en: 'Places' }, { min: 1, max: 2000, unit: { zh: '人', en: 'people' } }),
    trainers: text({ zh: '授课人', en: 'Trainers' }, { max: 100, search: 'name' }),
    form: choice(
      { zh: '形式', en: 'Form' },
      {
        lecture: { zh: '讲授', en: 'Lecture' },
        discussion: { zh: '研讨', en: 'Discussion' },
        visit: { zh: '参访', en: 'Visit' },
        scene: { zh: '情景模拟', en: 'Scene simulation' },
        online: { zh: '线上', en: 'Online' },
      },
    ),
    checkIn: choice(
      { zh: '签到方式', en: 'How people check in' },
      {
        paper: { zh: '签到表', en: 'On paper' },
        rollCall: { zh: '点名', en: 'Roll call' },
        scan: { zh: '扫码', en: 'By scanning' },
        taskPoint: { zh: '任务点打卡', en: 'At the task points' },
      },
    ),
    content: text(
      { zh: '内容安排', en: 'Content' },
      { multiline: true, max: 2000, merge: 'ask', search: 'text' },
    ),
    teams: number({ zh: '小组数', en: 'Teams' }, { min: 1, max: 50, unit: { zh: '组', en: 'teams' } }),
    taskPoints: rows(
      { zh: '任务点', en: 'Task points' },
      {
        name: text({ zh: '任务点', en: 'Task point' }, { required: true, max: 30 }),
        place: text({ zh: '地点', en: 'Place' }),
        task: text({ zh: '要做什么', en: 'Task' }, { max: 100 }),
      },
      { max: 20, help: { zh: '体验行用：每组走不同的路线', en: 'For experience days' } },
    ),
    signInSheets: attachments({ zh: '签到表', en: 'Sign-in sheets' }, { max: 10 }),
    summary: text({ zh: '小结', en: 'Summary' }, { multiline: true, max: 1000, merge: 'ask' }),
    cancelReason: text({ zh: '取消原因', en: 'Why cancelled' }, { max: 200 }),
  },
  title: ({ name }) => name ?? '',
  kept: ['name', 'startsAt', 'hours'],
  sections: [
    {
      label: { zh: '安排', en: 'Plan' },
      fields: [
        'name',
        'category',
        'form',
        'organiser',
        'startsAt',
        'endsAt',
        'hours',
        'place',
        'capacity',
        'trainers',
        'checkIn',
      ],
    },
    { label: { zh: '内容', en: 'Content' }, fields: ['content'] },
    { label: { zh: '体验行', en: 'Experience day' }, fields: ['teams', 'taskPoints'] },
    { label: { zh: '结项', en: 'Closing' }, fields: ['signInSheets', 'summary', 'cancelReason'] },
  ],
  list: {
    columns: ['name', 'stage', 'category', 'startsAt', 'hours', 'place', 'capacity'],
    filters: ['category', 'form'],
    sort: { field: 'startsAt', descending: true },
  },
  access: { create: ['trainingStaff'], change: ['trainingStaff'] },
  rules: [
    {
      id: 'trainingEvent.ends',
      check: ({ after }) =>
        !isAbsent(after['endsAt']) && String(after['endsAt']) <= String(after['startsAt'])
          ? { code: 'dateOrder', field: 'endsAt' }
          : undefined,
    },
    {
      id: 'trainingEvent.held',
      check: ({ action, after, today }) =>
        action === 'advance' && after['stage'] === 'held' && String(after['startsAt']).slice(0, 10) > today
          ? { code: 'futureDate', field: 'startsAt' }
          : undefined,
    },
  ],
  sample: sampleEvent,
});
