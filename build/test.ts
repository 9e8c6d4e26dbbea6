/**
 * `npm test`: everything that judges a change, in the order in which it tells most for its time; --full adds the slow tiers, and
 * `npm test -- --only lint,laws` runs some steps alone. The last line is the result.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './project.ts';
import { type Counts, type Outcome, type Step, runSteps } from './steps.ts';

const { values: options } = parseArgs({ options: { full: { type: 'boolean' }, only: { type: 'string' } } });
const full = options.full === true;
const only = options.only?.split(',');
const reports = join(root, 'test-results', 'reports');
const unitReport = join(reports, 'unit.json');
const e2eReport = join(reports, 'e2e.json');

const tool = (name: string): string => join(root, 'node_modules', '.bin', name);
const program = (name: string): [string, string] => [process.execPath, join(root, name)];

const all: readonly Step[] = [
  { name: 'types', command: [...program('node_modules/typescript-7/bin/tsc'), '-b'] },
  { name: 'pack', command: [...program('build/pack.ts'), '--twin'] },
  {
    name: 'lint',
    command: [tool('eslint'), '.', '--max-warnings', '0', '--cache', '--cache-location', '.cache/eslint'],
  },
  { name: 'promises', command: [tool('oxlint'), '--type-aware'] },
  { name: 'format', command: [tool('oxfmt'), '--check'] },
  {
    name: 'imports',
    command: [
      tool('depcruise'),
      '--config',
      'build/checks/dependency-cruiser.cjs',
      ...['shared', 'electron', 'renderer', 'server', 'build', 'e2e', 'bench'],
    ],
  },
  { name: 'dead code', command: [tool('knip'), '--config', 'build/checks/knip.json'] },
  { name: 'laws', command: program('build/checks/laws.ts') },
  {
    name: 'unit',
    command: [tool('vitest'), 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${unitReport}`],
    // With what takes minutes: random tests try as often as their issue asks, and districts are lost for real.
    ...(full ? { env: { LINLI_SLOW: '1', LINLI_HOSTILE: '3000' } } : {}),
    // Two workers. Ended only where it hangs: a busy machine takes its time.
    hands: 2,
    minutes: full ? 40 : 12,
    count: () => vitestCounts(unitReport),
  },
  {
    name: 'simulation',
    command: [
      ...program('renderer/core/testing/simulate.ts'),
      ...(full ? ['--histories', '10000', '--steps', '120'] : ['--histories', '1000', '--steps', '60']),
    ],
    // A thread for each core.
    hands: 2,
    ...(full ? { minutes: 60 } : {}),
  },
  {
    name: 'e2e',
    command: [...program('build/e2e.ts'), ...(full ? ['--full'] : [])],
    env: { LINLI_E2E_REPORT: e2eReport },
    needs: ['pack'],
    // Stories measure seconds: nothing runs beside them.
    hands: 2,
    minutes: full ? 60 : 14,
    count: () => playwrightCounts(e2eReport),
  },
  ...(full
    ? [
        { name: 'crowd', command: program('server/testing/crowd.ts'), hands: 2, minutes: 20 },
        {
          name: 'planted faults',
          command: program('build/audit-faults.ts'),
          hands: 2,
          minutes: 60,
        },
        {
          name: 'planted leak',
          command: [...program('build/canary.ts'), '--planted'] as const,
          needs: ['e2e'],
          hands: 2,
          minutes: 20,
        },
      ]
    : []),
];

const chosen = all.filter(({ name }) => only?.includes(name) ?? true);
const steps = chosen.map((step) => ({
  ...step,
  needs: (step.needs ?? []).filter((name) => chosen.some((other) => other.name === name)),
}));
if (steps.length === 0) throw new Error(`steps are: ${all.map(({ name }) => name).join(', ')}`);
// Dozens of processes load the same code: what one has compiled the next takes.
process.env['NODE_COMPILE_CACHE'] ??= join(root, '.cache', 'compiled');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const outcomes = await runSteps({ steps, hands: 2, cwd: root, onOutcome: show });
const total = (key: keyof Counts): number => outcomes.reduce((sum, outcome) => sum + outcome[key], 0);
const failedSteps = outcomes.filter(({ state }) => state !== 'passed').map(({ name }) => name);
if (failedSteps.length > 0) console.log(`\nnot passed: ${failedSteps.join(', ')}`);
console.log(`${total('passed')} passed, ${total('failed')} failed`);
process.exitCode = failedSteps.length > 0 ? 1 : 0;

function show({ name, state, seconds, passed, failed, output }: Outcome): void {
  const mark = { passed: 'ok    ', failed: 'FAILED', 'not run': 'NOT RUN' }[state];
  const counts = passed + failed > 1 ? `  ${passed} passed, ${failed} failed` : '';
  console.log(`${mark} ${name}  ${seconds.toFixed(1)} s${counts}`);
  if (state !== 'passed') console.log(indented(output));
}

function indented(text: string): string {
  return text.trimEnd().replace(/^/gm, '    ');
}

function vitestCounts(file: string): Counts | undefined {
  if (!existsSync(file)) return undefined;
  const report = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly numPassedTests: number;
    readonly numFailedTests: number;
  };
  return { passed: report.numPassedTests, failed: report.numFailedTests };
}

function playwrightCounts(file: string): Counts | undefined {
  if (!existsSync(file)) return undefined;
  const { stats } = JSON.parse(readFileSync(file, 'utf8')) as {
    readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number };
  };
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky };
}
