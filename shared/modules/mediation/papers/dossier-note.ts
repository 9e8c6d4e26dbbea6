/** 卷宗情况说明 and 封底, the last two sheets of a dossier (mediation.md §6). */
import type { DocumentDeclaration } from '../../../core/document.ts';
import { fields } from '../fields.ts';
import { dateLine, dayOf, emptyOnes, isEnding, nameOf, paragraphs, textOf } from './paper.ts';

export const dossierNotePaper: DocumentDeclaration = {
  label: { zh: '卷宗情况说明', en: 'Note on the dossier' },
  applies: ({ values }) => isEnding(values),
  missing: ({ values }) =>
    emptyOnes(values, {
      dossierNote: fields.dossierNote.label,
      filedBy: fields.filedBy.label,
      filedOn: fields.filedOn.label,
    }),
  build: ({ record: { values } }) => ({
    name: '卷宗情况说明',
    blocks: [
      { kind: 'title', text: '卷宗情况说明' },
      ...paragraphs(values['dossierNote']),
      { kind: 'line', label: '立卷人', value: nameOf(values['filedBy']) },
      { kind: 'line', label: '检查人', value: nameOf(values['inspectedBy']) },
      dateLine(values['filedOn']),
    ],
  }),
};

export const backCoverPaper: DocumentDeclaration = {
  label: { zh: '封底', en: 'Back cover' },
  applies: ({ values }) => isEnding(values),
  missing: ({ values }) =>
    emptyOnes(values, {
      pages: fields.pages.label,
      filedBy: fields.filedBy.label,
      filedOn: fields.filedOn.label,
    }),
  build: ({ record: { values } }) => ({
    name: '封底',
    blocks: [
      { kind: 'title', text: '封底' },
      { kind: 'paragraph', text: `本卷共${textOf(values['pages']) || '        '}页` },
      { kind: 'line', label: '立卷人', value: nameOf(values['filedBy']) },
      { kind: 'line', label: '立卷时间', value: dayOf(values['filedOn']) },
    ],
  }),
};
