/**
 * One side in a process of its own, run by the desk's Electron as Node, so that the engine is the window's and memory can be read to the
 * byte: builds, is weighed, and answers. What it says is one line of JSON.
 */
import { readFileSync } from 'node:fs';
import type { RecordState } from '../../shared/core/record.ts';
import { percentile } from '../report.ts';
import { CLASSES, type Queries, type QueryClass } from './queries.ts';
import { sides, wordsOf } from './sides.ts';

export interface Asked {
  readonly side: string;
  /** Lines of records. */
  readonly records: string;
  readonly queries: Queries;
  /** By class, the first questions of it with the ids that a look at every word finds. */
  readonly oracle: Readonly<Record<QueryClass, readonly (readonly string[])[]>>;
}

declare const gc: () => void;

/** In a turn of its own: what the last one has finished with may still lie on its stack. */
const megabytes = async (): Promise<number> => {
  for (let turn = 0; turn < 3; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
    gc();
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1024 / 1024;
};

const wordsIn = (file: string) =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const record = JSON.parse(line) as RecordState;
      return [record.id, wordsOf(record)] as const;
    });

async function main(asked: Asked): Promise<Readonly<Record<string, number>>> {
  const words = wordsIn(asked.records);
  const side = sides[asked.side]?.();
  if (!side) throw new Error(`no side ${asked.side}`);
  const before = await megabytes();
  const begun = performance.now();
  for (const [id, some] of words) side.add(id, some);
  for (const kind of CLASSES) side.find('没有这样的', kind);
  const build = performance.now() - begun;
  const memory = (await megabytes()) - before;
  // Held until here: words that nobody needs any more would make every side weigh less than nothing.
  if (words.length === 0) throw new Error('nothing was looked through');

  const said: Record<string, number> = { build, memory };
  const everything: number[] = [];
  for (const kind of CLASSES) {
    // What comes first pays for the engine's compiling, whoever it is.
    asked.queries[kind].slice(0, 10).forEach((question) => side.find(question, kind));
    const took = asked.queries[kind].map((question) => {
      const at = performance.now();
      side.find(question, kind);
      return performance.now() - at;
    });
    everything.push(...took);
    said[`${kind}P50`] = percentile(took, 0.5);
    said[`${kind}P95`] = percentile(took, 0.95);
  }
  said['allP50'] = percentile(everything, 0.5);
  said['allP95'] = percentile(everything, 0.95);
  return { ...said, ...judged() };

  function judged(): Readonly<Record<string, number>> {
    let [wanted, found, right] = [0, 0, 0];
    for (const kind of CLASSES) {
      asked.oracle[kind].forEach((expected, at) => {
        const ids = new Set(side?.all(asked.queries[kind][at] ?? '', kind));
        wanted += expected.length;
        found += ids.size;
        right += expected.filter((id) => ids.has(id)).length;
      });
    }
    return { recall: (100 * right) / wanted, precision: found === 0 ? 0 : (100 * right) / found };
  }
}

const [file = ''] = process.argv.slice(2);
main(JSON.parse(readFileSync(file, 'utf8')) as Asked).then(
  (said) => console.log(JSON.stringify(said)),
  (problem: unknown) => {
    console.error(problem);
    process.exitCode = 1;
  },
);
