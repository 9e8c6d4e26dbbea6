/**
 * `npm run bench:growth`: the product's own figures with more and more records, and with more connections over more data; charts and a table for
 * docs/growth.md. What grows faster than the data is named there.  `-- --only store,server` measures these anew and
 * leaves the others as docs/growth/measured.jsonl has them.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../build/project.ts';
import { endTogether } from './end-together.ts';
import { growthCharts } from './growth/charts.ts';
import { page } from './growth/page.ts';
import { collected, type Measured } from './growth/series.ts';
import type { Options } from './options.ts';
import type { Part } from './part.ts';
import { ensurePeers } from './peers-installed.ts';
import { jsonLine } from './report.ts';

const DISTRICTS = [1, 10];

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,10000,100000,200000' },
    rounds: { type: 'string', default: '1' },
    only: { type: 'string', default: 'store,search,sync,memory,server' },
    /** Records that count as a district's. */
    district: { type: 'string', default: '100000' },
  },
});
const sizes = values.sizes.split(',').map(Number);
const chosen = new Set(values.only.split(','));
const say = (line: string): void => console.error(`bench: growth: ${line}`);

/** Everything that depends on how many records there are; without peers, which are measured at one size. */
const BY_SIZE: Readonly<
  Record<string, { readonly part: () => Promise<Part>; readonly only?: readonly string[] }>
> = {
  store: { part: async () => (await import('./store/store.ts')).store },
  search: { part: async () => (await import('./search/search.ts')).search },
  // A push depends on what waits, not on what lies there.
  sync: { part: async () => (await import('./sync/sync.ts')).sync, only: ['d', 'delta'] },
  memory: { part: async () => (await import('./start/start.ts')).start, only: ['memory'] },
};

endTogether();

/** Of every run so far, a line each: what is not measured now stands as it was, and a run that breaks off has not been for nothing. */
const folder = join(root, 'docs', 'growth');
const file = join(folder, 'measured.jsonl');
interface Line extends Measured {
  readonly part: string;
}
mkdirSync(folder, { recursive: true });
const before = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').filter(Boolean) : [];
const measured: Line[] = before
  .map((line) => JSON.parse(line) as Line)
  .filter(({ part }) => !chosen.has(part));
const write = (): void => writeFileSync(file, measured.map((line) => `${JSON.stringify(line)}\n`).join(''));
const plain: Options = {
  ...{ n: 0, rounds: Number(values.rounds), browser: 'electron' as const, sides: new Set(['ours']) },
};
async function measure(name: string, part: Part, options: Options, over?: number): Promise<void> {
  await part(options, (figure) => {
    console.log(jsonLine(figure));
    const { bench, n, unit, ours } = figure;
    const size = options.n;
    measured.push({
      ...{ part: name, figure: { bench, n, unit, ours }, size },
      ...(over !== undefined && { over }),
    });
    write();
  });
}

ensurePeers(say);
for (const [name, { part, only }] of Object.entries(BY_SIZE)) {
  if (!chosen.has(name)) continue;
  for (const n of sizes) {
    say(`${name} with ${n}`);
    await measure(name, await part(), { ...plain, n, ...(only && { only: new Set(only) }) });
  }
}
if (chosen.has('server')) {
  const { connections } = await import('./server/connections.ts');
  for (const districts of DISTRICTS) {
    const n = districts * Number(values.district);
    say(`the server over the data of ${districts} districts, ${n} records`);
    await measure('server', connections, { ...plain, n }, districts);
  }
}

const { bySize, byConnections } = collected(measured);
const charts = await growthCharts(bySize, byConnections);
for (const [name, svg] of Object.entries(charts)) writeFileSync(join(folder, `${name}.svg`), svg);
writeFileSync(
  join(root, 'docs', 'growth.md'),
  page(bySize, byConnections, districtOf(measured), Object.keys(charts)),
);

/** What lies there was measured when it was measured, whatever this run was told. */
function districtOf(lines: readonly Line[]): number {
  const [one] = lines.flatMap(({ size, over }) => (over === undefined ? [] : [size / over]));
  return one ?? Number(values.district);
}
