/** The clocks of mediation.md §2. Each says the days it runs from, and nothing once it has been met. */
import type { Deadline } from '../../core/deadline.ts';
import { isAbsent, type Values } from '../../core/field/base.ts';
import type { Entry } from '../../core/field/rows.ts';
import { effectiveDay, hasAgreement, termsOf } from './agreement.ts';

const OPEN: ReadonlySet<unknown> = new Set(['accepted', 'investigating', 'mediating']);
const KEPT: ReadonlySet<unknown> = new Set(['agreed_written', 'agreed_oral', 'performing']);

const day = (value: unknown): readonly string[] => (isAbsent(value) ? [] : [String(value)]);

const court = (id: string, procedure: string, zh: string, en: string, days: number): Deadline => ({
  id,
  label: { zh, en },
  basis: '最高人民法院关于人民法院特邀调解的规定27',
  limit: { days, unit: 'calendar' },
  from: (values) =>
    values['source'] === 'court' &&
    values['courtProcedure'] === procedure &&
    isAbsent(values['extendedTo']) &&
    (values['stage'] === 'registered' || OPEN.has(values['stage']))
      ? day(values['receivedOn'])
      : [],
});

/** Days on which somebody has looked whether the agreement is kept. */
const visits = (values: Values): readonly string[] =>
  ((values['followUps'] as readonly Entry[] | undefined) ?? []).map((entry) =>
    String(entry.values['visitedOn']),
  );

const awaitsVisit = (values: Values): boolean => KEPT.has(values['stage']);

export const deadlines: readonly Deadline[] = [
  {
    id: 'MED_NORMAL',
    label: { zh: '一般一个月内调结', en: 'Settle within a month' },
    basis: '人民调解工作若干规定33',
    limit: { days: 30, months: 1, unit: 'calendar' },
    soft: true,
    from: (values) =>
      OPEN.has(values['stage']) && values['source'] !== 'court' && isAbsent(values['extendedTo'])
        ? day(values['acceptedOn'])
        : [],
  },
  {
    id: 'MED_EXTENDED',
    label: { zh: '双方同意延长的期限', en: 'Extended by consent' },
    basis: '双方当事人书面或口头同意',
    limit: { days: 0, unit: 'calendar' },
    soft: true,
    from: (values) => (OPEN.has(values['stage']) ? day(values['extendedTo']) : []),
  },
  court('MED_COURT_ASSIGNED', 'assigned', '法院委派调解', 'Court-assigned mediation', 30),
  court('MED_COURT_ENTRUSTED', 'entrusted', '法院委托调解（普通程序）', 'Court-entrusted, ordinary', 15),
  court(
    'MED_COURT_ENTRUSTED_S',
    'entrustedSummary',
    '法院委托调解（简易程序）',
    'Court-entrusted, summary',
    7,
  ),
  {
    id: 'MED_CONFIRM',
    label: { zh: '共同申请司法确认', en: 'Joint application to the court' },
    basis: '人民调解法33；民事诉讼法205、85',
    limit: { days: 30, unit: 'calendar', roll: true },
    soft: true,
    from: (values) =>
      awaitsVisit(values) &&
      values['performance'] !== 'done' &&
      isAbsent(values['confirmationAppliedOn']) &&
      (isAbsent(values['confirmation']) || values['confirmation'] === 'undecided')
        ? day(effectiveDay(values))
        : [],
  },
  {
    id: 'MED_PERFORM',
    label: { zh: '协议约定的履行日', en: 'Performance falls due' },
    basis: '人民调解法31',
    limit: { days: 0, unit: 'calendar' },
    soft: true,
    from: (values) =>
      awaitsVisit(values)
        ? termsOf(values).flatMap(({ dueOn, doneOn }) => (isAbsent(doneOn) ? day(dueOn) : []))
        : [],
  },
  {
    id: 'MED_FOLLOWUP_TERM',
    label: { zh: '履行后回访', en: 'Follow up the performance' },
    basis: '人民调解法31；法律没有规定天数，一般在履行日后 7 天内回访',
    limit: { days: 7, unit: 'calendar', roll: true },
    soft: true,
    from: (values) =>
      awaitsVisit(values)
        ? termsOf(values).flatMap(({ dueOn }) =>
            visits(values).some((visit) => dueOn !== undefined && visit >= dueOn) ? [] : day(dueOn),
          )
        : [],
  },
  {
    id: 'MED_FOLLOWUP',
    label: { zh: '回访', en: 'Follow-up visit' },
    basis: '人民调解法31；法律没有规定天数，没有约定履行日的一般在生效后 30 天内回访',
    limit: { days: 30, unit: 'calendar', roll: true },
    soft: true,
    from: (values) =>
      awaitsVisit(values) &&
      hasAgreement(values) &&
      visits(values).length === 0 &&
      termsOf(values).every(({ dueOn }) => isAbsent(dueOn))
        ? day(effectiveDay(values))
        : [],
  },
];
