/** 人民调解受理登记表 (mediation.md §6). */
import type { DocumentDeclaration } from '../../../core/document.ts';
import { disputeTypes } from '../dispute-lists.ts';
import { fields } from '../fields.ts';
import { committeeOf, dateLine, dayOf, emptyOnes, hasBegun, labelOf, numberOf, section } from './paper.ts';
import { partyNames } from '../parties.ts';
import { partyPlaces } from './party-block.ts';

const NAME = '人民调解受理登记表';

export const acceptancePaper: DocumentDeclaration = {
  label: { zh: NAME, en: 'Registration form' },
  applies: ({ values }) => hasBegun(values),
  missing: ({ values }) =>
    emptyOnes(values, {
      acceptedOn: fields.acceptedOn.label,
      partiesConsented: fields.partiesConsented.label,
    }),
  build: (given) => {
    const { values } = given.record;
    const isProactive = values['source'] === 'proactive';
    const day = dayOf(values['acceptedOn']) || '    年    月    日';
    return {
      name: NAME,
      blocks: [
        { kind: 'title', text: NAME },
        { kind: 'number', text: numberOf(values) },
        {
          kind: 'paragraph',
          text: `${day}，${isProactive ? '人民调解委员会主动调解' : '依当事人申请'}，经当事人同意，调解${partyNames(values).join('、') || '            '}之间的纠纷。`,
        },
        {
          kind: 'line',
          label: '纠纷类型',
          value: labelOf(disputeTypes, values['disputeType']),
        },
        {
          kind: 'line',
          label: '案件来源',
          value: `${isProactive ? '□' : '☑'}①当事人申请  ${isProactive ? '☑' : '□'}②人民调解委员会主动调解`,
        },
        ...section('纠纷简要情况', values['subject']),
        {
          kind: 'signatures',
          places: [
            ...partyPlaces(values, '当事人（签名）'),
            '登记人（签名）',
            `${committeeOf(given)}（印章）`,
          ],
        },
        dateLine(values['acceptedOn']),
        { kind: 'line', label: '备注', value: '此表由人民调解委员会填写' },
      ],
    };
  },
};
