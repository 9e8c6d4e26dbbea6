/**
 * Opens the district's database and brings its tables up to date: PostgreSQL where DATABASE_URL names one, else PGlite in the data
 * folder. PGlite allows one process; a lock file says which, and an orphaned one is taken over.
 */
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, PostgresDialect, sql } from 'kysely';
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

/** How far the tables are to be brought; only a restoration wants less than all. */
export interface Bringing {
  /** The last migration to run. */
  readonly upTo?: string;
  /** Before any migration. */
  readonly onOpen?: (db: Kysely<Tables>) => Promise<void>;
}

export async function openDatabase(
  where: {
    readonly url?: string;
    readonly folder: string;
    /** The folder is ours now, and nothing in it is open. */
    readonly onLocked?: () => void;
  } & Bringing,
): Promise<Result<Database, InUse>> {
  mkdirSync(where.folder, { recursive: true, mode: 0o700 });
  if (where.url !== undefined) {
    where.onLocked?.();
    return ok(await openPostgres(where.url, where));
  }
  const lock = takeLock(join(where.folder, 'district.lock'));
  if (!lock.ok) return lock;
  try {
    where.onLocked?.();
    const opened = await openPGlite(join(where.folder, 'pglite'), where);
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

export async function openPostgres(url: string, bringing: Bringing = {}): Promise<Database> {
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
  await bring(db, bringing);
  return { kind: 'postgres', db, close: () => db.destroy() };
}

/** In memory without a folder. */
export async function openPGlite(folder?: string, bringing: Bringing = {}): Promise<Database> {
  const pglite = await PGlite.create(folder);
  const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) });
  await bring(db, bringing);
  return { kind: 'pglite', db, close: () => db.destroy() };
}

/** The schema is named: what a restoration has set aside lies in another one, under the same names. */
async function migratorOf(db: Kysely<Tables>): Promise<Migrator> {
  const { rows } = await sql<{ schema: string }>`select current_schema() as schema`.execute(db);
  const provider = { getMigrations: () => Promise.resolve({ ...migrations }) };
  return new Migrator({ db, provider, migrationTableSchema: rows[0]?.schema ?? 'public' });
}

async function bring(db: Kysely<Tables>, { upTo, onOpen }: Bringing): Promise<void> {
  try {
    await onOpen?.(db);
    if (upTo === undefined) return await bringUpToDate(db);
    const { error } = await (await migratorOf(db)).migrateTo(upTo);
    if (error !== undefined) throw error;
  } catch (failure) {
    await db.destroy();
    throw failure;
  }
}

export async function bringUpToDate(db: Kysely<Tables>): Promise<void> {
  const { error } = await (await migratorOf(db)).migrateToLatest();
  if (error !== undefined) throw error;
  await ensureReader(db);
}

/** Whether this build knows all of these migrations. */
export const isKnown = (names: readonly string[]): boolean =>
  names.length > 0 && names.every((name) => Object.hasOwn(migrations, name));

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
