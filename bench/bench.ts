/**
 * `npm run bench` measures everything, `npm run bench:store` and its like one part: the product's own code beside the floor and the peers,
 * in one run. Every figure is a line of JSON as soon as it stands; the table for people comes last.
 */
import { appendFileSync, rmSync } from 'node:fs';
import { endTogether } from './end-together.ts';
import { readOptions, USAGE } from './options.ts';
import type { Part } from './part.ts';
import { ensurePeers } from './peers-installed.ts';
import { jsonLine, table, type Figure } from './report.ts';

const parts: Readonly<Record<string, () => Promise<Part>>> = {
  store: async () => (await import('./store/store.ts')).store,
  start: async () => (await import('./start/start.ts')).start,
  search: async () => (await import('./search/search.ts')).search,
  server: async () => (await import('./server/server.ts')).server,
  sync: async () => (await import('./sync/sync.ts')).sync,
};
const say = (line: string): void => console.error(`bench: ${line}`);

async function main([name = '', ...words]: readonly string[]): Promise<void> {
  const chosen = name === 'all' ? Object.keys(parts) : [name];
  const unknown = chosen.find((one) => !Object.hasOwn(parts, one));
  if (unknown !== undefined)
    throw new Error(`parts are all, ${Object.keys(parts).join(', ')}; options: ${USAGE}`);
  const options = readOptions(words);
  ensurePeers(say);
  if (options.json !== undefined) rmSync(options.json, { force: true });
  const figures: Figure[] = [];
  const emit = (figure: Figure): void => {
    figures.push(figure);
    console.log(jsonLine(figure));
    if (options.json !== undefined) appendFileSync(options.json, `${jsonLine(figure)}\n`);
  };
  for (const one of chosen) {
    const part = await parts[one]?.();
    await part?.(options, emit);
  }
  console.log(`\n${table(figures)}`);
  if (figures.some(({ ours }) => !Array.isArray(ours))) process.exitCode = 1;
}

endTogether();

try {
  await main(process.argv.slice(2));
} catch (problem) {
  console.error(`bench: ${problem instanceof Error ? problem.message : String(problem)}`);
  process.exitCode = 1;
}
