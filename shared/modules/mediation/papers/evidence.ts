/** 证据材料: the list in front of the evidence itself (mediation.md §6). */
import type { DocumentDeclaration } from '../../../core/document.ts';
import { fields } from '../fields.ts';
import type { Values } from '../../../core/field/base.ts';
import { emptyOnes, numberOf, padded, textOf } from './paper.ts';

const NAME = '证据材料';

const piecesOf = (values: Values): readonly Values[] =>
  (values['evidence'] as readonly Values[] | undefined) ?? [];

export const evidencePaper: DocumentDeclaration = {
  label: { zh: NAME, en: 'List of evidence' },
  applies: ({ values }) => piecesOf(values).length > 0,
  missing: ({ values }) => emptyOnes(values, { evidence: fields.evidence.label }),
  build: ({ record: { values } }) => ({
    name: NAME,
    blocks: [
      { kind: 'title', text: NAME },
      { kind: 'number', text: numberOf(values) },
      {
        kind: 'table',
        columns: ['序号', '名称', '来源', '页数'],
        rows: padded(
          piecesOf(values).map(({ name, source, pages }, index) => [
            String(index + 1),
            textOf(name),
            textOf(source),
            textOf(pages),
          ]),
          8,
          4,
        ),
      },
    ],
  }),
};
