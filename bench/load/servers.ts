/** The district as processes of their own, as `npm run district` starts them, over one PostgreSQL and one data folder; and what memory they take. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startDistrict, type District as Process } from '../../build/district-process.ts';
import { freePort } from '../../build/free-port.ts';
import { openContext, type Context } from '../../server/context.ts';
import { startPostgres } from '../../server/testing/postgres.ts';

export interface Servers {
  readonly addresses: readonly string[];
  readonly databaseUrl: string;
  /** Resident megabytes of each, once a second since the start. */
  readonly memory: readonly (readonly number[])[];
  /** Beside them, on the same database: for what an administrator does. */
  readonly beside: Context;
  readonly folder: string;
  /** Bytes of the database. */
  readonly size: () => Promise<number>;
  /** Seconds of processor time that each has taken so far. */
  readonly busy: () => readonly number[];
  readonly stop: () => Promise<void>;
}

const SAMPLE_MS = 1_000;

export async function startServers(count: number): Promise<Servers> {
  const folder = mkdtempSync(join(tmpdir(), 'linli-load-'));
  const given = process.env['DATABASE_URL'];
  const postgres = given === undefined ? await startPostgres({ isDurable: true }) : undefined;
  const databaseUrl = given ?? (await postgres?.createDatabase()) ?? '';
  const data = join(folder, 'district');
  const running: Process[] = [];
  for (let index = 0; index < count; index++)
    running.push(await startDistrict({ data, port: await freePort(), env: { DATABASE_URL: databaseUrl } }));
  const log = (line: Readonly<Record<string, unknown>>): void => console.error(JSON.stringify(line));
  const beside = await openContext({
    folder: data,
    databaseUrl,
    name: undefined,
    address: '',
    log,
    isServing: false,
  });
  if (!beside.ok) throw new Error(beside.error.code);
  const { district, close } = beside.value;
  if ((await district.head()).seq > 0)
    throw new Error('DATABASE_URL holds a district already: give an empty database');
  const memory = running.map((): number[] => []);
  const sampling = setInterval(() => {
    for (const [index, server] of running.entries()) memory[index]?.push(residentOf(server.process.pid));
  }, SAMPLE_MS);
  return {
    addresses: running.map(({ url }) => url),
    databaseUrl,
    memory,
    beside: beside.value,
    folder,
    size: () => sizeOf(databaseUrl),
    busy: () => running.map((server) => busyOf(server.process.pid)),
    stop: async () => {
      clearInterval(sampling);
      await close();
      for (const server of running) await server.stop();
      await postgres?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function sizeOf(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ size: string }>(
    'select pg_database_size(current_database()) as size',
  );
  await client.end();
  return Number(rows[0]?.size);
}

/** The kernel counts in hundredths of a second. */
function busyOf(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function residentOf(pid: number | undefined): number {
  try {
    return Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    // It has ended.
    return 0;
  }
}
