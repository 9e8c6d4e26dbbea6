/**
 * Opens the district's database and brings its tables up to date: PostgreSQL where DATABASE_URL names one, else PGlite in the data
 * folder. PGlite allows one process; a lock file says which, and an orphaned one is taken over.
 */
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, PostgresDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { ok, refuse, type Result } from '../../shared/core/result.ts';
import { migrations } from './migrations/all.ts';
import { ensureReader } from './reader.ts';
import type { Tables } from './tables.ts';

export interface Database {
  readonly kind: 'pglite' | 'postgres';
  readonly db: Kysely<Tables>;
  readonly close: () => Promise<void>;
}

/** The process id of the district that has the folder open already. */
export interface InUse {
  readonly code: 'in-use';
  readonly pid: number;
}

export async function openDatabase(where: {
  readonly url?: string;
  readonly folder: string;
}): Promise<Result<Database, InUse>> {
  if (where.url !== undefined) return ok(await openPostgres(where.url));
  mkdirSync(where.folder, { recursive: true, mode: 0o700 });
  const lock = takeLock(join(where.folder, 'district.lock'));
  if (!lock.ok) return lock;
  try {
    const opened = await openPGlite(join(where.folder, 'pglite'));
    const close = async (): Promise<void> => {
      await opened.close();
      lock.value();
    };
    return ok({ ...opened, close });
  } catch (failure) {
    lock.value();
    throw failure;
  }
}

export async function openPostgres(url: string): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 16,
    connectionTimeoutMillis: 15_000,
    statement_timeout: 60_000,
  });
  // A broken connection is replaced by the pool, and its query has failed already; without listeners, on the pool for idle ones
  // and on each client for those in use, it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  await migrate(db);
  return { kind: 'postgres', db, close: () => db.destroy() };
}

/** In memory without a folder. */
export async function openPGlite(folder?: string): Promise<Database> {
  const pglite = await PGlite.create(folder);
  const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) });
  await migrate(db);
  return { kind: 'pglite', db, close: () => db.destroy() };
}

async function migrate(db: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
  });
  try {
    const { error } = await migrator.migrateToLatest();
    if (error !== undefined) throw error;
    await ensureReader(db);
  } catch (failure) {
    await db.destroy();
    throw failure;
  }
}

function takeLock(path: string): Result<() => void, InUse> {
  for (let tries = 0; tries < 2; tries++) {
    try {
      const file = openSync(path, 'wx', 0o600);
      writeSync(file, String(process.pid));
      closeSync(file);
      return ok(() => rmSync(path, { force: true }));
    } catch (failure) {
      if ((failure as NodeJS.ErrnoException).code !== 'EEXIST') throw failure;
      const pid = Number(readFileSync(path, 'utf8'));
      if (pid !== process.pid && isAlive(pid)) return refuse({ code: 'in-use', pid });
      rmSync(path, { force: true });
    }
  }
  return refuse({ code: 'in-use', pid: 0 });
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (failure) {
    return (failure as NodeJS.ErrnoException).code === 'EPERM';
  }
}
