/**
 * `npm run audit:faults`: a test that nobody has seen fail proves little. Each fault of faults.ts is planted alone in a copy of the code, and the simulation
 * (or the test that is named) must find it; the list says by which promise, in which history and after how many seconds. `--quick` plants those that are
 * found at once, `--only WORD` some.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Fault } from './fault.ts';
import { faults } from './faults.ts';
import { root } from './project.ts';

const { values: given } = parseArgs({
  options: { quick: { type: 'boolean' }, only: { type: 'string', default: '' } },
});
/** As many as a fault may need that only shows after a power cut at one place. */
const HISTORIES = 1500;

const chosen = faults.filter(
  ({ name, isQuick }) => (given.quick !== true || isQuick === true) && name.includes(given.only),
);
for (const fault of chosen) plantedIn(fault);

const work = mkdtempSync(join(tmpdir(), 'linli-faults-'));
const sound = new Set<string>();
let missed = 0;
try {
  const waiting = [...chosen];
  await Promise.all(
    Array.from({ length: Math.min(availableParallelism(), chosen.length) }, async (_, hand) => {
      const copy = copied(join(work, String(hand)));
      for (let fault = waiting.shift(); fault; fault = waiting.shift()) await show(copy, fault);
    }),
  );
} finally {
  rmSync(work, { recursive: true, force: true });
}
console.log(`${chosen.length - missed} of ${chosen.length} planted faults were found`);
process.exitCode = missed === 0 ? 0 : 1;

/** Throws where the place to plant in is not there once. */
function plantedIn({ file, from, to, name }: Fault): string {
  const text = readFileSync(join(root, file), 'utf8');
  if (text.split(from).length !== 2) throw new Error(`the place of “${name}” is not there once: ${file}`);
  return text.replace(from, () => to);
}

function copied(copy: string): string {
  for (const folder of ['electron', 'renderer', 'shared', 'server'])
    cpSync(join(root, folder), join(copy, folder), { recursive: true });
  for (const name of ['package.json', 'vitest.config.ts', 'tsconfig.base.json'])
    cpSync(join(root, name), join(copy, name));
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

async function show(copy: string, fault: Fault): Promise<void> {
  const path = join(copy, fault.file);
  const whole = readFileSync(path, 'utf8');
  const started = performance.now();
  if (fault.test !== undefined) await mustPass(copy, fault.test);
  writeFileSync(path, plantedIn(fault));
  const found = fault.test === undefined ? await foundInHistories(copy) : await foundInTest(copy, fault.test);
  writeFileSync(path, whole);
  const seconds = ((performance.now() - started) / 1000).toFixed(1).padStart(6);
  if (found === undefined) missed += 1;
  console.log(
    `${found === undefined ? 'MISSED' : 'found '} ${seconds} s  ${fault.name}: ${found ?? fault.file}`,
  );
}

async function foundInHistories(copy: string): Promise<string | undefined> {
  const words = ['--histories', String(HISTORIES), '--workers', '1', '--brief'];
  const { output } = await run(copy, ['renderer/core/testing/simulate.ts', ...words]);
  const [, seed, said] = /^seed (\d+) \(\d+ steps\): (.*)$/m.exec(output) ?? [];
  return seed === undefined ? undefined : `history ${seed}, ${said?.slice(0, 90)}`;
}

/** In sound code, or it proves nothing; once a file. */
async function mustPass(copy: string, test: string): Promise<void> {
  if (sound.has(test)) return;
  sound.add(test);
  const failed = await foundInTest(copy, test);
  if (failed !== undefined) throw new Error(`fails without any fault: ${failed}`);
}

async function foundInTest(copy: string, test: string): Promise<string | undefined> {
  const { output } = await run(copy, ['node_modules/vitest/vitest.mjs', 'run', test]);
  const [, title] = /FAIL .*?\.ts > (.*)/.exec(output.replaceAll(/\u001b\[\d+m/g, '')) ?? [];
  return title === undefined ? undefined : `${test}, “${title.slice(0, 90)}”`;
}

async function run(cwd: string, words: readonly string[]): Promise<{ readonly output: string }> {
  const child = spawn(process.execPath, words, { cwd });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  await new Promise((resolve) => child.once('close', resolve));
  return { output: Buffer.concat(chunks).toString() };
}
