/**
 * `npm run crowd`: 200 desks push 50 operations each to a district of two nodes on a throwaway PostgreSQL, and 20 readers follow their
 * cursors meanwhile; `-- --writers 20 --operations 10 --readers 4 --nodes 1` where wanted. Ends with 1 where S6 was broken.
 */
import { parseArgs } from 'node:util';
import { openNodes } from './crowd/nodes.ts';
import { prove } from './crowd/prove.ts';
import { work } from './crowd/work.ts';
import { startPostgres } from './postgres.ts';

const { values: given } = parseArgs({
  options: {
    writers: { type: 'string', default: '200' },
    operations: { type: 'string', default: '50' },
    readers: { type: 'string', default: '20' },
    nodes: { type: 'string', default: '2' },
  },
});
const size = {
  writers: Number(given.writers),
  operations: Number(given.operations),
  readers: Number(given.readers),
};
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const postgres = await startPostgres();
try {
  const nodes = await openNodes(await postgres.createDatabase(), Number(given.nodes));
  const worked = await work(nodes.casts, size);
  await nodes.close();
  const { written, followed, enrolling, seconds } = worked;
  const pages = followed.reduce((sum, one) => sum + one.length, 0);
  say(`${size.writers + size.readers} desks enrolled in ${enrolling.toFixed(1)} s`);
  say(
    `${written.length} operations in ${seconds.toFixed(1)} s, ${Math.round(written.length / seconds)} a second; ${pages} pages pulled by ${size.readers} readers`,
  );
  const broken = prove(worked);
  for (const one of broken) say(`BROKEN  ${one}`);
  if (broken.length === 0) say('no gap, no double, nothing missed');
  process.exitCode = broken.length === 0 ? 0 : 1;
} finally {
  await postgres.stop();
}
