/** A small entity with a field of every merge, for the tests of the core: something that a neighbour asks the desk to see to. */
import type { Classes, Roles } from '../access.ts';
import { defineEntity } from '../entity.ts';
import { attachments } from '../field/attachments.ts';
import { choice, choices } from '../field/choice.ts';
import { date } from '../field/date.ts';
import { identityDocument } from '../field/identity-document.ts';
import { money } from '../field/number.ts';
import { officialNumber } from '../field/official-number.ts';
import { phone } from '../field/phone.ts';
import { references } from '../field/reference.ts';
import { entries, rows } from '../field/rows.ts';
import { stages } from '../field/stages.ts';
import { text } from '../field/text.ts';

const kinds = { repair: { zh: '维修', en: 'Repair' }, paper: { zh: '开证明', en: 'Certificate' } };
const tags = {
  urgent: { zh: '紧急', en: 'Urgent' },
  elderly: { zh: '老人', en: 'Elderly' },
  stairs: { zh: '爬楼', en: 'Stairs' },
};

export const roles = {
  socialWorker: { zh: '社区工作者', en: 'Social worker', reads: ['casework'], readsAround: ['directory'] },
  mediator: { zh: '人民调解员', en: 'Mediator', reads: ['casework'] },
  careWorker: { zh: '重点关爱专员', en: 'Care worker', reads: ['careRestricted'] },
  committeeSecretary: { zh: '居民区书记', en: 'Secretary', reads: ['casework'], supervises: true },
  supervisor: { zh: '督导', en: 'Supervisor', reads: ['careRestricted'], supervises: true },
} as const satisfies Roles;

export const classes = {
  casework: { zh: '个案', en: 'Casework' },
  careRestricted: { zh: '专人关爱', en: 'Restricted care' },
  directory: { zh: '通讯录', en: 'Directory' },
} as const satisfies Classes;

export const errand = defineEntity('errand', {
  label: { zh: '代办事项', en: 'Errands' },
  scope: { class: 'casework', level: 'committee' },
  fields: {
    title: text({ zh: '事项', en: 'Title' }, { required: true, merge: 'ask', search: 'name' }),
    note: text({ zh: '说明', en: 'Note' }, { multiline: true, search: 'text' }),
    kind: choice({ zh: '类别', en: 'Kind' }, kinds, { fixed: true }),
    cost: money({ zh: '费用', en: 'Cost' }, { merge: 'ask' }),
    happenedOn: date({ zh: '发生日期', en: 'Happened on' }, { notAfterToday: true }),
    promisedOn: date({ zh: '约定日期', en: 'Promised for' }),
    asker: identityDocument({ zh: '证件', en: 'Document' }),
    tags: choices({ zh: '标签', en: 'Tags' }, tags),
    helpers: references({ zh: '帮手', en: 'Helpers' }, 'person', { min: 1, max: 4 }),
    phones: rows(
      { zh: '电话', en: 'Telephones' },
      {
        number: phone({ zh: '号码', en: 'Number' }, { required: true }),
        since: date({ zh: '启用', en: 'Since' }, { notAfterToday: true }),
      },
    ),
    visits: entries(
      { zh: '上门', en: 'Visits' },
      { zh: '一次上门', en: 'Visit' },
      {
        on: date({ zh: '日期', en: 'On' }, { required: true, notAfterToday: true }),
        what: text({ zh: '情况', en: 'What' }, { required: true, search: 'text' }),
      },
    ),
    photos: attachments({ zh: '照片', en: 'Photographs' }, { accept: ['image/jpeg', 'image/png'] }),
    papers: attachments({ zh: '扫描件', en: 'Scans' }, { search: 'text' }),
    result: text({ zh: '结果', en: 'Result' }),
    number: officialNumber({ zh: '编号', en: 'Number' }, ({ year, ordinal }) => `代办${year}-${ordinal}`),
    stage: stages(
      { zh: '进度', en: 'Stage' },
      {
        initial: 'registered',
        stages: {
          registered: { zh: '已登记', en: 'Registered', next: ['accepted', 'rejected'] },
          accepted: { zh: '已受理', en: 'Accepted', next: ['paused', 'done'] },
          paused: { zh: '已暂停', en: 'Paused', next: ['accepted'] },
          rejected: { zh: '不办理', en: 'Rejected', next: [] },
          done: {
            zh: '已办结',
            en: 'Done',
            next: [],
            requires: ['result'],
            closed: true,
            guard: (values) =>
              values.cost === 0 ? { zh: '费用还没有填', en: 'The cost is missing' } : undefined,
          },
        },
      },
    ),
  },
  title: ({ title }) => title ?? '',
  sections: [
    {
      label: { zh: '基本情况', en: 'Basics' },
      fields: ['title', 'note', 'kind', 'cost', 'happenedOn', 'promisedOn', 'asker', 'tags', 'helpers'],
    },
    { label: { zh: '经过', en: 'Course' }, fields: ['phones', 'visits', 'photos', 'papers', 'result'] },
  ],
  list: { columns: ['title', 'stage'] },
  access: {
    create: ['socialWorker', 'mediator'],
    change: ['socialWorker', 'mediator'],
    withdraw: ['mediator'],
  },
  rules: [
    {
      id: 'promiseAfterRequest',
      check: ({ after: { happenedOn, promisedOn } }) =>
        typeof happenedOn === 'string' && typeof promisedOn === 'string' && promisedOn < happenedOn
          ? { code: 'dateOrder', field: 'promisedOn' }
          : undefined,
    },
  ],
  duplicates: [
    { id: 'asker', label: { zh: '证件相同', en: 'Same document' }, by: ['asker'], isCertain: true },
    { id: 'title', label: { zh: '事项和日期相同', en: 'Same title and day' }, by: ['title', 'happenedOn'] },
    {
      id: 'sound',
      label: { zh: '事项读音和电话相同', en: 'Same sound and telephone' },
      by: ['title', 'phones'],
      sounds: ['title'],
    },
  ],
  sample: ({ author }) => ({ values: { title: '修楼道灯', helpers: [author] } }),
});
