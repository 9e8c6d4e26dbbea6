/**
 * An entity for each form of a home scope that the errand does not have: a class that follows from the values, one's own, a
 * confidential matter, and what belongs to it.
 */
import { defineEntity, type Module } from '../entity.ts';
import { choice } from '../field/choice.ts';
import { date } from '../field/date.ts';
import { reference, references } from '../field/reference.ts';
import { text } from '../field/text.ts';

const named = (zh: string, en: string): { readonly zh: string; readonly en: string } => ({ zh, en });
const staff = ['socialWorker', 'mediator'];

/** A grave one is read by the care worker alone. */
export const concern = defineEntity('concern', {
  label: named('关切', 'Concern'),
  scope: {
    class: ({ weight }) => (weight === 'grave' ? 'careRestricted' : 'casework'),
    level: 'committee',
  },
  fields: {
    about: text(named('事由', 'About'), { required: true }),
    weight: choice(named('轻重', 'Weight'), {
      plain: named('一般', 'Plain'),
      grave: named('要紧', 'Grave'),
    }),
  },
  title: ({ about }) => about ?? '',
  sections: [{ label: named('关切', 'Concern'), fields: ['about', 'weight'] }],
  list: { columns: ['about'] },
  access: { create: [...staff, 'careWorker'], change: [...staff, 'careWorker'] },
  sample: () => ({ values: { about: '好几天没有见到老人' } }),
});

export const diary = defineEntity('diary', {
  label: named('工作手记', 'Diary'),
  scope: { person: 'owner' },
  fields: {
    owner: reference(named('本人', 'Owner'), 'person', { required: true, fixed: true }),
    line: text(named('内容', 'Line'), { required: true }),
  },
  title: ({ line }) => line ?? '',
  sections: [{ label: named('手记', 'Diary'), fields: ['owner', 'line'] }],
  list: { columns: ['line'] },
  access: { create: staff, change: staff },
  sample: ({ author }) => ({ values: { owner: author, line: '约好周三再去一趟' } }),
});

export const secret = defineEntity('secret', {
  label: named('保密事项', 'Secret'),
  scope: { readers: 'readers', level: 'committee' },
  fields: {
    readers: references(named('谁能看', 'Readers'), 'person', { min: 1 }),
    subject: text(named('事由', 'Subject'), { required: true, merge: 'ask' }),
  },
  title: ({ subject }) => subject ?? '',
  sections: [{ label: named('事项', 'Secret'), fields: ['readers', 'subject'] }],
  list: { columns: ['subject'] },
  access: { create: staff, change: staff },
  sample: ({ author }) => ({ values: { readers: [author], subject: '反映一位楼组长' } }),
});

export const secretEntry = defineEntity('secretEntry', {
  label: named('保密记事', 'Secret entry'),
  scope: { readersOf: 'matter', level: 'committee' },
  fields: {
    matter: reference(named('事项', 'Secret'), 'secret', { required: true, fixed: true }),
    on: date(named('日期', 'On'), { notAfterToday: true }),
  },
  title: ({ on }) => on ?? '',
  sections: [{ label: named('记事', 'Entry'), fields: ['matter', 'on'] }],
  list: { columns: ['on'] },
  access: { create: staff, change: staff },
  sample: ({ reference: find, today }) => {
    const matter = find('secret');
    return { values: { ...(matter && { matter }), on: today } };
  },
});

export const forms: Module = {
  name: 'forms',
  label: named('各种范围', 'Forms'),
  entities: [concern, diary, secret, secretEntry],
};
