/** What a confidential note is about (growth-plan.md §5, casework.md §4, petition.md §2), and who may write one. */
import type { Options } from '../../core/field/choice.ts';

export const kinds = {
  talk: { zh: '谈话', en: 'Talk' },
  counselling: { zh: '心理疏导', en: 'Listening and comfort' },
  accusation: { zh: '检举控告', en: 'Accusation', tone: 'danger' },
  other: { zh: '其他', en: 'Other' },
} as const satisfies Options;

export const levels = {
  calm: { zh: '平稳', en: 'Calm' },
  watch: { zh: '需要留意', en: 'To be watched', tone: 'care' },
  urgent: { zh: '紧急', en: 'Urgent', tone: 'danger' },
} as const satisfies Options;

/** Everybody whom people turn to; not whoever only keeps accounts. */
export const staff: readonly string[] = [
  'socialWorker',
  'mediator',
  'careWorker',
  'receptionClerk',
  'lawyer',
  'counsellor',
  'committeeSecretary',
  'trainingStaff',
  'supervisor',
];
