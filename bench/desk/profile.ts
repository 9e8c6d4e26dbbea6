/** CPU profiles of the product's side, and what in them takes longest. */
import { writeFileSync } from 'node:fs';
import type { DevTools } from './cdp.ts';

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** Runs the work under the profiler and writes what it saw, for Chromium's own tools. */
export async function profiled<T>(page: DevTools, file: string, work: () => Promise<T>): Promise<T> {
  await page.send('Profiler.enable');
  await page.send('Profiler.setSamplingInterval', { interval: 500 });
  await page.send('Profiler.start');
  const result = await work();
  const { profile } = (await page.send('Profiler.stop')) as { readonly profile: Profile };
  writeFileSync(file, JSON.stringify(profile));
  return result;
}
