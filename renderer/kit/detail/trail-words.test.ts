import { expect, it } from 'vitest';
import { trailWords } from './trail-words.ts';

const sound = { operations: 5, own: 0, faults: [] };

it('TRAIL-1 only the district’s own word that all is well says so', () => {
  expect([
    trailWords({ ok: true, value: sound }),
    trailWords({ ok: true, value: { ...sound, anchored: { day: '2026-11-25', seq: 9 } } }),
    trailWords({ ok: true, value: { ...sound, faults: [{ what: 'content', at: 'operation_1' }] } }),
    trailWords({ ok: false, error: 'network' }),
  ]).toEqual([
    { isSound: true, key: 'trail.sound', values: { n: 5 } },
    { isSound: true, key: 'trail.anchored', values: { n: 5, day: '2026-11-25' } },
    { isSound: false, key: 'trail.broken', values: { n: 1 } },
    { isSound: false, key: 'trail.unreached', values: {} },
  ]);
});
