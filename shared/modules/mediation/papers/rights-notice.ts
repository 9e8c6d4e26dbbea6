/** 权利义务告知书: the words of 人民调解法23 and 24, then what 规定30 wants explained (mediation.md §1, §6). */
import type { DocumentDeclaration } from '../../../core/document.ts';
import { fields } from '../fields.ts';
import { partyNames } from '../parties.ts';
import { emptyOnes, hasBegun, minuteOf, namesOf, numberOf } from './paper.ts';
import { partyPlaces } from './party-block.ts';

const NAME = '人民调解权利义务告知书';

/** 人民调解法23. */
const RIGHTS = [
  '选择或者接受人民调解员；',
  '接受调解、拒绝调解或者要求终止调解；',
  '要求调解公开进行或者不公开进行；',
  '自主表达意愿、自愿达成调解协议。',
];

/** 人民调解法24. */
const DUTIES = ['如实陈述纠纷事实；', '遵守调解现场秩序，尊重人民调解员；', '尊重对方当事人行使权利。'];

/** 人民调解法3, 4, 31 and 33. */
const EXPLAINED = [
  '自愿：调解在当事人自愿、平等的基础上进行，一方明确拒绝调解的，不再调解；不因调解而阻止当事人依法通过仲裁、行政、司法等途径维护自己的权利。',
  '免费：人民调解委员会调解民间纠纷，不收取任何费用。',
  '效力：经人民调解委员会调解达成的调解协议，具有法律约束力，当事人应当按照约定履行。',
  '司法确认：双方当事人认为有必要的，可以自调解协议生效之日起三十日内共同向人民法院申请司法确认。',
];

export const rightsNoticePaper: DocumentDeclaration = {
  label: { zh: NAME, en: 'Notice of rights and duties' },
  applies: ({ values }) => hasBegun(values),
  missing: ({ values }) =>
    emptyOnes(values, { mediators: fields.mediators.label, rightsInformedAt: fields.rightsInformedAt.label }),
  build: ({ record: { values } }) => ({
    name: NAME,
    blocks: [
      { kind: 'title', text: NAME },
      { kind: 'number', text: numberOf(values) },
      { kind: 'line', label: '当事人', value: partyNames(values).join('、') },
      { kind: 'heading', text: '当事人的权利（《中华人民共和国人民调解法》第二十三条）' },
      { kind: 'list', items: RIGHTS },
      { kind: 'heading', text: '当事人的义务（《中华人民共和国人民调解法》第二十四条）' },
      { kind: 'list', items: DUTIES },
      { kind: 'heading', text: '调解前请知道' },
      { kind: 'list', items: EXPLAINED },
      { kind: 'line', label: '告知人', value: namesOf(values['mediators']) },
      { kind: 'line', label: '告知时间', value: minuteOf(values['rightsInformedAt']) },
      { kind: 'paragraph', text: '以上内容已经听清楚、看明白。' },
      { kind: 'signatures', places: partyPlaces(values, '当事人（签名）') },
    ],
  }),
};
