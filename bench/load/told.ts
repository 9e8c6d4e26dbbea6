/** What a load has shown, for people: times by kind of request, errors, verdicts and memory. */
import type { Verdict } from '../../shared/protocol/messages.ts';
import type { LoadDesk } from './desk.ts';
import { percentile } from '../report.ts';
import type { Tally } from './tally.ts';

export const say = (line: string): void => void process.stdout.write(`${line}\n`);

export function tellTimes({ times, errors, later }: Tally): void {
  say(['request', 'answers', 'p50 ms', 'p95 ms', 'p99 ms'].map((word) => word.padEnd(11)).join(''));
  for (const [kind, taken] of times) {
    const figures = [0.5, 0.95, 0.99].map((part) => percentile(taken, part).toFixed(0));
    say([kind, String(taken.length), ...figures].map((word) => word.padEnd(11)).join(''));
  }
  if (later.length > 0) {
    const [half, most] = [0.5, 1].map((part) => (percentile(later, part) / 1000).toFixed(0));
    say(`asked to come again: ${later.length}, after ${half} s (at most ${most} s)`);
  }
  if (errors.size === 0) say('no errors');
  for (const [what, count] of errors) say(`error  ${what} × ${count}`);
}

export function tellMemory(memory: readonly (readonly number[])[]): void {
  for (const [index, samples] of memory.entries())
    say(`server ${index + 1}: at most ${Math.max(...samples).toFixed(0)} MB resident`);
}

/** Everything that is not confirmed, in words; an office that only writes its own has nothing of it. */
export function notConfirmed(desks: readonly Pick<LoadDesk, 'journal'>[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const count = (what: string, times = 1): void => void found.set(what, (found.get(what) ?? 0) + times);
  for (const { journal } of desks) {
    if (journal.pending() > 0) count('still pending', journal.pending());
    for (const verdict of journal.verdicts()) if (verdict.verdict !== 'confirmed') count(reasonOf(verdict));
  }
  return found;
}

const reasonOf = (verdict: Exclude<Verdict, { verdict: 'confirmed' }>): string =>
  `${verdict.verdict}: ${JSON.stringify(verdict.reason)}`;
