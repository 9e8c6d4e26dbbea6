/** 人民调解记录, a sheet for every session, since each is signed by itself (mediation.md §6). */
import type { DocumentBlock, DocumentDeclaration, DocumentGiven } from '../../../core/document.ts';
import type { Values } from '../../../core/field/base.ts';
import { fields } from '../fields.ts';
import { disputeTypes } from '../dispute-lists.ts';
import { sessionResults } from '../logs.ts';
import { partyNames } from '../parties.ts';
import {
  emptyOnes,
  entriesOf,
  hasBegun,
  inSheets,
  labelOf,
  minuteOf,
  nameOf,
  namesOf,
  numberOf,
  section,
  textOf,
} from './paper.ts';
import { partyPlaces } from './party-block.ts';

const NAME = '人民调解记录';

interface Session {
  readonly values: Values;
  readonly recorder: string;
  readonly ordinal: number;
  readonly count: number;
}

function sessionSheet(
  { record: { values } }: DocumentGiven,
  { values: session, recorder, ordinal, count }: Session,
): readonly DocumentBlock[] {
  const result = labelOf(sessionResults, session['result']);
  const told = session['rightsInformed'] === true ? '已向各方当事人告知权利义务，各方表示清楚。' : '';
  const outcome = `${result === '' ? '' : `${result}。`}${textOf(session['outcome'])}`;
  return [
    { kind: 'title', text: count > 1 ? `${NAME}（第${ordinal}次）` : NAME },
    { kind: 'number', text: numberOf(values) },
    { kind: 'line', label: '时间', value: minuteOf(session['heldAt']) },
    { kind: 'line', label: '地点', value: textOf(session['place']) },
    { kind: 'line', label: '事由', value: labelOf(disputeTypes, values['disputeType']) },
    { kind: 'line', label: '参加人', value: textOf(session['participants']) },
    { kind: 'line', label: '当事人', value: partyNames(values).join('、') },
    { kind: 'line', label: '调解员', value: namesOf(values['mediators']) },
    { kind: 'line', label: '记录人', value: recorder },
    { kind: 'line', label: '告知权利义务', value: told },
    ...section('双方陈述', session['statements']),
    ...section('核实与质证', session['verification']),
    ...section('协议内容或不成原因及救济途径告知', outcome),
    {
      kind: 'signatures',
      places: [
        ...partyPlaces(values, '当事人（签名）'),
        '参加人（签名）',
        '调解员（签名）',
        '记录人（签名）',
      ],
    },
  ];
}

export const sessionsPaper: DocumentDeclaration = {
  label: { zh: NAME, en: 'Record of mediation' },
  applies: ({ values }) =>
    entriesOf(values, 'sessions').length > 0 || (hasBegun(values) && values['stage'] !== 'registered'),
  missing: ({ values }) =>
    emptyOnes(values, { sessions: fields.sessions.label, mediators: fields.mediators.label }),
  build: (given) => {
    const entries = entriesOf(given.record.values, 'sessions');
    const told = entries.map(({ by, values }, index) => ({
      values,
      recorder: nameOf(given.record.values['recorder']) || given.personName(by),
      ordinal: index + 1,
      count: entries.length,
    }));
    const nobody = { values: {}, recorder: '', ordinal: 1, count: 1 };
    return {
      name: NAME,
      blocks: inSheets((told.length > 0 ? told : [nobody]).map((session) => sessionSheet(given, session))),
    };
  },
};
