/** A registry as small as the engine's tests need: kinds that point to each other's records, every merge and every form of scope. */
import { defineEntity } from '../../../shared/core/entity.ts';
import { choice, choices } from '../../../shared/core/field/choice.ts';
import { officialNumber } from '../../../shared/core/field/official-number.ts';
import { reference, references } from '../../../shared/core/field/reference.ts';
import { entries } from '../../../shared/core/field/rows.ts';
import { stages } from '../../../shared/core/field/stages.ts';
import { text } from '../../../shared/core/field/text.ts';
import { composeRegistry } from '../../../shared/core/registry.ts';

const label = (word: string) => ({ zh: word, en: word });
const workers = ['worker', 'carer'];
const access = { create: workers, change: workers };

const neighbour = defineEntity('neighbour', {
  label: label('居民'),
  scope: { class: ({ care }) => (care === 'close' ? 'restricted' : 'residents'), level: 'committee' },
  fields: {
    name: text(label('姓名'), { required: true, merge: 'ask', search: 'name' }),
    phone: text(label('电话'), { search: 'digits' }),
    tags: choices(label('标签'), { quiet: label('独居'), carer: label('照护') }),
    care: choice(label('知悉范围'), { open: label('一般'), close: label('需要知道的人') }),
  },
  title: ({ name }) => name ?? '',
  sections: [{ label: label('基本'), fields: ['name', 'phone', 'tags', 'care'] }],
  list: { columns: ['name'], sort: { field: 'name' } },
  access,
  duplicates: [{ id: 'phone', label: label('姓名和电话相同'), by: ['name', 'phone'], isCertain: true }],
  sample: () => ({ values: {} }),
});

const matter = defineEntity('matter', {
  label: label('事项'),
  scope: { class: 'casework', level: 'committee' },
  fields: {
    number: officialNumber(label('编号'), ({ year, ordinal, area }) => `（${year}）${area}第${ordinal}号`),
    subject: text(label('事由'), { required: true, merge: 'ask', search: 'text' }),
    place: text(label('地点')),
    parties: references(label('当事人'), 'neighbour', { max: 3 }),
    notes: entries(label('记录'), label('一条记录'), { what: text(label('内容'), { required: true }) }),
    stage: stages(label('环节'), {
      initial: 'open',
      stages: {
        open: { ...label('已登记'), next: ['accepted', 'rejected'] },
        accepted: { ...label('办理中'), next: ['settled', 'failed'] },
        rejected: { ...label('不受理'), next: [], closed: true },
        settled: { ...label('已办结'), next: [] },
        failed: { ...label('未成'), next: [] },
      },
    }),
  },
  title: ({ subject }) => subject ?? '',
  sections: [{ label: label('基本'), fields: ['subject', 'place', 'parties'] }],
  list: { columns: ['subject', 'stage'] },
  access,
  sample: () => ({ values: {} }),
});

/** A confidential matter and what is said in it: for its named readers alone. */
const talk = defineEntity('talk', {
  label: label('谈话'),
  scope: { readers: 'readers', level: 'committee' },
  fields: {
    subject: text(label('事由'), { required: true, merge: 'ask' }),
    readers: references(label('谁能看'), 'person', { min: 1 }),
  },
  title: ({ subject }) => subject ?? '',
  sections: [{ label: label('基本'), fields: ['subject', 'readers'] }],
  list: { columns: ['subject'] },
  access,
  sample: () => ({ values: {} }),
});

const said = defineEntity('said', {
  label: label('一次谈话'),
  scope: { readersOf: 'talk', level: 'committee' },
  fields: {
    talk: reference(label('谈话'), 'talk', { required: true, fixed: true }),
    what: text(label('内容'), { required: true, merge: 'ask' }),
  },
  title: ({ what }) => what ?? '',
  sections: [{ label: label('基本'), fields: ['talk', 'what'] }],
  list: { columns: ['what'] },
  access,
  sample: () => ({ values: {} }),
});

export const smallRegistry = composeRegistry(
  [{ name: 'small', label: label('小'), entities: [neighbour, matter, talk, said] }],
  {
    worker: { ...label('社工'), reads: ['residents', 'casework'] },
    secretary: { ...label('书记'), reads: ['residents', 'casework'], supervises: true },
    carer: { ...label('助残员'), reads: ['residents', 'casework', 'restricted'] },
  },
);

/** Committees of the small district. */
export const AREA = '310104007001';
export const OTHER_AREA = '310104007002';
