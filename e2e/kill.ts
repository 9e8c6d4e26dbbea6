/**
 * `npm run kill -- --rounds 30`: kill -9 at random moments of real work, of the packaged desk, of its district (PGlite), and with
 * `--victims database` of PostgreSQL and the district on it. `--seed` repeats the moments. Ends with 1 where a promise was broken.
 */
import { parseArgs } from 'node:util';
import { bundle } from '../build/bundle.ts';
import { openDisplay } from '../build/display.ts';
import { pack } from '../build/pack.ts';
import { resolveRuntime } from '../build/runtime.mjs';
import { seededSource } from '../shared/testing/random.ts';
import { openDistrict } from './support/district.ts';
import { killRounds, type Victim } from './support/kill-rounds.ts';
import { openDesk } from './support/launch.ts';
import { openPostgres } from './support/postgres.ts';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '30' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    victims: { type: 'string', default: 'desk,district' },
  },
});
const rounds = Number(options.rounds);
const victims = options.victims.split(',') as Victim[];
const say = (line: string): void => console.log(line);

async function killing(victim: Victim, env: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const postgres = victim === 'database' ? await openPostgres() : undefined;
  const district = await openDistrict({ database: postgres?.url });
  const desk = await openDesk(env);
  const given = { victim, district, desk, ledger: postgres?.url ?? district.data, say };
  try {
    const { whole } = seededSource(Number(options.seed));
    const random = (): number => whole(1_000_000) / 1_000_000;
    return await killRounds({ ...given, random, crashDatabase: postgres?.crash }, rounds);
  } catch (problem) {
    return [`${victim}: ${problem instanceof Error ? problem.message : String(problem)}`];
  } finally {
    await desk.dispose();
    await district.dispose();
    await postgres?.dispose();
  }
}

await bundle();
await pack({ name: 'twin', runtime: await resolveRuntime() });
const display = await openDisplay();
say(`seed ${options.seed}, ${rounds} rounds each of: ${victims.join(', ')}`);
const found: string[] = [];
try {
  for (const victim of victims) found.push(...(await killing(victim, display.env)));
} finally {
  display.stop();
}
found.forEach((one) => say(`BROKEN  ${one}`));
say(
  found.length === 0 ? `every promise kept in ${rounds * victims.length} rounds` : `${found.length} broken`,
);
process.exitCode = found.length === 0 ? 0 : 1;
