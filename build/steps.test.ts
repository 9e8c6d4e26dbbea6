import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Outcome, type Step, runSteps } from './steps.ts';

const node = (script: string): Step['command'] => [process.execPath, '-e', script];
const plain = ({ name, state, passed, failed }: Outcome) => ({ name, state, passed, failed });

async function run(steps: readonly Step[], hands = 2) {
  const seen: string[] = [];
  const outcomes = await runSteps({
    steps,
    hands,
    cwd: tmpdir(),
    onOutcome: ({ name }) => seen.push(name),
  });
  return { seen, outcomes };
}

test('a failing step stops only what needs it', async () => {
  const { outcomes } = await run([
    { name: 'types', command: node('process.exit(2)') },
    { name: 'lint', command: node('') },
    { name: 'e2e', command: node(''), needs: ['types'] },
  ]);
  expect(outcomes.map(plain).sort((a, b) => a.name.localeCompare(b.name))).toEqual([
    { name: 'e2e', state: 'not run', passed: 0, failed: 1 },
    { name: 'lint', state: 'passed', passed: 1, failed: 0 },
    { name: 'types', state: 'failed', passed: 0, failed: 1 },
  ]);
});

test('what a step counted is its result, and a crash is a failure whatever it counted', async () => {
  const count = () => ({ passed: 7, failed: 0 });
  const { outcomes } = await run([
    { name: 'unit', command: node(''), count },
    { name: 'crashed', command: node('process.exit(1)'), count },
    { name: 'red', command: node('process.exit(1)'), count: () => ({ passed: 7, failed: 2 }) },
    { name: 'missing', command: ['there-is-no-such-program'] },
  ]);
  expect(outcomes.map(plain).sort((a, b) => a.name.localeCompare(b.name))).toEqual([
    { name: 'crashed', state: 'failed', passed: 7, failed: 1 },
    { name: 'missing', state: 'failed', passed: 0, failed: 1 },
    { name: 'red', state: 'failed', passed: 7, failed: 2 },
    { name: 'unit', state: 'passed', passed: 7, failed: 0 },
  ]);
});

test('two steps run side by side; one that needs both hands runs alone, after what it needs', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'linli-steps-'));
  const withFiles = (script: string): Step['command'] =>
    node(
      `const { existsSync, writeFileSync } = require('node:fs'); process.chdir(${JSON.stringify(folder)}); ${script}`,
    );
  // Neither ends before the other has begun, however slow the machine is.
  const meets = (name: string, other: string, stays: number): Step['command'] =>
    withFiles(`
      writeFileSync('${name}', '');
      const look = setInterval(() => {
        if (!existsSync('${other}')) return;
        clearInterval(look);
        setTimeout(() => writeFileSync('${name} ended', ''), ${stays});
      }, 20);`);
  const { outcomes } = await run([
    { name: 'a', command: meets('a', 'b', 0), minutes: 0.3 },
    { name: 'b', command: meets('b', 'a', 1500), minutes: 0.3 },
    {
      name: 'both',
      command: withFiles(`process.exit(existsSync('a ended') && existsSync('b ended') ? 0 : 1)`),
      hands: 2,
      needs: ['a'],
    },
  ]);
  rmSync(folder, { recursive: true, force: true });
  expect(outcomes.map(({ name, state }) => `${name} ${state}`).sort()).toEqual([
    'a passed',
    'b passed',
    'both passed',
  ]);
}, 60_000);

test('a step that hangs is ended with what it started', async () => {
  const child = `require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(()=>{},1e3)'], { stdio: 'inherit' })`;
  const { outcomes } = await run([
    { name: 'hangs', command: node(`${child}; setInterval(() => {}, 1e3)`), minutes: 0.02 },
  ]);
  expect(outcomes.map(plain)).toEqual([{ name: 'hangs', state: 'failed', passed: 0, failed: 1 }]);
  expect(outcomes[0]?.output).toContain('ended after 0.02 minutes');
});

test('steps that wait for each other are a mistake that is told', async () => {
  await expect(
    run([
      { name: 'a', command: node(''), needs: ['b'] },
      { name: 'b', command: node(''), needs: ['a'] },
    ]),
  ).rejects.toThrow('these steps wait for each other: a, b');
});
