/** Runs the histories of some seeds, one after another, and tells of each. A thread of its own: one is as much as a core can do. */
import { parentPort, workerData } from 'node:worker_threads';
import { planOf } from './plan.ts';
import { runHistory } from './run-history.ts';

export interface Share {
  /** The first seed, how many, and how far from one to the next. */
  readonly from: number;
  readonly count: number;
  readonly stride: number;
  readonly steps: number;
}

export interface Ran {
  readonly seed: number;
  readonly operations: number;
  readonly trace: string;
  readonly broken?: string | undefined;
}

const { from, count, stride, steps } = workerData as Share;
for (let index = 0; index < count; index++) {
  const seed = from + index * stride;
  const { operations, trace, broken } = await runHistory(planOf(seed, steps));
  parentPort?.postMessage({ seed, operations, trace, broken } satisfies Ran);
}
