/**
 * 人民调解 from registration to the archive. The record is one; its sessions, visits and notes are logs inside it, so that two mediators
 * who both write on the same day keep both. Numbers are given by the district, once.
 */
import { defineEntity } from '../../core/entity.ts';
import { effectiveDay } from './agreement.ts';
import { deadlines } from './deadlines.ts';
import { disputeTypes } from './dispute-lists.ts';
import { fields } from './fields.ts';
import { acceptancePaper } from './papers/acceptance.ts';
import { agreementPaper, oralAgreementPaper } from './papers/agreement.ts';
import { contentsPaper, coverPaper } from './papers/dossier.ts';
import { followUpPaper } from './papers/follow-up.ts';
import { sessionsPaper } from './papers/sessions.ts';
import { rules } from './rules.ts';
import { sampleMediation } from './sample/sample-mediation.ts';

export const mediation = defineEntity('mediation', {
  label: { zh: '人民调解', en: 'Mediation' },
  one: { zh: '一件调解', en: 'a mediation' },
  scope: { class: 'casework', level: 'committee' },
  place: 'navigation',
  fields,
  title: ({ parties, organisations, disputeType }) => {
    const names = [
      ...(parties ?? []).map(({ title }) => title),
      ...(organisations ?? []).map(({ name }) => String(name)),
    ];
    const shown = names.length > 3 ? `${names.slice(0, 2).join('、')}等${names.length}方` : names.join('、');
    const type = disputeType !== undefined && Object.hasOwn(disputeTypes, disputeType);
    return `${shown} ${type ? disputeTypes[disputeType as keyof typeof disputeTypes].zh : ''}`.trim();
  },
  sections: [
    {
      label: { zh: '登记', en: 'Registration' },
      fields: ['number', 'stage', 'source', 'disputeType', 'difficulty', 'subject', 'requests'],
    },
    { label: { zh: '当事人', en: 'Parties' }, fields: ['parties', 'organisations', 'agents'] },
    {
      label: { zh: '移送', en: 'Referral' },
      fields: ['referredBy', 'courtProcedure', 'receivedOn'],
    },
    {
      label: { zh: '受理与告知', en: 'Acceptance' },
      fields: [
        'partiesConsented',
        'rightsInformedAt',
        'mediators',
        'mediatorsSelectedBy',
        'recorder',
        'openness',
        'acceptedOn',
        'extendedTo',
        'rejectReason',
        'escalation',
        'reportedAt',
      ],
    },
    { label: { zh: '调查与证据', en: 'Investigation and evidence' }, fields: ['investigations', 'evidence'] },
    { label: { zh: '调解', en: 'Sessions' }, fields: ['sessions'] },
    {
      label: { zh: '协议', en: 'Agreement' },
      fields: [
        'agreementForm',
        'agreedOn',
        'facts',
        'content',
        'performanceMethod',
        'terms',
        'amount',
        'copies',
        'partiesSignedOn',
        'mediatorSignedOn',
        'sealedOn',
        'effectiveOn',
      ],
    },
    { label: { zh: '没有调成', en: 'Without agreement' }, fields: ['endReason', 'remediesInformedOn'] },
    {
      label: { zh: '履行与回访', en: 'Performance and follow-up' },
      fields: [
        'performance',
        'performanceProof',
        'confirmation',
        'confirmationAppliedOn',
        'court',
        'followUps',
      ],
    },
    {
      label: { zh: '归档', en: 'Archive' },
      fields: ['identitiesCheckedOn', 'filedOn', 'filedBy', 'retention', 'pages', 'dossierNote'],
    },
    { label: { zh: '补充说明', en: 'Notes' }, fields: ['notes'] },
  ],
  list: {
    columns: ['number', 'parties', 'disputeType', 'stage', 'mediators', 'acceptedOn', 'amount'],
    filters: ['disputeType', 'source', 'difficulty', 'performance'],
    sort: { field: 'number', descending: true },
  },
  // Whoever sits at the desk registers; what follows is the mediator's.
  access: { create: ['mediator', 'socialWorker'], change: ['mediator'] },
  rules,
  deadlines,
  documents: {
    acceptance: acceptancePaper,
    sessions: sessionsPaper,
    agreement: agreementPaper,
    oralAgreement: oralAgreementPaper,
    followUp: followUpPaper,
    cover: coverPaper,
    contents: contentsPaper,
  },
  derive: (values) => {
    const effectiveOn = effectiveDay(values);
    const parties = (values.parties?.length ?? 0) + (values.organisations?.length ?? 0);
    return {
      ...(effectiveOn !== undefined && { effectiveOn }),
      ...(values.agreementForm === 'written' && values.copies === undefined && { copies: parties + 1 }),
    };
  },
  sample: sampleMediation,
});
