/**
 * Runs the steps of `npm test`: as many at a time as there are hands, each when what it needs has passed. A step says its name and
 * how long it took; what it printed is shown only when it failed. Everything runs even when something failed, so that one run
 * tells all.
 */
import { spawn } from 'node:child_process';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

export interface Step {
  readonly name: string;
  /** A program of node_modules/.bin or build/, and its words. */
  readonly command: readonly [program: string, ...words: string[]];
  readonly env?: Readonly<Record<string, string>>;
  /** How many hands it keeps busy; 1 if not said. */
  readonly hands?: number;
  /** Names of steps that must have passed. */
  readonly needs?: readonly string[];
  /** Out of what it left behind; a step without it counts as one test. */
  readonly count?: (output: string) => Counts | undefined;
  /** Minutes after which it is ended and has failed. */
  readonly minutes?: number;
}

export interface Outcome extends Counts {
  readonly name: string;
  readonly output: string;
  readonly seconds: number;
  readonly state: 'passed' | 'failed' | 'not run';
}

export interface RunOptions {
  readonly steps: readonly Step[];
  readonly hands: number;
  readonly cwd: string;
  readonly onOutcome: (outcome: Outcome) => void;
}

export async function runSteps({ steps, hands, cwd, onOutcome }: RunOptions): Promise<readonly Outcome[]> {
  const waiting = [...steps];
  const done = new Map<string, Outcome>();
  const running = new Set<Promise<void>>();
  let busy = 0;
  const settle = (outcome: Outcome): void => {
    done.set(outcome.name, outcome);
    onOutcome(outcome);
  };
  while (waiting.length > 0 || running.size > 0) {
    for (const step of [...waiting]) {
      const needs = step.needs ?? [];
      if (needs.some((name) => (done.get(name)?.state ?? 'passed') !== 'passed')) {
        waiting.splice(waiting.indexOf(step), 1);
        const missing = needs.filter((name) => done.get(name)?.state !== 'passed').join(', ');
        settle({
          name: step.name,
          output: `needs ${missing}`,
          seconds: 0,
          state: 'not run',
          passed: 0,
          failed: 1,
        });
        continue;
      }
      const size = Math.min(step.hands ?? 1, hands);
      if (needs.some((name) => !done.has(name))) continue;
      // In the order of the list: a large step is not overtaken for ever by small ones behind it.
      if (busy + size > hands) break;
      waiting.splice(waiting.indexOf(step), 1);
      busy += size;
      const run = runStep(step, cwd).then((outcome) => {
        busy -= size;
        running.delete(run);
        settle(outcome);
      });
      running.add(run);
    }
    if (running.size > 0) await Promise.race(running);
    else if (
      waiting.length > 0 &&
      waiting.every((step) => (step.needs ?? []).some((name) => !done.has(name)))
    ) {
      throw new Error(`these steps wait for each other: ${waiting.map(({ name }) => name).join(', ')}`);
    }
  }
  return [...done.values()];
}

async function runStep(step: Step, cwd: string): Promise<Outcome> {
  const begun = performance.now();
  const [program, ...words] = step.command;
  let output = '';
  const code = await new Promise<number | null>((resolve) => {
    const child = spawn(program, words, {
      cwd,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, ...step.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that a step that hangs is ended with everything that it started.
      detached: true,
    });
    const end = (): void => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    };
    const minutes = step.minutes ?? 8;
    const timer = setTimeout(() => {
      output += `\nended after ${minutes} minutes`;
      end();
    }, minutes * 60_000);
    process.once('exit', end);
    child.stdout.on('data', (text: Buffer) => (output += text.toString()));
    child.stderr.on('data', (text: Buffer) => (output += text.toString()));
    child.once('error', ({ message }) => {
      output += message;
      resolve(null);
    });
    child.once('close', (exit) => {
      clearTimeout(timer);
      process.off('exit', end);
      resolve(exit);
    });
  });
  const counted = step.count?.(output) ?? { passed: code === 0 ? 1 : 0, failed: 0 };
  // A program that fails without naming a failed test has failed all the same.
  const failed = code !== 0 && counted.failed === 0 ? 1 : counted.failed;
  return {
    name: step.name,
    output,
    seconds: (performance.now() - begun) / 1000,
    state: code === 0 && failed === 0 ? 'passed' : 'failed',
    passed: counted.passed,
    failed,
  };
}
