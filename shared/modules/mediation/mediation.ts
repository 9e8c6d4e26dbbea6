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
import { applicationPaper } from './papers/application.ts';
import { courtConfirmationPaper } from './papers/court-confirmation.ts';
import { backCoverPaper, dossierNotePaper } from './papers/dossier-note.ts';
import { contentsPaper, coverPaper } from './papers/dossier.ts';
import { evidencePaper } from './papers/evidence.ts';
import { followUpPaper } from './papers/follow-up.ts';
import { identityCheckPaper } from './papers/identity-check.ts';
import { investigationPaper } from './papers/investigation.ts';
import { performanceProofPaper } from './papers/performance-proof.ts';
import { powerOfAttorneyPaper } from './papers/power-of-attorney.ts';
import { rightsNoticePaper } from './papers/rights-notice.ts';
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
    { label: { zh: '当事人', en: 'Parties' }, fields: ['parties', 'applicants', 'organisations', 'agents'] },
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
        'reports',
      ],
    },
    {
      label: { zh: '调查与证据', en: 'Investigation and evidence' },
      fields: ['investigations', 'evidence', 'evidenceFiles'],
    },
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
        'signedFiles',
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
        'confirmable',
        'confirmationAppliedOn',
        'courtPlace',
        'court',
        'followUps',
      ],
    },
    {
      label: { zh: '归档', en: 'Archive' },
      fields: [
        'identitiesCheckedOn',
        'identitiesCheckedBy',
        'filedOn',
        'filedBy',
        'inspectedBy',
        'retention',
        'pages',
        'dossierNote',
      ],
    },
    { label: { zh: '补充说明', en: 'Notes' }, fields: ['notes'] },
  ],
  list: {
    columns: ['number', 'parties', 'disputeType', 'stage', 'mediators', 'acceptedOn', 'amount'],
    filters: ['disputeType', 'source', 'difficulty', 'performance'],
    sort: { field: 'number', descending: true },
  },
  // Whoever sits at the desk registers; what follows is the mediator's.
  access: {
    create: ['mediator', 'socialWorker'],
    change: ['mediator'],
    share: ['mediator', 'committeeSecretary'],
    move: ['mediator', 'committeeSecretary'],
  },
  rules,
  deadlines,
  // In the order of the dossier: cover, contents, then its thirteen items.
  documents: {
    cover: coverPaper,
    contents: contentsPaper,
    application: applicationPaper,
    acceptance: acceptancePaper,
    rightsNotice: rightsNoticePaper,
    identityCheck: identityCheckPaper,
    powerOfAttorney: powerOfAttorneyPaper,
    investigation: investigationPaper,
    evidence: evidencePaper,
    sessions: sessionsPaper,
    agreement: agreementPaper,
    oralAgreement: oralAgreementPaper,
    performanceProof: performanceProofPaper,
    followUp: followUpPaper,
    courtConfirmation: courtConfirmationPaper,
    dossierNote: dossierNotePaper,
    backCover: backCoverPaper,
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
