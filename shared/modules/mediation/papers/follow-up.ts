/** 人民调解回访记录, a sheet for every visit (mediation.md §6). */
import type { DocumentBlock, DocumentDeclaration, DocumentGiven } from '../../../core/document.ts';
import type { Values } from '../../../core/field/base.ts';
import { hasAgreement } from '../agreement.ts';
import { performances } from '../dispute-lists.ts';
import { fields } from '../fields.ts';
import { partyNames } from '../parties.ts';
import {
  committeeOf,
  dateLine,
  dayOf,
  emptyOnes,
  entriesOf,
  inSheets,
  labelOf,
  numberOf,
  section,
  textOf,
} from './paper.ts';

const NAME = '人民调解回访记录';

const yes = (value: unknown, whenTrue: string, whenFalse: string): string =>
  value === true ? whenTrue : value === false ? whenFalse : '';

interface Visit {
  readonly values: Values;
  readonly visitor: string;
}

function visitSheet(given: DocumentGiven, { values: visit, visitor }: Visit): readonly DocumentBlock[] {
  const { values } = given.record;
  return [
    { kind: 'title', text: NAME },
    { kind: 'line', label: '当事人', value: partyNames(values).join('、') },
    { kind: 'line', label: '调解协议编号', value: numberOf(values) },
    { kind: 'line', label: '回访事由', value: textOf(visit['reason']) },
    { kind: 'line', label: '回访时间', value: dayOf(visit['visitedOn']) },
    ...section('回访情况', visit['situation']),
    { kind: 'line', label: '是否满意', value: yes(visit['satisfied'], '满意', '不满意') },
    { kind: 'line', label: '有无激化隐患', value: yes(visit['escalating'], '有', '无') },
    { kind: 'line', label: '措施', value: textOf(visit['measures']) },
    {
      kind: 'line',
      label: '协议履行情况',
      value: labelOf(performances, values['performance']),
    },
    { kind: 'line', label: '回访人', value: visitor },
    { kind: 'signatures', places: ['回访人（签名）', committeeOf(given)] },
    dateLine(visit['visitedOn']),
  ];
}

export const followUpPaper: DocumentDeclaration = {
  label: { zh: NAME, en: 'Follow-up record' },
  applies: ({ values }) => hasAgreement(values),
  missing: ({ values }) =>
    emptyOnes(values, { followUps: fields.followUps.label, agreedOn: fields.agreedOn.label }),
  build: (given) => {
    const visits = entriesOf(given.record.values, 'followUps').map(({ by, values }) => ({
      values,
      visitor: given.personName(by),
    }));
    const nobody = { values: {}, visitor: '' };
    return {
      name: NAME,
      blocks: inSheets((visits.length > 0 ? visits : [nobody]).map((visit) => visitSheet(given, visit))),
    };
  },
};
