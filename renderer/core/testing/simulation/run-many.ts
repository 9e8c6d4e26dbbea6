/** Many histories, spread over threads. Which thread runs which seed changes nothing: a history knows nothing but its seed. */
import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { Ran, Share } from './worker.ts';

export interface Many {
  readonly seed: number;
  readonly histories: number;
  readonly steps: number;
  readonly workers: number;
  readonly onRan?: (count: number) => void;
}

export interface Outcome {
  readonly ran: number;
  readonly operations: number;
  /** Over the traces of all of them, in the order of their seeds. */
  readonly trace: string;
  /** Of the lowest seed that broke a promise. */
  readonly broken?: { readonly seed: number; readonly broken: string };
}

/** What a history makes is soon garbage: with little room, collecting it takes a quarter of the time. */
const YOUNG = 64;

/** No history takes so long, on however busy a machine: something turns in a circle. */
const PATIENCE = 90_000;

/** Ends at the first broken promise. */
export async function runMany({ seed, histories, steps, workers, onRan }: Many): Promise<Outcome> {
  const stride = Math.min(workers, histories);
  const all: Ran[] = [];
  const threads: Worker[] = [];
  await Promise.all(
    Array.from({ length: stride }, (_, index) => {
      const count = Math.ceil((histories - index) / stride);
      const share: Share = { from: seed + index, count, stride, steps };
      return new Promise<void>((resolve, reject) => {
        const worker = new Worker(new URL('./worker.ts', import.meta.url), {
          workerData: share,
          resourceLimits: { maxYoungGenerationSizeMb: YOUNG },
        });
        threads.push(worker);
        let done = 0;
        let watch = setTimeout(giveUp, PATIENCE);
        function giveUp(): void {
          heard({
            seed: share.from + done * stride,
            operations: 0,
            trace: '',
            broken: 'S3 a history finds no end',
          });
        }
        function heard(ran: Ran): void {
          done += 1;
          clearTimeout(watch);
          watch = setTimeout(giveUp, PATIENCE);
          all.push(ran);
          onRan?.(all.length);
          if (ran.broken !== undefined) for (const one of threads) void one.terminate();
        }
        worker.on('message', heard);
        worker.on('error', reject);
        worker.on('exit', () => {
          clearTimeout(watch);
          resolve();
        });
      });
    }),
  );
  all.sort((one, other) => one.seed - other.seed);
  const hash = createHash('sha256');
  for (const { trace } of all) hash.update(trace);
  const first = all.find(({ broken }) => broken !== undefined);
  return {
    ran: all.length,
    operations: all.reduce((sum, { operations }) => sum + operations, 0),
    trace: hash.digest('hex').slice(0, 16),
    ...(first?.broken !== undefined && { broken: { seed: first.seed, broken: first.broken } }),
  };
}
