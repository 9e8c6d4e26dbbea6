/** S of performance.md: every class of question over so many residents, beside one string per column, MiniSearch and FlexSearch. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { dist, root } from '../../build/project.ts';
import { resolveRuntime } from '../../build/runtime.mjs';
import type { RecordState } from '../../shared/core/record.ts';
import { meets } from '../../shared/core/testing/naive-search.ts';
import { readings } from '../../renderer/core/search/readings.ts';
import { residentStates } from '../data.ts';
import { takingPart, wants } from '../options.ts';
import type { Part } from '../part.ts';
import type { Unit } from '../report.ts';
import { inTurn, peersIn, sideIn, type Measures } from '../rounds.ts';
import type { Asked } from './process.ts';
import { CLASSES, queriesOf, type Queries } from './queries.ts';
import { wordsOf } from './sides.ts';

const PEERS = ['minisearch', 'flexsearch'] as const;
const SIDES = ['ours', 'floor', ...PEERS] as const;
const EACH = 60;
/** Questions of a class that every single word is looked at for. */
const LOOKED_AT = 4;

export const search: Part = async (options, emit) => {
  if (!wants(options, 's')) return;
  const { n, rounds } = options;
  const say = (line: string): void => console.error(`bench: search: ${line}`);
  const home = mkdtempSync(join(tmpdir(), 'linli-bench-'));
  try {
    const program = join(dist, 'bench', 'search.cjs');
    await build({
      entryPoints: [join(root, 'bench', 'search', 'process.ts')],
      outfile: program,
      ...{ bundle: true, platform: 'node', format: 'cjs', target: 'node18', logLevel: 'warning' },
    });
    const all = [...residentStates(n)];
    const records = join(home, 'residents.txt');
    writeFileSync(records, all.map((state) => JSON.stringify(state)).join('\n'));
    const queries = queriesOf(all, EACH, readings);
    say('looking at every word, for what must be found');
    const oracle = oracleOf(all, queries);
    const { executable } = await resolveRuntime();

    const work = async (side: string): Promise<Measures> => {
      const file = join(home, 'asked.json');
      writeFileSync(file, JSON.stringify({ side, records, queries, oracle } satisfies Asked));
      const { stdout } = await promisify(execFile)(
        executable,
        ['--expose-gc', '--max-old-space-size=3500', program, file],
        { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } },
      );
      return JSON.parse(stdout) as Measures;
    };
    const measured = await inTurn(
      Object.fromEntries(takingPart(options, SIDES).map((side) => [side, () => work(side)])),
      rounds,
      say,
    );
    const figure = (bench: string, unit: Unit, measure: string): void =>
      emit({
        ...{ bench, n, unit, ours: sideIn(measured, 'ours', measure) },
        floor: sideIn(measured, 'floor', measure),
        peers: peersIn(measured, PEERS, measure),
      });
    figure('search.find', 'ms', 'allP95');
    figure('search.find.median', 'ms', 'allP50');
    for (const kind of CLASSES) {
      figure(`search.find.${kind}`, 'ms', `${kind}P95`);
      figure(`search.find.${kind}.median`, 'ms', `${kind}P50`);
    }
    figure('search.recall', 'percent', 'recall');
    figure('search.precision', 'percent', 'precision');
    figure('search.build', 'ms', 'build');
    figure('search.memory', 'MB', 'memory');
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
};

function oracleOf(all: readonly RecordState[], queries: Queries): Asked['oracle'] {
  const words = all.map((record) => [record.id, wordsOf(record)] as const);
  const of = (question: string): readonly string[] =>
    words.filter(([, some]) => meets(some, question, readings)).map(([id]) => id);
  return Object.fromEntries(
    CLASSES.map((kind) => [kind, queries[kind].slice(0, LOOKED_AT).map(of)]),
  ) as unknown as Asked['oracle'];
}
