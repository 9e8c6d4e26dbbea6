import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { read, written, type History } from './notation.ts';
import { planOf } from './plan.ts';
import { runHistory } from './run-history.ts';
import { shrink } from './shrink.ts';

/** Thousands are `npm run simulate`, and a step of `npm test`. */
test(
  'S1 S2 S3 S4 S5 S6 S7 S9 S10 S11 S13 S14 hold in ten histories of 60 steps',
  { timeout: 60_000 },
  async () => {
    for (let seed = 1; seed <= 10; seed++) {
      expect((await runHistory(planOf(seed, 60))).broken).toBeUndefined();
    }
  },
);

test('one seed is one history, down to the last byte on every disk', { timeout: 30_000 }, async () => {
  // In the eighth a power cut leaves a torn journal, whose end is set aside under the time of that computer.
  for (const history of [planOf(5, 40), planOf(8, 60)])
    expect(await runHistory(history)).toEqual(await runHistory(history));
  expect((await runHistory(planOf(6, 40))).trace).not.toBe((await runHistory(planOf(5, 40))).trace);
});

test('a history is written down and read back, and what is read back is the same history', async () => {
  const history = planOf(12, 60);
  const { told, trace } = await runHistory(history);
  expect(read(written(history, told))).toEqual(history);
  expect((await runHistory(read(written(history)))).trace).toBe(trace);
});

test('a line that says nothing is no step', () => {
  expect(() => read('seed 1\n  1  D1 fly away')).toThrow('not a step');
  expect(() => read('desk D1: 王五')).toThrow('nobody is called 王五');
});

test('a step that is left out leaves the luck of the others alone', async () => {
  const history = planOf(3, 30);
  const edited = history.steps.findIndex(({ what }) => what === 'register');
  const shorter = { ...history, steps: history.steps.toSpliced(edited, 1) };
  const [whole, less] = [await runHistory(history), await runHistory(shorter)];
  const second = history.steps[edited + 1]?.n ?? 0;
  expect(less.told.get(second)).toEqual(whole.told.get(second));
});

test('the shortest history holds what breaks the promise and nothing else', async () => {
  const history = planOf(7, 60);
  const [one, other] = [history.steps[30]?.n, history.steps[50]?.n];
  const run = async ({ steps }: History) =>
    steps.some(({ n }) => n === one) && steps.some(({ n }) => n === other)
      ? { broken: `S3 a verdict changed {"steps":${steps.length}}` }
      : {};
  const shortest = await shrink(history, 'S3 a verdict changed {"steps":60}', run);
  expect(shortest.history.steps.map(({ n }) => n)).toEqual([one, other]);
  expect(shortest.history.steps.every(({ isRough, cut }) => !isRough && cut === undefined)).toBe(true);
  expect(shortest.broken).toBe('S3 a verdict changed {"steps":2}');
});

/** Each broke a promise once; its first line says which. */
const once = new URL('./histories/', import.meta.url);
const kept = readdirSync(once).map((file) => {
  const [first = '', ...lines] = readFileSync(new URL(file, once), 'utf8').split('\n');
  return [first.replace('# ', ''), lines.join('\n')] as const;
});
test.each(kept)('%s', async (_, history) => {
  expect((await runHistory(read(history))).broken).toBeUndefined();
});
