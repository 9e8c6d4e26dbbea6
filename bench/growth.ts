/**
 * `npm run bench:growth`: the product's own figures with more and more records, and with more connections over more data; charts and a table for
 * docs/growth.md. What grows faster than the data is named there. `-- --sizes 1000,10000 --only store,server` measures less.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../build/project.ts';
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

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));

const measured: Measured[] = [];
const plain: Options = {
  ...{ n: 0, rounds: Number(values.rounds), browser: 'electron' as const, sides: new Set(['ours']) },
};
async function measure(part: Part, options: Options, over?: number): Promise<void> {
  await part(options, (figure) => {
    console.log(jsonLine(figure));
    measured.push({ figure, size: options.n, ...(over !== undefined && { over }) });
  });
}

ensurePeers(say);
for (const [name, { part, only }] of Object.entries(BY_SIZE)) {
  if (!chosen.has(name)) continue;
  for (const n of sizes) {
    say(`${name} with ${n}`);
    await measure(await part(), { ...plain, n, ...(only && { only: new Set(only) }) });
  }
}
if (chosen.has('server')) {
  const { connections } = await import('./server/connections.ts');
  for (const districts of DISTRICTS) {
    const n = districts * Number(values.district);
    say(`the server over the data of ${districts} districts, ${n} records`);
    await measure(connections, { ...plain, n }, districts);
  }
}

const { bySize, byConnections } = collected(measured);
const folder = join(root, 'docs', 'growth');
mkdirSync(folder, { recursive: true });
const charts = await growthCharts(bySize, byConnections);
for (const [name, svg] of Object.entries(charts)) writeFileSync(join(folder, `${name}.svg`), svg);
writeFileSync(
  join(root, 'docs', 'growth.md'),
  page(bySize, byConnections, Number(values.district), Object.keys(charts)),
);
