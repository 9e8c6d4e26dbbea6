/**
 * The shortest history that still breaks the same promise: steps are left out in ever smaller pieces, then rough lines become calm and power
 * cuts are taken back, then computers at which nothing happens go. What is left cannot be left out one by one.
 */
import type { History, Step } from './notation.ts';
import { runHistory } from './run-history.ts';

export interface Shrunk {
  readonly history: History;
  readonly broken: string;
  /** Histories that were tried. */
  readonly tried: number;
}

/** `S3 a verdict changed …`: the promise and what is said of it, without what was found. */
const promiseOf = (broken: string): string =>
  broken.startsWith('threw: ') ? (broken.split('\n')[0] ?? '') : broken.replace(/ [[{"].*$/s, '');

export async function shrink(
  history: History,
  broken: string,
  run: (history: History) => Promise<{ readonly broken?: string }> = runHistory,
): Promise<Shrunk> {
  const promise = promiseOf(broken);
  let best = history;
  let said = broken;
  let tried = 0;
  async function isStillBroken(candidate: History): Promise<boolean> {
    tried += 1;
    const result = await run(candidate);
    if (result.broken === undefined || promiseOf(result.broken) !== promise) return false;
    best = candidate;
    said = result.broken;
    return true;
  }
  const without = (from: number, count: number): History => ({
    ...best,
    steps: best.steps.toSpliced(from, count),
  });
  const instead = (at: number, step: Step): History => ({ ...best, steps: best.steps.with(at, step) });

  for (let size = best.steps.length >> 1; size > 0; size = size > 1 ? size >> 1 : 0) {
    // From the end: what came last is what most of the others led to.
    for (let from = best.steps.length - size; from > -size; from -= size)
      await isStillBroken(without(Math.max(0, from), size + Math.min(0, from)));
  }
  for (const [at, step] of best.steps.entries()) {
    if (step.isRough) await isStillBroken(instead(at, { ...step, isRough: false }));
    const now = best.steps[at] ?? step;
    if (now.cut !== undefined) await isStillBroken(instead(at, { ...now, cut: undefined }));
  }
  for (let before = -1; before !== best.steps.length;) {
    before = best.steps.length;
    for (let from = best.steps.length - 1; from >= 0; from--) await isStillBroken(without(from, 1));
  }
  while (best.desks.length > 1 && best.steps.every(({ desk }) => desk !== best.desks.length)) {
    if (!(await isStillBroken({ ...best, desks: best.desks.slice(0, -1) }))) break;
  }
  return { history: best, broken: said, tried };
}
