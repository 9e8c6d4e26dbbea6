/** What came of checking a trail, as one sentence. Only the district's own word that all is well says so. */
import type { Desk } from '../../core/desk.ts';

export interface TrailWords {
  readonly isSound: boolean;
  readonly key: 'trail.sound' | 'trail.anchored' | 'trail.broken' | 'trail.unreached';
  readonly values: Readonly<Record<string, string | number>>;
}

export function trailWords(answer: Awaited<ReturnType<Desk['checkTrail']>>): TrailWords {
  if (!answer.ok) return { isSound: false, key: 'trail.unreached', values: {} };
  const { operations: n, faults, anchored } = answer.value;
  if (faults.length > 0) return { isSound: false, key: 'trail.broken', values: { n: faults.length } };
  return anchored
    ? { isSound: true, key: 'trail.anchored', values: { n, day: anchored.day } }
    : { isSound: true, key: 'trail.sound', values: { n } };
}
