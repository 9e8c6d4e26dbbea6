/** The logs of a mediation: entries are only ever added, a mistake is corrected by another entry (调解法27). */
import { choice } from '../../core/field/choice.ts';
import { date, dateTime } from '../../core/field/date.ts';
import { entries } from '../../core/field/rows.ts';
import { text } from '../../core/field/text.ts';
import { yesNo } from '../../core/field/yes-no.ts';

export const sessionResults = {
  continue: { zh: '下次再谈', en: 'To be continued' },
  agreed: { zh: '谈成了', en: 'Agreed' },
  failed: { zh: '没谈成', en: 'Not agreed' },
} as const;

export const sessions = entries(
  { zh: '调解记录', en: 'Sessions' },
  { zh: '一次调解', en: 'a session' },
  {
    heldAt: dateTime({ zh: '时间', en: 'Time' }, { required: true, notAfterToday: true }),
    place: text(
      { zh: '地点', en: 'Place' },
      { required: true, phrases: ['居委会调解室', '当事人家中', '物业服务处'] },
    ),
    participants: text(
      { zh: '参加人', en: 'Others present' },
      {
        max: 100,
        help: { zh: '邀请来的人，不含当事人、调解员、记录人', en: 'Invited, beside parties and mediators' },
      },
    ),
    participantsConsented: yesNo({ zh: '当事人同意他们参加', en: 'With the parties’ consent' }),
    rightsInformed: yesNo({ zh: '已告知权利义务', en: 'Rights and duties told' }),
    statements: text({ zh: '双方陈述', en: 'Statements' }, { required: true, multiline: true, max: 3000 }),
    verification: text({ zh: '核实与质证', en: 'Verification' }, { multiline: true }),
    result: choice({ zh: '结果', en: 'Result' }, sessionResults, { required: true, initial: 'continue' }),
    outcome: text(
      { zh: '协议内容或不成的原因', en: 'Agreement, or why not' },
      {
        multiline: true,
        help: { zh: '没谈成的，写明已告知哪些途径', en: 'If not agreed, the remedies told' },
      },
    ),
  },
);

export const investigations = entries(
  { zh: '调查记录', en: 'Investigations' },
  { zh: '一次调查', en: 'an investigation' },
  {
    heldAt: dateTime({ zh: '时间', en: 'Time' }, { required: true, notAfterToday: true }),
    place: text({ zh: '地点', en: 'Place' }, { required: true }),
    participants: text({ zh: '参加人', en: 'Present' }, { max: 100 }),
    asked: text({ zh: '被调查人', en: 'Asked' }, { required: true, max: 60 }),
    content: text(
      { zh: '问答或查看情况', en: 'Questions and answers' },
      { required: true, multiline: true, max: 3000 },
    ),
  },
);

export const followUps = entries(
  { zh: '回访记录', en: 'Follow-ups' },
  { zh: '一次回访', en: 'a follow-up' },
  {
    visitedOn: date({ zh: '回访日期', en: 'Date' }, { required: true, notAfterToday: true }),
    reason: text(
      { zh: '回访事由', en: 'Occasion' },
      { max: 60, phrases: ['了解协议履行情况', '约定的日子到了'] },
    ),
    people: text({ zh: '回访了谁', en: 'Whom' }, { required: true, max: 60 }),
    situation: text({ zh: '履行情况', en: 'Performance' }, { required: true, multiline: true, max: 1000 }),
    satisfied: yesNo({ zh: '当事人满意', en: 'The parties are satisfied' }),
    escalating: yesNo({ zh: '有激化隐患', en: 'Signs of escalation' }),
    measures: text({ zh: '措施', en: 'Measures' }, { multiline: true, max: 500 }),
  },
);

/**
 * What was reported to the police or another body (调解法25, 反家暴法14). The record's own log and no paper: who reported is never
 * printed.
 */
export const reports = entries(
  { zh: '报警和上报', en: 'Reports' },
  { zh: '一次上报', en: 'a report' },
  {
    reportedAt: dateTime({ zh: '时间', en: 'Time' }, { required: true, notAfterToday: true }),
    way: choice(
      { zh: '方式', en: 'How' },
      {
        phone: { zh: '电话', en: 'By telephone' },
        visit: { zh: '上门当面说', en: 'In person' },
        letter: { zh: '书面', en: 'In writing' },
      },
      { required: true, initial: 'phone' },
    ),
    unit: text(
      { zh: '报给哪个单位', en: 'To whom' },
      { required: true, max: 60, phrases: ['110', '派出所', '街道平安办'] },
    ),
    receiver: text({ zh: '接报人', en: 'Received by' }, { max: 30 }),
    content: text(
      { zh: '说了什么', en: 'What was said' },
      {
        required: true,
        multiline: true,
        max: 500,
        help: { zh: '不要写是谁反映的', en: 'Never write who told you' },
      },
    ),
    receipt: text({ zh: '对方怎么答复', en: 'The answer' }, { max: 200 }),
  },
);

export const notes = entries(
  { zh: '补充说明', en: 'Notes' },
  { zh: '一条说明', en: 'a note' },
  { text: text({ zh: '说明', en: 'Note' }, { required: true, multiline: true, max: 1000 }) },
  { help: { zh: '归档以后也可以补充', en: 'Also after archiving' } },
);
