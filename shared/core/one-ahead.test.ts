import { expect, test } from 'vitest';
import { oneAhead } from './one-ahead.ts';

/** Notes what is made and when it is used. */
function noted(count: number, breaksAt = -1) {
  const notes: string[] = [];
  async function* items(): AsyncGenerator<number> {
    try {
      for (let at = 0; at < count; at++) {
        notes.push(`make ${at}`);
        if (at === breaksAt) throw new Error('broken');
        yield at;
      }
    } finally {
      notes.push('end');
    }
  }
  return { notes, items: items() };
}

test('everything comes in its order, and the next is being made while one is used', async () => {
  const { notes, items } = noted(3);
  for await (const one of oneAhead(items)) notes.push(`use ${one}`);
  expect(notes).toEqual(['make 0', 'make 1', 'use 0', 'make 2', 'use 1', 'end', 'use 2']);
});

test('what goes wrong is told after what came before it', async () => {
  const { notes, items } = noted(3, 1);
  const used: number[] = [];
  const all = async (): Promise<void> => {
    for await (const one of oneAhead(items)) used.push(one);
  };
  await expect(all()).rejects.toThrow('broken');
  expect(used).toEqual([0]);
  expect(notes.at(-1)).toBe('end');
});

test('whoever stops early lets the source go', async () => {
  const { notes, items } = noted(5);
  for await (const one of oneAhead(items)) if (one === 1) break;
  expect(notes.at(-1)).toBe('end');
  expect(notes).not.toContain('make 3');
});

test('nothing at all ends at once', async () => {
  const { items } = noted(0);
  for await (const one of oneAhead(items)) expect(one).toBeUndefined();
});
