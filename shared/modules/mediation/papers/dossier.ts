/** 卷宗封面 and 卷内目录 (mediation.md §6). */
import type { DocumentDeclaration } from '../../../core/document.ts';
import { isAbsent, type Values } from '../../../core/field/base.ts';
import type { Entry } from '../../../core/field/rows.ts';
import { disputeTypes, retentions } from '../dispute-lists.ts';
import { dossierOf, missingItems } from '../dossier.ts';
import { fields } from '../fields.ts';
import {
  committeeOf,
  dayOf,
  emptyOnes,
  hasBegun,
  isEnding,
  labelOf,
  nameOf,
  namesOf,
  numberOf,
  textOf,
} from './paper.ts';
import { partyNames } from '../parties.ts';

/** From acceptance to the last session, or to the agreement. */
function span(values: Values): string {
  const sessions = (values['sessions'] as readonly Entry[] | undefined) ?? [];
  const days = sessions.map((entry) => textOf(entry.values['heldAt']).slice(0, 10));
  const last = [...days, textOf(values['agreedOn'])]
    .filter((day) => day !== '')
    .sort()
    .at(-1);
  return isAbsent(values['acceptedOn']) ? '' : `${dayOf(values['acceptedOn'])}至${dayOf(last)}`;
}

export const coverPaper: DocumentDeclaration = {
  label: { zh: '调解卷宗封面', en: 'Cover of the dossier' },
  applies: ({ values }) => isEnding(values),
  missing: ({ values }) =>
    emptyOnes(values, {
      filedOn: fields.filedOn.label,
      filedBy: fields.filedBy.label,
      retention: fields.retention.label,
    }),
  build: (given) => {
    const { values } = given.record;
    return {
      name: '调解卷宗封面',
      blocks: [
        { kind: 'title', text: committeeOf(given) },
        {
          kind: 'line',
          label: '卷名',
          value: `${partyNames(values).join('、')}${labelOf(disputeTypes, values['disputeType'])}`,
        },
        { kind: 'line', label: '卷号', value: numberOf(values) },
        { kind: 'line', label: '人民调解员', value: namesOf(values['mediators']) },
        { kind: 'line', label: '调解日期', value: span(values) },
        { kind: 'line', label: '立卷人', value: nameOf(values['filedBy']) },
        { kind: 'line', label: '立卷日期', value: dayOf(values['filedOn']) },
        {
          kind: 'line',
          label: '保管期限',
          value: labelOf(retentions, values['retention']),
        },
        { kind: 'line', label: '备注', value: '' },
      ],
    };
  },
};

export const contentsPaper: DocumentDeclaration = {
  label: { zh: '卷内目录', en: 'Contents of the dossier' },
  applies: ({ values }) => hasBegun(values) && values['stage'] !== 'registered',
  missing: ({ values }) => missingItems(values),
  build: ({ record }) => ({
    name: '卷内目录',
    blocks: [
      { kind: 'title', text: '卷内目录' },
      { kind: 'number', text: numberOf(record.values) },
      {
        kind: 'table',
        columns: ['序号', '文书名称', '页号', '备注'],
        rows: dossierOf(record.values).map(({ zh, isRequired, isThere }, index) => [
          String(index + 1),
          zh,
          '',
          `${isRequired ? '必须' : '按需'}${isThere ? '，已有' : isRequired ? '，还缺' : ''}`,
        ]),
      },
    ],
  }),
};
