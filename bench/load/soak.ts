/** Days of work in one long run: every desk writes an operation every few seconds and reads its colleagues', and the servers' memory must not grow. */
import { setTimeout as wait } from 'node:timers/promises';
import { loadDesk } from './desk.ts';
import { prepare } from './prepare.ts';
import { startServers } from './servers.ts';
import { parts } from '../pages/timing.ts';
import { createTally } from './tally.ts';
import { notConfirmed, say, tellMemory, tellTimes } from './told.ts';

export interface Soak {
  readonly desks: number;
  readonly minutes: number;
  readonly servers: number;
}

/** Between two operations of a desk. A desk of an office writes some hundred a day: this is a week in half an hour. */
const PAUSE_MS = 3_000;
/** Megabytes; what a garbage collector leaves standing differs by as much. */
const NOISE = 30;

/** @returns whether all was confirmed and memory has not grown */
export async function soak({ desks: count, minutes, servers }: Soak): Promise<boolean> {
  const running = await startServers(servers);
  try {
    const { addresses, memory } = running;
    const prepared = await prepare(running, count, Math.ceil((minutes * 60_000) / PAUSE_MS));
    const tally = createTally();
    const desks = prepared.map((one, index) =>
      loadDesk({ ...one, address: addresses[index % servers] ?? '', tally, onVerdicts: () => undefined }),
    );
    const before = memory.map(({ length }) => length);
    for (const desk of desks) desk.comeBack();
    await Promise.all(
      desks.map(async (desk) => {
        while (desk.write(1) > 0) await wait(PAUSE_MS * (0.5 + Math.random()));
      }),
    );
    for (let tries = 0; desks.some(({ journal }) => journal.pending() > 0) && tries < 60; tries++)
      await wait(1_000);
    await Promise.all(desks.map((desk) => desk.stop()));
    tellTimes(tally);
    tellMemory(memory);
    const soaked = memory.map((samples, index) => samples.slice(before[index]));
    const growths = soaked.map((samples) => growthOf(samples, Math.floor(samples.length / minutes)));
    for (const [index, { byMinute, first, last }] of growths.entries()) {
      say(`server ${index + 1}, MB minute by minute: ${byMinute.map((one) => one.toFixed(0)).join(' ')}`);
      say(`server ${index + 1}: ${first.toFixed(0)} MB in the second third, ${last.toFixed(0)} in the last`);
    }
    const others = notConfirmed(desks);
    for (const [what, times] of others) say(`NOT CONFIRMED  ${what} × ${times}`);
    return others.size === 0 && growths.every(({ first, last }) => last - first < NOISE);
  } finally {
    await running.stop();
  }
}

/**
 * The first third is for what is meant to fill up: nonces are remembered for ten minutes (server/people/nonces.ts), and the heap
 * grows to the size that its collector prefers.
 */
function growthOf(samples: readonly number[], minute: number) {
  const third = Math.floor(samples.length / 3);
  const mean = (part: readonly number[]): number => part.reduce((sum, one) => sum + one, 0) / part.length;
  return {
    byMinute: parts(samples, Math.max(1, minute)).map(mean),
    first: mean(samples.slice(third, 2 * third)),
    last: mean(samples.slice(-third)),
  };
}
