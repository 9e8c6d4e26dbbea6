/**
 * What PostgreSQL does without us, on tables like ours with the same rows and indexes: two statements a transaction by pgbench (an operation comes, its
 * record is kept), and COPY.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

const OPERATION = 'bench_operations';
const RECORD = 'bench_records';

const TABLES = `
  drop table if exists ${OPERATION}, ${RECORD};
  create table ${OPERATION} (like operations including all);
  create table ${RECORD} (like records including all)`;

/** As one of ours lies there: about as many bytes, in the columns that have an index. */
const SCRIPT = `\\set id random(1, 1000000000000000)
\\set seq random(1, 1000000000000000)
begin;
insert into ${OPERATION} (id, seq, record, author, device, number, link, digest, verdict, received_at, doc)
  values ('operation_' || :id, :seq, 'resident_' || :id, 'person', 'device_' || :client_id, :seq, 'link', 'digest', 'confirmed', '2026', 'TEXT');
insert into ${RECORD} (id, seq, entity, scopes, doc) values ('resident_' || :id, :seq, 'resident', '{a}', 'TEXT')
  on conflict (id) do update set seq = excluded.seq, doc = excluded.doc;
commit;
`;

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** @returns transactions a second */
export async function pgbench(url: string, connections: number, seconds: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'linli-bench-'));
  try {
    await withClient(url, (client) => client.query(TABLES));
    const script = join(folder, 'two-statements.sql');
    writeFileSync(script, SCRIPT.replaceAll('TEXT', 'x'.repeat(900)));
    const words = [
      '-n',
      '-f',
      script,
      '-c',
      connections,
      '-j',
      Math.min(2, connections),
      '-T',
      seconds,
      '-M',
      'prepared',
      url,
    ];
    const { stdout, status, error, stderr } = spawnSync('pgbench', words.map(String), { encoding: 'utf8' });
    if (status !== 0) throw new Error(`pgbench (Debian: postgresql-contrib): ${error?.message ?? stderr}`);
    return Number(/tps = ([\d.]+)/.exec(stdout)?.[1]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns rows a second with which our own operations are copied into a table like theirs */
export async function copied(url: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'linli-bench-'));
  // PostgreSQL's own user writes and reads there.
  chmodSync(folder, 0o777);
  const file = join(folder, 'operations');
  try {
    return await withClient(url, async (client) => {
      await client.query(TABLES);
      await client.query(`copy operations to '${file}'`);
      const begun = performance.now();
      const { rowCount } = await client.query(`copy ${OPERATION} from '${file}'`);
      return ((rowCount ?? 0) * 1000) / (performance.now() - begun);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
