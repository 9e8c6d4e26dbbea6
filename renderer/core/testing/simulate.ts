/**
 * `npm run simulate`: histories of desks and a district under every trouble that the design names. `-- --histories 1000 --seed 1` runs so many, from
 * that seed on, one thread a core; `--steps` and `--workers` where wanted; `--show` prints the history of the seed, `--brief` looks for no shorter one. A broken promise ends it: the
 * seed is named, and the shortest history that still breaks it is printed. `--replay FILE` runs a printed one again.
 */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { read, written, type History } from './simulation/notation.ts';
import { planOf } from './simulation/plan.ts';
import { runHistory } from './simulation/run-history.ts';
import { runMany } from './simulation/run-many.ts';
import { shrink } from './simulation/shrink.ts';

const { values: given } = parseArgs({
  options: {
    histories: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    steps: { type: 'string', default: '60' },
    workers: { type: 'string', default: String(availableParallelism()) },
    replay: { type: 'string' },
    show: { type: 'boolean', default: false },
    brief: { type: 'boolean', default: false },
  },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const [seed, steps] = [Number(given.seed), Number(given.steps)];

/** The history as it is written, and what came of it. */
async function tell(history: History): Promise<boolean> {
  const { broken, told, trace, operations } = await runHistory(history);
  say(written(history, told));
  for (const note of told.get(0) ?? []) say(`  at rest: ${note}`);
  say(
    broken === undefined
      ? `every promise kept, ${operations} operations, trace ${trace}`
      : `broken: ${broken}`,
  );
  return broken === undefined;
}

async function simulate(): Promise<boolean> {
  const started = performance.now();
  const histories = Number(given.histories);
  const { ran, operations, trace, broken } = await runMany({
    seed,
    histories,
    steps,
    workers: Number(given.workers),
  });
  const seconds = (performance.now() - started) / 1000;
  const rate = Math.round((ran / seconds) * 3600);
  if (!broken) {
    say(
      `${ran} histories of ${steps} steps, ${operations} operations, every promise kept, ${seconds.toFixed(1)} s`,
    );
    say(`${rate} histories an hour, trace ${trace}`);
    return true;
  }
  say(`seed ${broken.seed} (${steps} steps): ${broken.broken}`);
  // What never ends would not end here either.
  if (given.brief || broken.broken.includes('no end')) return false;
  const shortest = await shrink(planOf(broken.seed, steps), broken.broken);
  say(`\nthe shortest of ${shortest.tried} histories that break it so:\n`);
  await tell(shortest.history);
  say('\nrun it again: npm run simulate -- --replay FILE, with these lines in it');
  return false;
}

const isKept =
  given.replay !== undefined
    ? await tell(read(readFileSync(given.replay, 'utf8')))
    : given.show
      ? await tell(planOf(seed, steps))
      : await simulate();
process.exitCode = isKept ? 0 : 1;
