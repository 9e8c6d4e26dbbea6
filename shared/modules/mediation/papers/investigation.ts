/** 人民调解调查记录, a sheet for every time somebody was asked (mediation.md §6). */
import type { DocumentBlock, DocumentDeclaration, DocumentGiven } from '../../../core/document.ts';
import type { Values } from '../../../core/field/base.ts';
import { partiesOf } from '../parties.ts';
import { dayOfPaper, entriesOf, inSheets, minuteOf, numberOf, orBlank, section, textOf } from './paper.ts';
import { blocksOf, strangerBlock } from './party-block.ts';

const NAME = '人民调解调查记录';

function investigationSheet(given: DocumentGiven, told: Values): readonly DocumentBlock[] {
  const { values } = given.record;
  const asked = textOf(told['asked']).trim();
  const known = partiesOf(values).filter(({ name }) => name === asked);
  return [
    { kind: 'title', text: NAME },
    { kind: 'number', text: numberOf(values) },
    { kind: 'line', label: '时间', value: minuteOf(told['heldAt']) },
    { kind: 'line', label: '地点', value: textOf(told['place']) },
    { kind: 'line', label: '参加人', value: textOf(told['participants']) },
    ...(known.length > 0
      ? blocksOf('被调查人', known, dayOfPaper(given))
      : [strangerBlock('被调查人', { name: asked })]),
    ...section('记录', told['content']),
    { kind: 'signatures', places: ['被调查人（签名）', '调查人（签名）', '记录人（签名）'] },
  ];
}

export const investigationPaper: DocumentDeclaration = {
  label: { zh: NAME, en: 'Record of investigation' },
  applies: ({ values }) =>
    entriesOf(values, 'investigations').length > 0 || values['stage'] === 'investigating',
  missing: ({ values }) =>
    entriesOf(values, 'investigations').length > 0
      ? []
      : [{ zh: '调查记录', en: 'An investigation on record' }],
  build: (given) => ({
    name: NAME,
    blocks: inSheets(
      orBlank(entriesOf(given.record.values, 'investigations').map(({ values }) => values)).map((told) =>
        investigationSheet(given, told),
      ),
    ),
  }),
};
