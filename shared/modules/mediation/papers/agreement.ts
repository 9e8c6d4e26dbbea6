/** 人民调解协议书 and 人民调解口头协议登记表: 调解法29's three parts, then who signs (mediation.md §6). */
import type { DocumentBlock, DocumentDeclaration } from '../../../core/document.ts';
import { isAbsent, type Values } from '../../../core/field/base.ts';
import type { RecordState } from '../../../core/record.ts';
import type { Label } from '../../../core/label.ts';
import { amountOf, termsOf } from '../agreement.ts';
import { fields } from '../fields.ts';
import {
  committeeOf,
  dateLine,
  dayOf,
  dayOfPaper,
  emptyOnes,
  namesOf,
  numberOf,
  paragraphs,
  section,
  textOf,
  yuan,
} from './paper.ts';
import { partyNames } from '../parties.ts';
import { partyBlocks, partyPlaces } from './party-block.ts';

const WRITTEN = '人民调解协议书';
const ORAL = '人民调解口头协议登记表';

function performance(values: Values): readonly DocumentBlock[] {
  const terms = termsOf(values);
  return [
    { kind: 'heading', text: '履行方式、时限' },
    ...paragraphs(values['performanceMethod']),
    ...(terms.length === 0
      ? []
      : [
          {
            kind: 'table',
            columns: ['序号', '履行事项', '金额', '期限'],
            rows: terms.map(({ what, amount, dueOn }, index) => [
              String(index + 1),
              what ?? '',
              yuan(amount),
              dayOf(dueOn),
            ]),
          } as const,
        ]),
  ];
}

const ASKED = {
  agreedOn: fields.agreedOn.label,
  facts: fields.facts.label,
  content: fields.content.label,
  mediators: fields.mediators.label,
};

const SIGNED = {
  partiesSignedOn: fields.partiesSignedOn.label,
  mediatorSignedOn: fields.mediatorSignedOn.label,
  sealedOn: fields.sealedOn.label,
};

/** Without a way and a day of performance a court will not confirm it (民诉法解释358: 内容明确). */
const unclear = ({ values }: RecordState): readonly Label[] =>
  textOf(values['performanceMethod']) === '' && termsOf(values).length === 0
    ? [{ zh: '履行方式、时限', en: 'Way and time limit of performance' }]
    : [];

/** A copy for each party and one that the committee keeps (调解法29). */
const copiesNeeded = (values: Values): number => Math.max(2, partyNames(values).length) + 1;

const tooFewCopies = ({ values }: RecordState): readonly Label[] => {
  const needed = copiesNeeded(values);
  return typeof values['copies'] === 'number' && values['copies'] < needed
    ? [{ zh: `协议份数要有${needed}份`, en: `${needed} copies` }]
    : [];
};

/** In that form, or still open while they talk. */
const isAgreeing = (values: Values, form: 'written' | 'oral'): boolean =>
  isAbsent(values['agreementForm']) ? values['stage'] === 'mediating' : values['agreementForm'] === form;

export const agreementPaper: DocumentDeclaration = {
  label: { zh: WRITTEN, en: 'Written agreement' },
  applies: ({ values }) => isAgreeing(values, 'written'),
  missing: (record) => [
    ...emptyOnes(record.values, { ...ASKED, ...SIGNED }),
    ...unclear(record),
    ...tooFewCopies(record),
  ],
  build: (given) => {
    const { values } = given.record;
    const copies = typeof values['copies'] === 'number' ? values['copies'] : copiesNeeded(values);
    return {
      name: WRITTEN,
      blocks: [
        { kind: 'title', text: WRITTEN },
        { kind: 'number', text: numberOf(values) },
        ...partyBlocks(values, dayOfPaper(given)),
        ...section('纠纷主要事实、争议事项', values['facts'] ?? values['subject']),
        ...section('经调解，自愿达成如下协议', values['content']),
        ...performance(values),
        {
          kind: 'paragraph',
          text: `本协议一式${copies}份，当事人、人民调解委员会各持一份。`,
        },
        { kind: 'line', label: '人民调解员', value: namesOf(values['mediators']) },
        {
          kind: 'signatures',
          places: [
            ...partyPlaces(values, '当事人（签名盖章或按指印）'),
            '人民调解员（签名）',
            '记录人（签名）',
            `${committeeOf(given)}（印章）`,
          ],
        },
        dateLine(values['agreedOn']),
      ],
    };
  },
};

export const oralAgreementPaper: DocumentDeclaration = {
  label: { zh: ORAL, en: 'Register of an oral agreement' },
  applies: ({ values }) => isAgreeing(values, 'oral'),
  missing: (record) => [...emptyOnes(record.values, ASKED), ...unclear(record)],
  build: (given) => {
    const { values } = given.record;
    return {
      name: ORAL,
      blocks: [
        { kind: 'title', text: ORAL },
        { kind: 'number', text: numberOf(values) },
        ...partyBlocks(values, dayOfPaper(given)),
        ...section('纠纷主要事实、争议事项', values['facts'] ?? values['subject']),
        ...section('协议内容', values['content']),
        ...performance(values),
        { kind: 'line', label: '调解协议涉及金额', value: yuan(amountOf(values)) },
        { kind: 'line', label: '人民调解员', value: namesOf(values['mediators']) },
        { kind: 'signatures', places: ['人民调解员（签名）', `${committeeOf(given)}（印章）`] },
        dateLine(values['agreedOn']),
      ],
    };
  },
};
