/**
 * A district out of its backup, on PostgreSQL or PGlite, whichever it was made on. The file is read to its end before anything is
 * touched; what stands there already is refused or set aside, never overwritten. With what it brings begins a new life (sync.md
 * S8): desks offer what the backup did not have yet.
 */
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { sql, type Kysely } from 'kysely';
import { bringUpToDate, isKnown, openDatabase, type InUse } from '../database/open.ts';
import type { Tables } from '../database/tables.ts';
import { writeDurably } from '../durable-file.ts';
import { epochFile } from '../ledger/epoch.ts';
import { newLife } from '../ledger/new-life.ts';
import { createSqlLedger } from '../ledger/sql-ledger.ts';
import type { Head } from '../ledger/transactor.ts';
import { ok, refuse, type Result } from '../../shared/core/result.ts';
import { partsIn, type About, type KeyFiles } from './content.ts';
import { readThrough } from './make.ts';
import { Unreadable } from './sealed-file.ts';
import { continueCounting, insertRows, type Table } from './table-rows.ts';

export interface RestoreOrder {
  readonly from: string;
  readonly key: Uint8Array;
  readonly folder: string;
  readonly databaseUrl: string | undefined;
  /** Sets aside what stands there. */
  readonly replaces: boolean;
  readonly newEpoch: () => string;
  /** Names what is set aside. */
  readonly now: Date;
}

export type RestoreProblem = { readonly code: 'living' | 'unreadable' | 'newer' } | InUse;

export interface Restored {
  readonly about: About;
  readonly head: Head;
}

class Living extends Error {}

export async function restoreBackup(order: RestoreOrder): Promise<Result<Restored, RestoreProblem>> {
  const { folder, databaseUrl: url, replaces } = order;
  const whole = await readThrough(order.from, order.key).catch((failure: unknown) => {
    if (failure instanceof Unreadable) return undefined;
    throw failure;
  });
  if (!whole) return refuse({ code: 'unreadable' });
  const { about, keys } = whole;
  const last = about.migrations.at(-1) ?? '';
  if (!isKnown(about.migrations)) return refuse({ code: 'newer' });
  const pglite = url === undefined ? ['pglite'] : [];
  if (!replaces && (pglite.some((name) => existsSync(join(folder, name))) || hasOtherKeys(folder, keys)))
    return refuse({ code: 'living' });
  const makeRoom = (): void => {
    if (replaces) setAside(folder, [...pglite, 'keys', 'district.json', 'district.place'], asideName(order));
    for (const [name, text] of Object.entries(keys)) writeKey(folder, name, text);
  };
  try {
    const opened = await openDatabase({
      folder,
      ...(url !== undefined && { url }),
      upTo: last,
      ...(url === undefined && { onLocked: makeRoom }),
      onOpen: async (db) => {
        if (url === undefined) return;
        if (await isLiving(db)) {
          if (!replaces) throw new Living();
          await setTablesAside(db, asideName(order));
        }
        makeRoom();
      },
    });
    if (!opened.ok) return opened;
    const { db, close } = opened.value;
    try {
      await fill(db, order);
      await bringUpToDate(db);
      return ok({ about, head: await beginLife(db, order) });
    } finally {
      await close();
    }
  } catch (failure) {
    if (failure instanceof Living) return refuse({ code: 'living' });
    throw failure;
  }
}

const asideName = ({ now }: RestoreOrder): string =>
  `replaced_${now.toISOString().slice(0, 19).replaceAll(/\D/g, '')}`;

function hasOtherKeys(folder: string, keys: KeyFiles): boolean {
  return Object.entries(keys).some(([name, text]) => {
    const path = join(folder, 'keys', name);
    return existsSync(path) && readFileSync(path, 'utf8') !== text;
  });
}

function setAside(folder: string, names: readonly string[], as: string): void {
  const there = names.filter((name) => existsSync(join(folder, name)));
  if (there.length === 0) return;
  mkdirSync(join(folder, as), { mode: 0o700 });
  for (const name of there) renameSync(join(folder, name), join(folder, as, name));
}

function writeKey(folder: string, name: string, text: string): void {
  mkdirSync(join(folder, 'keys'), { recursive: true, mode: 0o700 });
  writeDurably(join(folder, 'keys', name), text);
}

async function isLiving(db: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`select to_regclass('head') is not null as there`.execute(db);
  if (!rows[0]?.there) return false;
  return (await db.selectFrom('head').select('single').execute()).length > 0;
}

/** Into a schema of their own, all or none. */
async function setTablesAside(db: Kysely<Tables>, as: string): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const tables = await sql<{ name: string }>`select relname as name from pg_class
      where relkind = 'r' and relnamespace = current_schema()::regnamespace`.execute(transaction);
    const functions = await sql<{ name: string }>`select oid::regprocedure::text as name from pg_proc
      where pronamespace = current_schema()::regnamespace
        and not exists (select from pg_depend where objid = pg_proc.oid and deptype = 'e')`.execute(
      transaction,
    );
    await sql`create schema ${sql.id(as)}`.execute(transaction);
    for (const { name } of tables.rows)
      await sql`alter table ${sql.id(name)} set schema ${sql.id(as)}`.execute(transaction);
    for (const { name } of functions.rows)
      await sql`alter function ${sql.raw(name)} set schema ${sql.id(as)}`.execute(transaction);
  });
}

async function fill(db: Kysely<Tables>, { from, key }: RestoreOrder): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    let table: Table | undefined;
    for await (const part of partsIn(from, key)) {
      if (part.kind === 'table') {
        ({ table } = part);
        // What a migration has put in is in the backup as well.
        await sql`delete from ${sql.table(table.name)}`.execute(transaction);
      } else if (part.kind === 'rows' && table) await insertRows(transaction, table, part.rows);
    }
    await continueCounting(transaction);
  });
}

async function beginLife(db: Kysely<Tables>, { folder, newEpoch }: RestoreOrder): Promise<Head> {
  // Closed with the database, by whoever opened it.
  const transactor = createSqlLedger(db, () => Promise.resolve());
  const head = await transactor.transact(async (writing) => {
    const begun = newLife(await writing.lockHead(), newEpoch());
    await writing.saveHead(begun);
    return begun;
  });
  epochFile(folder).write({ district: head.district, epoch: head.epoch, seq: head.seq });
  return head;
}
