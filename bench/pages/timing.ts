/** Clocks of a page. */
import { percentile } from '../report.ts';

export const now = (): number => performance.now();

/** Milliseconds of one piece of work. */
export async function took(work: () => unknown): Promise<number> {
  const begun = now();
  await work();
  return now() - begun;
}

/** A page's clock counts in tenths of milliseconds. */
const COARSE = 0.1;

/** Median and 95th percentile of many. What is quicker than the clock is done several times for one of them. */
export async function each(count: number, work: (at: number) => unknown): Promise<readonly [number, number]> {
  const one = async (at: number): Promise<number> => {
    const begun = now();
    const result = work(at);
    if (result instanceof Promise) await result;
    return now() - begun;
  };
  const all: number[] = [];
  for (let at = 0; at < count; at++) all.push(await one(at));
  if (percentile(all, 0.95) > COARSE * 10) return [percentile(all, 0.5), percentile(all, 0.95)];
  const finer: number[] = [];
  for (let at = 0; at < count; at++) {
    const begun = now();
    for (let again = 0; again < REPEATED; again++) {
      const result = work(at + again);
      if (result instanceof Promise) await result;
    }
    finer.push((now() - begun) / REPEATED);
  }
  return [percentile(finer, 0.5), percentile(finer, 0.95)];
}

const REPEATED = 20;

const EVERY = 5;

/** How long the page's own thread stood still at most while the work was done, and how long it took. */
export async function watched(
  work: () => Promise<unknown>,
): Promise<{ readonly ms: number; readonly longest: number }> {
  let longest = 0;
  let last = now();
  const beat = (): void => {
    longest = Math.max(longest, now() - last - EVERY);
    last = now();
  };
  const timer = setInterval(beat, EVERY);
  const begun = now();
  await work();
  const ms = now() - begun;
  beat();
  clearInterval(timer);
  return { ms, longest };
}

export function parts<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
    all.slice(at * size, (at + 1) * size),
  );
}
