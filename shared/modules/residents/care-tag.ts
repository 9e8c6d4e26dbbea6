/**
 * A care tag is a record of its own, so that a need-to-know tag lies in a class that few may read while the resident is seen by all
 * (security.md; 精神卫生法4, 社区矫正法54). Its class follows from the tag and the kind of disability. A tag that turns out to be one of
 * those moves out of sight of the others; there is no way back, because its history would come into sight with it: end it and set
 * another.
 */
import { choice } from '../../core/field/choice.ts';
import { date } from '../../core/field/date.ts';
import { reference } from '../../core/field/reference.ts';
import { text } from '../../core/field/text.ts';
import { defineEntity } from '../../core/entity.ts';
import { isAbsent, type Values } from '../../core/field/base.ts';
import { careTags, disabilityGrades, disabilityKinds, tagSources } from './care-tags.ts';

const RESTRICTED: ReadonlySet<unknown> = new Set(['mental', 'correction', 'reentry', 'rehabilitation']);
const isRestricted = ({ tag, disabilityKind }: Values): boolean =>
  RESTRICTED.has(tag) || disabilityKind === 'mind';

export const careTag = defineEntity('careTag', {
  label: { zh: '关爱标签', en: 'Care tags' },
  one: { zh: '一个关爱标签', en: 'a care tag' },
  scope: {
    class: (values) => (isRestricted(values) ? 'careRestricted' : 'residents'),
    level: 'committee',
  },
  place: 'related',
  fields: {
    resident: reference({ zh: '居民', en: 'Resident' }, 'resident', { required: true, fixed: true }),
    tag: choice({ zh: '标签', en: 'Tag' }, careTags, {
      required: true,
      help: {
        zh: '矫正、帮教、戒毒、精神类只有专人看得到，改成这几类后不能再改回',
        en: 'Some are read by the care worker only, and stay so',
      },
    }),
    source: choice({ zh: '来源', en: 'Source' }, tagSources, { required: true }),
    from: date({ zh: '开始日期', en: 'From' }, { required: true, notAfterToday: true }),
    to: date({ zh: '结束日期', en: 'To' }),
    confirmer: reference({ zh: '核实人', en: 'Confirmed by' }, 'person'),
    disabilityKind: choice({ zh: '残疾类别', en: 'Kind of disability' }, disabilityKinds, {
      sensitive: true,
      help: {
        zh: '残疾人才填；精神残疾只有专人看得到',
        en: 'Disabled people only; mental: the care worker only',
      },
    }),
    disabilityGrade: choice({ zh: '残疾等级', en: 'Grade' }, disabilityGrades, { sensitive: true }),
    note: text({ zh: '说明', en: 'Note' }, { multiline: true, max: 300, merge: 'ask', sensitive: true }),
  },
  title: ({ tag }) =>
    tag !== undefined && Object.hasOwn(careTags, tag) ? careTags[tag as keyof typeof careTags].zh : '',
  sections: [
    {
      label: { zh: '关爱标签', en: 'Care tag' },
      fields: [
        'resident',
        'tag',
        'disabilityKind',
        'disabilityGrade',
        'source',
        'from',
        'to',
        'confirmer',
        'note',
      ],
    },
  ],
  list: {
    columns: ['resident', 'tag', 'source', 'from', 'to'],
    filters: ['tag'],
    sort: { field: 'from', descending: true },
  },
  access: {
    create: ['socialWorker', 'careWorker', 'committeeSecretary'],
    change: ['socialWorker', 'careWorker', 'committeeSecretary'],
  },
  rules: [
    {
      id: 'careTag.dates',
      check: ({ after }) =>
        !isAbsent(after['to']) && String(after['to']) < String(after['from'])
          ? { code: 'dateOrder', field: 'to' }
          : undefined,
    },
    {
      id: 'careTag.restricted',
      check: ({ before, after }) =>
        before && isRestricted(before) && !isRestricted(after)
          ? { code: 'fixed', field: RESTRICTED.has(before['tag']) ? 'tag' : 'disabilityKind' }
          : undefined,
    },
    {
      id: 'careTag.disability',
      check: ({ after }) => {
        const stray = ['disabilityKind', 'disabilityGrade'].find((field) => !isAbsent(after[field]));
        return stray !== undefined && after['tag'] !== 'disabled'
          ? { code: 'notYet', field: stray, details: { what: '标签是“残疾人”才填' } }
          : undefined;
      },
    },
  ],
  sample: ({ source, today, reference: find, author }) => ({
    values: {
      resident: find('resident') ?? { id: `resident_${'0'.repeat(26)}`, title: '王伟' },
      // Only tags that the ordinary worker may set: need-to-know ones are made by name in the town.
      tag: source.pick([
        'livesAlone',
        'livesAlone',
        'allElderly',
        'aged',
        'disabled',
        'minimumAllowance',
        'majorIllness',
        'veteran',
      ]),
      source: source.pick(['visit', 'self', 'street']),
      from: `${Number(today.slice(0, 4)) - 1}-0${1 + source.whole(9)}-1${source.whole(10)}`,
      confirmer: author,
      ...(source.chance(0.5) && { note: source.pick(NOTES) }),
    },
  }),
});

const NOTES = [
  '子女在外地，每周二、周五电话问候。',
  '独居，备用钥匙放在楼组长处，家属已同意。',
  '行动不便，配药请志愿者代取。',
  '医保和补贴手续已帮办，下次年审注意提前提醒。',
];
