/** 人民调解记录, one after the other, a heading a session (mediation.md §6). */
import type { DocumentBlock, DocumentDeclaration, DocumentGiven } from '../../../core/document.ts';
import type { Values } from '../../../core/field/base.ts';
import type { Entry } from '../../../core/field/rows.ts';
import { showMinute } from '../../../core/format.ts';
import { fields } from '../fields.ts';
import { disputeTypes } from '../dispute-lists.ts';
import { sessionResults } from '../logs.ts';
import { emptyOnes, labelOf, namesOf, numberOf, section, textOf } from './paper.ts';
import { partyNames } from './party-block.ts';

const NAME = '人民调解记录';

const entriesOf = (values: Values): readonly Entry[] =>
  (values['sessions'] as readonly Entry[] | undefined) ?? [];
/** What a later entry corrects is not printed; it stays readable in the record. */
const printed = (entries: readonly Entry[]): readonly Entry[] => {
  const corrected = new Set(entries.flatMap(({ corrects }) => corrects ?? []));
  return entries.filter(({ id }) => !corrected.has(id));
};

function sessionBlocks(
  given: DocumentGiven,
  entry: Entry,
  ordinal: number,
  count: number,
): readonly DocumentBlock[] {
  const { values } = given.record;
  const session = entry.values;
  const result = labelOf(sessionResults, session['result']);
  const told = session['rightsInformed'] === true ? '已向各方当事人告知权利义务，各方表示清楚。' : '';
  const outcome = `${result === '' ? '' : `${result}。`}${textOf(session['outcome'])}`;
  return [
    ...(count > 1 ? [{ kind: 'heading', text: `第${ordinal}次调解` } as const] : []),
    { kind: 'line', label: '时间', value: showMinute(textOf(session['heldAt']), 'zh') },
    { kind: 'line', label: '地点', value: textOf(session['place']) },
    {
      kind: 'line',
      label: '事由',
      value: labelOf(disputeTypes, values['disputeType']),
    },
    { kind: 'line', label: '参加人', value: textOf(session['participants']) },
    { kind: 'line', label: '当事人', value: partyNames(values).join('、') },
    { kind: 'line', label: '调解员', value: namesOf(values['mediators']) },
    { kind: 'line', label: '记录人', value: given.personName(entry.by) },
    { kind: 'line', label: '告知权利义务', value: told },
    ...section('双方陈述', session['statements']),
    ...section('核实与质证', session['verification']),
    ...section('协议内容或不成原因及救济途径告知', outcome),
    { kind: 'signatures', places: ['当事人（签名）', '参加人（签名）', '调解员（签名）', '记录人（签名）'] },
  ];
}

export const sessionsPaper: DocumentDeclaration = {
  label: { zh: NAME, en: 'Record of mediation' },
  missing: ({ values }) =>
    emptyOnes(values, { sessions: fields.sessions.label, mediators: fields.mediators.label }),
  build: (given) => {
    const { values } = given.record;
    const sessions = printed(entriesOf(values));
    return {
      name: NAME,
      blocks: [
        { kind: 'title', text: NAME },
        { kind: 'number', text: numberOf(values) },
        ...sessions.flatMap((entry, index) => sessionBlocks(given, entry, index + 1, sessions.length)),
      ],
    };
  },
};
