/**
 * The indicator's words. Never 已同步 while anything is under way, waiting or broken: what is wrong and what waits is said side by side,
 * and 已同步 is what remains when nothing of it is true.
 */
import type { Language } from '../../../shared/core/label.ts';
import type { SyncState } from '../../core/desk.ts';
import type { TextKey, TextValues } from '../../texts/use-texts.ts';
import { showMoment } from '../times.ts';

export type SyncTone = 'done' | 'active' | 'plain' | 'care' | 'danger';

export interface SyncPart {
  readonly kind:
    | 'synced'
    | 'progress'
    | 'offline'
    | 'pending'
    | 'busy'
    | 'conflicts'
    | 'attention'
    | 'stuck'
    | 'lease'
    | 'uploads'
    | 'review'
    | 'room';
  readonly tone: SyncTone;
  readonly key: TextKey;
  readonly values?: TextValues;
}

/** Problems that time and a cable do not solve. */
const NEEDS_A_PERSON: readonly SyncState['problem'][] = [
  'other-district',
  'newer-protocol',
  'storage',
  'no-room',
  'newer-app',
  'access',
  'revoked',
  'quarantined',
];

export function syncWords(state: SyncState, now: number, language: Language): readonly SyncPart[] {
  const { pending, conflicts, attention, connection, progress, lastSync, since, problem } = state;
  const isStuck = connection === 'problem' && NEEDS_A_PERSON.includes(problem);
  const parts: SyncPart[] = [];
  if (state.leaseOver) parts.push({ kind: 'lease', tone: 'care', key: 'sync.lease' });
  if (isStuck) parts.push({ kind: 'stuck', tone: 'danger', key: 'sync.stuck' });
  else if (connection !== 'online' && problem !== undefined) {
    parts.push({
      kind: 'offline',
      tone: 'care',
      key: 'sync.offline',
      values: { time: showMoment(since, now, language) },
    });
  } else if (progress)
    parts.push({ kind: 'progress', tone: 'active', key: 'sync.progress', values: { ...progress } });
  // The first answer is still on its way: neither offline nor in step.
  else if (lastSync === undefined || connection !== 'online')
    parts.push({ kind: 'progress', tone: 'active', key: 'sync.connecting' });
  if (pending > 0)
    parts.push({ kind: 'pending', tone: 'active', key: 'sync.pending', values: { count: pending } });
  if (connection === 'online' && pending > 0 && state.busyUntil !== undefined)
    parts.push({ kind: 'busy', tone: 'plain', ...busyWords(Date.parse(state.busyUntil) - now) });
  if (conflicts > 0)
    parts.push({ kind: 'conflicts', tone: 'care', key: 'sync.conflicts', values: { count: conflicts } });
  if (attention > 0)
    parts.push({ kind: 'attention', tone: 'danger', key: 'sync.attention', values: { count: attention } });
  if (state.underReview !== undefined)
    parts.push({
      kind: 'review',
      tone: 'plain',
      key: 'sync.underReview',
      values: { count: state.underReview },
    });
  const said: readonly SyncPart[] =
    parts.length > 0 ? parts : [{ kind: 'synced', tone: 'done', key: 'sync.synced' }];
  const { uploads, roomLeft } = state;
  return [
    ...said,
    // Records are in step or not by themselves; what waits of their files is said beside it.
    ...(uploads ? [uploadsPart(uploads.waiting)] : []),
    ...(roomLeft === undefined ? [] : [{ kind: 'room', tone: 'care', key: 'sync.room' } as const]),
  ];
}

const uploadsPart = (count: number): SyncPart => ({
  kind: 'uploads',
  tone: 'active',
  key: 'sync.uploads',
  values: { count },
});

/** The time until a busy district goes on: never more exact than it can be. */
const busyWords = (milliseconds: number): Pick<SyncPart, 'key' | 'values'> => {
  const count = Math.round(milliseconds / 60_000);
  return count < 1 ? { key: 'sync.busySoon' } : { key: 'sync.busy', values: { count } };
};

/** A clock's error, ahead or behind, in the unit that a person would use. */
export function clockAmount(milliseconds: number): { readonly key: TextKey; readonly values: TextValues } {
  const minutes = Math.round(Math.abs(milliseconds) / 60_000);
  if (minutes < 120) return { key: 'sync.minutes', values: { count: minutes } };
  const hours = Math.round(minutes / 60);
  return hours < 48
    ? { key: 'sync.hours', values: { count: hours } }
    : { key: 'sync.days', values: { count: Math.round(hours / 24) } };
}
