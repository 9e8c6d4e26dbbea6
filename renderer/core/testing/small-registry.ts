/** A registry as small as the engine's tests need: two kinds that point to each other's records, with every merge there is. */
import { defineEntity } from '../../../shared/core/entity.ts';
import { choices } from '../../../shared/core/field/choice.ts';
import { officialNumber } from '../../../shared/core/field/official-number.ts';
import { references } from '../../../shared/core/field/reference.ts';
import { entries } from '../../../shared/core/field/rows.ts';
import { stages } from '../../../shared/core/field/stages.ts';
import { text } from '../../../shared/core/field/text.ts';
import { composeRegistry } from '../../../shared/core/registry.ts';

const label = (word: string) => ({ zh: word, en: word });
const access = { create: ['worker'], change: ['worker'] };

const neighbour = defineEntity('neighbour', {
  label: label('居民'),
  scope: { class: 'residents', level: 'committee' },
  fields: {
    name: text(label('姓名'), { required: true, merge: 'ask', search: 'name' }),
    phone: text(label('电话'), { search: 'digits' }),
    tags: choices(label('标签'), { quiet: label('独居'), carer: label('照护') }),
  },
  title: ({ name }) => name ?? '',
  sections: [{ label: label('基本'), fields: ['name', 'phone', 'tags'] }],
  list: { columns: ['name'], sort: { field: 'name' } },
  access,
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

export const smallRegistry = composeRegistry(
  [{ name: 'small', label: label('小'), entities: [neighbour, matter] }],
  { worker: { ...label('社工'), reads: ['residents', 'casework'] } },
);

/** Committees of the small district. */
export const AREA = '310104007001';
export const OTHER_AREA = '310104007002';
