/**
 * 司法确认申请书: both sides ask together (调解法33, 民事诉讼法205). Its annexes are those of 民诉法解释354; the promise is the one that
 * the courts' own form asks for.
 */
import type { DocumentBlock, DocumentDeclaration, DocumentGiven } from '../../../core/document.ts';
import type { Values } from '../../../core/field/base.ts';
import type { Label } from '../../../core/label.ts';
import { printAddress, type Address } from '../../../core/address.ts';
import { nations } from '../../../core/code-sets/nations.ts';
import { sexes } from '../../../core/code-sets/sexes.ts';
import { effectiveDay, hasAgreement } from '../agreement.ts';
import { fields } from '../fields.ts';
import { agentsOf, documentOf, partiesOf, partyNames, phonesOf, type Party } from '../parties.ts';
import { committeeOf, dateLine, dayOf, emptyOnes, labelOf, numberOf, paragraphs, textOf } from './paper.ts';
import { organisationBlock, partyPlaces } from './party-block.ts';

const NAME = '司法确认申请书';

const ANNEXES = [
  '调解协议',
  '人民调解委员会主持调解的证明',
  '与调解协议相关的财产权利证明',
  '双方当事人的身份、住所、联系方式等材料',
];

function applicantBlock({ reference, organisation }: Party): DocumentBlock {
  if (organisation) return organisationBlock('申请人', organisation);
  const kept = reference?.kept ?? {};
  const { name, sex, birthday, nation, occupation, address } = kept;
  return {
    kind: 'block',
    label: '申请人',
    items: [
      { label: '姓名', value: textOf(name) || (reference?.title ?? '') },
      { label: '性别', value: labelOf(sexes, sex) },
      { label: '出生日期', value: dayOf(birthday) },
      { label: '民族', value: labelOf(nations, nation) },
      { label: '职业', value: textOf(occupation) },
      { label: '住址', value: address ? printAddress(address as Address) : '' },
      { label: '证件号', value: documentOf(reference).number },
      { label: '电话', value: phonesOf(reference).join('、') },
      { label: '送达地址', value: address ? printAddress(address as Address) : '' },
    ],
  };
}

const agentsLine = (values: Values): string =>
  agentsOf(values)
    .map(({ name, principal }) => `${textOf(name)}（代${textOf(principal)}）`)
    .join('、');

function reasons({ values }: { readonly values: Values }, committee: string): readonly DocumentBlock[] {
  const effective = dayOf(effectiveDay(values)) || '    年    月    日';
  return [
    { kind: 'heading', text: '事实与理由' },
    ...paragraphs(values['facts'] ?? values['subject']),
    {
      kind: 'paragraph',
      text: `经${committee}主持调解，双方自愿达成调解协议，协议自${effective}起生效。现双方根据《中华人民共和国人民调解法》第三十三条、《中华人民共和国民事诉讼法》第二百零五条的规定，共同申请司法确认。`,
    },
  ];
}

/** 民诉法解释355: the court takes neither status nor ownership, so somebody has to have looked. */
function barred({ confirmable }: Values): readonly Label[] {
  if (confirmable === true) return [];
  return confirmable === false
    ? [{ zh: '法院不受理身份关系、权属的确认', en: 'The court takes neither status nor ownership' }]
    : [{ zh: '核对是否涉及身份关系、权属', en: 'A look at whether status or ownership is in question' }];
}

export const courtConfirmationPaper: DocumentDeclaration = {
  label: { zh: NAME, en: 'Application for court confirmation' },
  applies: ({ values }) => hasAgreement(values) && values['confirmation'] !== 'notWanted',
  missing: ({ values }) => [
    ...emptyOnes(values, {
      agreedOn: fields.agreedOn.label,
      facts: fields.facts.label,
      court: fields.court.label,
    }),
    ...barred(values),
    ...partiesOf(values)
      .filter(({ reference }) => reference && documentOf(reference).number === '')
      .map(({ name }) => ({ zh: `${name}的证件号码`, en: `Document number of ${name}` })),
  ],
  build: (given: DocumentGiven) => {
    const { values } = given.record;
    const committee = committeeOf(given);
    const agreed = dayOf(values['agreedOn']) || '    年    月    日';
    const parties = partiesOf(values);
    return {
      name: NAME,
      blocks: [
        { kind: 'title', text: NAME },
        ...(parties.length > 0 ? parties : [{ name: '' }, { name: '' }]).map(applicantBlock),
        { kind: 'line', label: '委托代理人', value: agentsLine(values) },
        { kind: 'heading', text: '申请事项' },
        {
          kind: 'paragraph',
          text: `请求依法确认${partyNames(values).join('、')}于${agreed}经${committee}主持调解达成的${numberOf(values)}调解协议有效。`,
        },
        ...reasons(given.record, committee),
        { kind: 'heading', text: '承诺' },
        {
          kind: 'paragraph',
          text: '申请人出于解决纠纷的目的自愿达成协议，没有恶意串通、规避法律的行为；如果因为该协议内容而给他人造成损害的，愿意承担相应的民事责任和其他法律责任。',
        },
        { kind: 'heading', text: '附件' },
        { kind: 'list', items: ANNEXES },
        { kind: 'line', label: '此致', value: textOf(values['court']) || '              人民法院' },
        { kind: 'signatures', places: partyPlaces(values, '申请人（签名盖章或按指印）') },
        dateLine(values['confirmationAppliedOn']),
      ],
    };
  },
};
