/** 人民调解申请书: who asks, whom it concerns, what for (mediation.md §6). */
import type { DocumentDeclaration } from '../../../core/document.ts';
import { fields } from '../fields.ts';
import { sidesOf } from '../parties.ts';
import { dateLine, dayOfPaper, emptyOnes, hasBegun, numbered, section } from './paper.ts';
import { blocksOf, places } from './party-block.ts';

const NAME = '人民调解申请书';

export const applicationPaper: DocumentDeclaration = {
  label: { zh: NAME, en: 'Application for mediation' },
  applies: ({ values }) => hasBegun(values) && values['source'] === 'application',
  missing: ({ values }) =>
    emptyOnes(values, { subject: fields.subject.label, requests: fields.requests.label }),
  build: (given) => {
    const { values } = given.record;
    const { applicants, respondents } = sidesOf(values);
    const day = dayOfPaper(given);
    return {
      name: NAME,
      blocks: [
        { kind: 'title', text: NAME },
        ...blocksOf('申请人', applicants, day),
        ...blocksOf('被申请人', respondents, day),
        ...section('纠纷简要情况', values['subject']),
        { kind: 'heading', text: '当事人申请事项' },
        { kind: 'list', items: numbered(values['requests'], 3) },
        {
          kind: 'paragraph',
          text: '人民调解委员会已将申请人民调解的相关规定告知我，现自愿申请人民调解委员会进行调解。',
        },
        { kind: 'signatures', places: places('申请人（签名盖章或按指印）', applicants.length, 1) },
        dateLine(undefined),
      ],
    };
  },
};
