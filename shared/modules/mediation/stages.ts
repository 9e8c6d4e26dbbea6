/**
 * The flow of mediation.md §3. What a step asks for is what the law asks: consent before accepting (调解法17), rights told first
 * (规定30), every signature and the seal (调解法29), other remedies told when it fails (26). Archived is read-only but for notes.
 */
import { stages } from '../../core/field/stages.ts';
import { isAbsent, type Values } from '../../core/field/base.ts';
import type { Label } from '../../core/label.ts';
import { missingItems } from './dossier.ts';

const ENDS = ['failed', 'withdrawn', 'refused'] as const;
/** What has to be told and noted when mediation ends without an agreement. */
const ENDING = { requires: ['endReason', 'remediesInformedOn'], next: ['archived'] } as const;

const reason = (zh: string, en: string): Label => ({ zh, en });

const consented = (values: Values): Label | undefined =>
  values['partiesConsented'] === true
    ? undefined
    : reason('要各方当事人都同意调解', 'every party has to agree to mediation');

/** Danger of violence is reported before anything else goes on (调解法25); nobody can switch that off. */
const reported = (values: Values): Label | undefined =>
  values['escalation'] === 'high' && isAbsent(values['reports'])
    ? reason(
        '激化风险是“高”，请先报警，并记一条上报记录',
        'the risk is high: call the police and log the report first',
      )
    : undefined;

const mayMediate = (values: Values): Label | undefined => consented(values) ?? reported(values);

const heard = (values: Values): Label | undefined =>
  isAbsent(values['sessions']) ? reason('还没有调解记录，请先记一次', 'log a session first') : undefined;

const formIs =
  (form: string, label: Label) =>
  (values: Values): Label | undefined =>
    mayMediate(values) ?? heard(values) ?? (values['agreementForm'] === form ? undefined : label);

const visited = (values: Values): Label | undefined =>
  isAbsent(values['followUps'])
    ? reason('还没有回访记录，请先记一次', 'log a follow-up visit first')
    : undefined;

const complete = (values: Values): Label | undefined => {
  const missing = missingItems(values);
  return missing.length === 0
    ? undefined
    : reason(
        `卷宗还缺${missing.map(({ zh }) => zh).join('、')}`,
        `the dossier lacks: ${missing.map(({ en }) => en).join(', ')}`,
      );
};

export const stage = stages(
  { zh: '进展', en: 'Stage' },
  {
    initial: 'registered',
    stages: {
      registered: { zh: '已登记', en: 'Registered', tone: 'active', next: ['accepted', 'rejected'] },
      accepted: {
        zh: '已受理',
        en: 'Accepted',
        step: { zh: '受理', en: 'Accept' },
        tone: 'active',
        next: ['investigating', 'mediating', 'withdrawn', 'refused'],
        requires: ['partiesConsented', 'rightsInformedAt', 'mediators', 'acceptedOn'],
        offers: ['mediatorsSelectedBy'],
        guard: consented,
      },
      rejected: {
        zh: '不予受理',
        en: 'Not accepted',
        step: { zh: '不予受理', en: 'Do not accept' },
        tone: 'plain',
        next: [],
        requires: ['rejectReason'],
        offers: ['remediesInformedOn'],
        closed: true,
      },
      investigating: {
        zh: '调查中',
        en: 'Investigating',
        step: { zh: '先调查', en: 'Investigate' },
        tone: 'active',
        next: ['mediating', 'withdrawn', 'refused'],
      },
      mediating: {
        zh: '调解中',
        en: 'Mediating',
        step: { zh: '开始调解', en: 'Begin mediation' },
        tone: 'active',
        next: ['agreed_written', 'agreed_oral', ...ENDS],
        offers: ['openness'],
        guard: mayMediate,
      },
      agreed_written: {
        zh: '达成书面协议',
        en: 'Written agreement',
        step: { zh: '达成书面协议', en: 'Agree in writing' },
        tone: 'care',
        next: ['performing'],
        requires: [
          'agreementForm',
          'agreedOn',
          'facts',
          'content',
          'partiesSignedOn',
          'mediatorSignedOn',
          'sealedOn',
        ],
        offers: ['performanceMethod', 'terms', 'amount', 'copies'],
        guard: formIs('written', reason('协议形式请选“书面协议”', 'the form of agreement has to be written')),
      },
      agreed_oral: {
        zh: '达成口头协议',
        en: 'Oral agreement',
        step: { zh: '达成口头协议', en: 'Agree orally' },
        tone: 'care',
        next: ['performing'],
        requires: ['agreementForm', 'agreedOn', 'facts', 'content'],
        offers: ['performanceMethod', 'terms', 'amount'],
        guard: formIs('oral', reason('协议形式请选“口头协议”', 'the form of agreement has to be oral')),
      },
      performing: {
        zh: '履行中',
        en: 'Performing',
        step: { zh: '开始履行', en: 'Begin performance' },
        tone: 'care',
        next: ['followed_up'],
        offers: ['confirmation'],
      },
      followed_up: {
        zh: '已回访',
        en: 'Followed up',
        step: { zh: '完成回访', en: 'Followed up' },
        tone: 'done',
        next: ['archived'],
        requires: ['performance'],
        guard: visited,
      },
      failed: {
        zh: '调解不成',
        en: 'Failed',
        step: { zh: '调解不成', en: 'No agreement' },
        tone: 'plain',
        ...ENDING,
        guard: heard,
      },
      withdrawn: {
        zh: '当事人撤回',
        en: 'Withdrawn by a party',
        step: { zh: '当事人撤回', en: 'Withdrawn by a party' },
        tone: 'plain',
        ...ENDING,
      },
      refused: {
        zh: '一方拒绝',
        en: 'Refused by a party',
        step: { zh: '一方拒绝', en: 'Refused by a party' },
        tone: 'plain',
        ...ENDING,
      },
      archived: {
        zh: '已归档',
        en: 'Archived',
        step: { zh: '归档', en: 'Archive' },
        tone: 'done',
        next: [],
        requires: [
          'identitiesCheckedOn',
          'identitiesCheckedBy',
          'filedOn',
          'filedBy',
          'retention',
          'pages',
          'dossierNote',
        ],
        offers: ['inspectedBy'],
        guard: (values) => reported(values) ?? complete(values),
        closed: true,
      },
    },
  },
);
