/**
 * `npm run simulate`: histories of desks and a district under every trouble that the design names. `--histories 40 --steps 120 --seed 1`
 * (or `--seeds` and `--from`) runs so many, from that seed on; `--audit` then plants the faults of simulation/faults.ts one by one and expects each to be found.
 */
import { parseArgs } from 'node:util';
import { faults, type Fault } from './simulation/faults.ts';
import { runHistory } from './simulation/run-history.ts';

const { values } = parseArgs({
  options: {
    histories: { type: 'string' },
    seeds: { type: 'string', default: '40' },
    steps: { type: 'string', default: '120' },
    seed: { type: 'string' },
    from: { type: 'string', default: '1' },
    audit: { type: 'boolean', default: false },
  },
});
const count = Number(values.histories ?? values.seeds);
const steps = Number(values.steps);
const from = Number(values.seed ?? values.from);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function simulate(): Promise<boolean> {
  let operations = 0;
  const started = performance.now();
  for (let seed = from; seed < from + count; seed++) {
    const result = await runHistory({ seed, steps });
    operations += result.operations;
    if (result.broken !== undefined) {
      say(`seed ${seed} (${steps} steps): ${result.broken}`);
      return false;
    }
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  say(`${count} histories of ${steps} steps, ${operations} operations, every promise kept, ${seconds} s`);
  return true;
}

/** A test that nobody has seen fail proves little. */
async function audit(): Promise<boolean> {
  let missed = 0;
  for (const fault of Object.keys(faults) as Fault[]) {
    const found = await firstFinding(fault);
    if (!found) missed += 1;
    say(`${found ? 'found ' : 'MISSED'}  ${fault}: ${found ?? faults[fault]}`);
  }
  return missed === 0;
}

async function firstFinding(fault: Fault): Promise<string | undefined> {
  for (let seed = from; seed < from + count; seed++) {
    const { broken } = await runHistory({ seed, steps, fault });
    if (broken !== undefined) return `seed ${seed}, ${broken.slice(0, 110)}`;
  }
  return undefined;
}

const isKept = await simulate();
const isAudited = !values.audit || (await audit());
process.exitCode = isKept && isAudited ? 0 : 1;
