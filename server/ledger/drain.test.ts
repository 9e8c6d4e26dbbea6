import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../shared/protocol/messages.ts';
import { createDrain } from './drain.ts';

const verdictOf = (id: string): Verdict => ({ id, verdict: 'confirmed', seq: 1 });

describe('the drain', () => {
  it('lets pushes that wait together share one transaction, and gives each its own verdicts', async () => {
    const batches: string[][] = [];
    const drain = createDrain<string, Verdict>(async (ids) => {
      batches.push([...ids]);
      await Promise.resolve();
      return ids.map(verdictOf);
    });
    const answers = await Promise.all([drain.push(['a']), drain.push(['b', 'c']), drain.push(['d'])]);
    expect(answers).toEqual([[verdictOf('a')], [verdictOf('b'), verdictOf('c')], [verdictOf('d')]]);
    expect(batches).toEqual([['a'], ['b', 'c', 'd']]);
    await drain.idle();
  });

  it('a push that breaks the shared transaction falls alone', async () => {
    const drain = createDrain<string, Verdict>((ids) =>
      ids.includes('bad') ? Promise.reject(new Error('broken')) : Promise.resolve(ids.map(verdictOf)),
    );
    const first = drain.push(['a']);
    const outcomes = await Promise.allSettled([
      first,
      drain.push(['b']),
      drain.push(['bad']),
      drain.push(['c']),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(await drain.push(['d'])).toEqual([verdictOf('d')]);
  });
});
