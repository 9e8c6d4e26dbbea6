/** 当事人身份证明核对记录: which paper each party showed, who looked at it and when (mediation.md §6). */
import type { DocumentDeclaration } from '../../../core/document.ts';
import { fields } from '../fields.ts';
import { documentsOf } from '../parties.ts';
import { dayOf, emptyOnes, hasBegun, nameOf, numberOf, padded } from './paper.ts';

const NAME = '当事人身份证明核对记录';

export const identityCheckPaper: DocumentDeclaration = {
  label: { zh: NAME, en: 'Check of the parties’ identity' },
  applies: ({ values }) => hasBegun(values),
  missing: ({ values }) => [
    ...emptyOnes(values, {
      identitiesCheckedBy: fields.identitiesCheckedBy.label,
      identitiesCheckedOn: fields.identitiesCheckedOn.label,
    }),
    ...documentsOf(values)
      .filter(({ number }) => number === '')
      .map(({ name }) => ({ zh: `${name}的证件号码`, en: `Document number of ${name}` })),
  ],
  build: ({ record: { values } }) => ({
    name: NAME,
    blocks: [
      { kind: 'title', text: NAME },
      { kind: 'number', text: numberOf(values) },
      {
        kind: 'table',
        columns: ['序号', '当事人', '证件类型', '证件号码'],
        rows: padded(
          documentsOf(values).map(({ name, type, number }, index) => [String(index + 1), name, type, number]),
          2,
          4,
        ),
      },
      { kind: 'paragraph', text: '以上证件已与原件核对，人证相符。' },
      { kind: 'line', label: '核对人', value: nameOf(values['identitiesCheckedBy']) },
      { kind: 'line', label: '核对日期', value: dayOf(values['identitiesCheckedOn']) },
      { kind: 'signatures', places: ['核对人（签名）'] },
    ],
  }),
};
