/** 履行凭证: what was done or paid, and who received it (mediation.md §6; needed for 治安管理处罚法9). */
import type { DocumentBlock, DocumentDeclaration } from '../../../core/document.ts';
import { hasAgreement, termsOf, type Term } from '../agreement.ts';
import { fields } from '../fields.ts';
import { dayOf, emptyOnes, numberOf, textOf, yuan } from './paper.ts';

const NAME = '履行凭证';

const termBlocks = ({ what = '', amount, doneOn }: Term): readonly DocumentBlock[] => [
  { kind: 'line', label: '履行内容', value: what },
  { kind: 'line', label: '金额', value: yuan(amount) },
  { kind: 'line', label: '日期', value: dayOf(doneOn) },
  { kind: 'signatures', places: ['收款人或接收人（签名）'] },
];

export const performanceProofPaper: DocumentDeclaration = {
  label: { zh: NAME, en: 'Proof of performance' },
  applies: ({ values }) => hasAgreement(values),
  missing: ({ values }) => [
    ...emptyOnes(values, { performanceProof: fields.performanceProof.label }),
    ...termsOf(values)
      .filter(({ doneOn }) => doneOn === undefined)
      .map(({ what = '' }) => ({ zh: `“${what}”的完成日期`, en: `Day on which “${what}” was done` })),
  ],
  build: ({ record: { values } }) => {
    const terms = termsOf(values);
    return {
      name: NAME,
      blocks: [
        { kind: 'title', text: NAME },
        { kind: 'line', label: '协议编号', value: numberOf(values) },
        ...(terms.length > 0 ? terms : [{}]).flatMap(termBlocks),
        { kind: 'line', label: '附件', value: textOf(values['performanceProof']) },
      ],
    };
  },
};
