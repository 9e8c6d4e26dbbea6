/** The morning after an outage: every desk comes back within seconds, shakes hands, pulls, and pushes all that it has. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { loadDesk, type LoadDesk } from './desk.ts';
import { prepare } from './prepare.ts';
import { compare } from './same-answers.ts';
import { startServers } from './servers.ts';
import { createTally } from './tally.ts';
import { notConfirmed, say, tellMemory, tellTimes } from './told.ts';

export interface Outage {
  readonly desks: number;
  readonly operations: number;
  readonly minutes: number;
  /** After these it goes on until all is drained, for at most so many. */
  readonly mostMinutes: number;
  readonly servers: number;
}

/** Within this a carrier finds a district again that was away for some minutes (electron/carrier.ts). */
const FOUND_AGAIN_MS = 2_500;
const COMPARED = 20;

const percentOf = (part: number, whole: number): string => `${Math.floor((part / whole) * 1000) / 10} %`;

/** @returns whether everything was confirmed, and every server says the same */
export async function comeBackAll({
  desks: count,
  operations,
  minutes,
  mostMinutes,
  servers,
}: Outage): Promise<boolean> {
  const running = await startServers(servers);
  try {
    const prepared = await prepare(running, count, operations);
    const tally = createTally();
    const total = count * operations;
    let done = 0;
    let drained = (): void => undefined;
    const whenDrained = new Promise<void>((resolve) => (drained = resolve));
    const onVerdicts = (fresh: number): void => {
      done += fresh;
      if (done >= total) drained();
    };
    const { addresses } = running;
    const addressOf = (index: number): string => addresses[index % addresses.length] ?? '';
    const desks: readonly LoadDesk[] = prepared.map((one, index) =>
      loadDesk({ ...one, address: addressOf(index), tally, onVerdicts }),
    );
    const [before, busyBefore] = [await running.size(), running.busy()];
    const began = performance.now();
    const progress = setInterval(() => say(`  ${done} of ${total}`), 10_000);
    const lag = monitorEventLoopDelay();
    lag.enable();
    for (const desk of desks) desk.write(operations);
    await comeBack(desks);
    await Promise.race([whenDrained, wait(minutes * 60_000, undefined, { ref: false })]);
    if (done < total) say(`${percentOf(done, total)} drained within ${minutes} minutes: ${done} of ${total}`);
    const more = Math.max(0, mostMinutes - minutes) * 60_000;
    if (done < total && more > 0) await Promise.race([whenDrained, wait(more, undefined, { ref: false })]);
    const seconds = (performance.now() - began) / 1000;
    clearInterval(progress);
    lag.disable();
    await Promise.all(desks.map((desk) => desk.stop()));
    say(
      `${percentOf(done, total)} drained: ${done} of ${total} operations of ${count} desks in ${seconds.toFixed(1)} s, ${Math.round(done / seconds)} a second; ${desks.reduce((sum, { reader }) => sum + reader.pulled(), 0)} records pulled meanwhile`,
    );
    tellTimes(tally);
    say(`this process, which plays them all, stood still for at most ${(lag.max / 1e6).toFixed(0)} ms`);
    tellMemory(running.memory);
    const busy = running.busy().reduce((sum, one, index) => sum + one - (busyBefore[index] ?? 0), 0);
    const bytes = ((await running.size()) - before) / Math.max(1, done);
    say(
      `an operation took ${((busy * 1000) / Math.max(1, done)).toFixed(2)} ms of a server’s processor, and ${(bytes / 1024).toFixed(1)} KB of the database`,
    );
    const others = notConfirmed(desks);
    for (const [what, times] of others) say(`NOT CONFIRMED  ${what} × ${times}`);
    const { differing, records } = await compare(desks.slice(0, COMPARED), addresses);
    if (servers > 1) say(`${records} records read from every server`);
    for (const one of differing) say(`NOT THE SAME  ${one}`);
    return others.size === 0 && differing.length === 0;
  } finally {
    await running.stop();
  }
}

/** One after the other: what each makes ready on a computer of its own is made here in one process, which must go on hearing answers. */
async function comeBack(desks: readonly LoadDesk[]): Promise<void> {
  const began = performance.now();
  for (const [index, desk] of desks.entries()) {
    await wait(Math.max(0, began + (FOUND_AGAIN_MS * index) / desks.length - performance.now()));
    desk.comeBack();
  }
}
