/**
 * The district's tables as rows of JSON, out of PostgreSQL and PGlite alike and into either. Which tables there are the database says
 * itself, so a table that is added one day is in the next backup without anybody thinking of it. A row is never parsed on the way: the
 * database wrote it and the database reads it.
 */
import { sql, type Kysely } from 'kysely';
import type { Tables } from '../database/tables.ts';

export interface Table {
  readonly name: string;
  /** Without those that the database works out by itself. */
  readonly columns: readonly string[];
}

/** About so many bytes are read, and written, at once. */
const PART = 1024 * 1024;
const MOST_ROWS = 2000;
/** Which migrations have run is said by name, and begun anew by whoever restores. */
const OWN = ['kysely_migration', 'kysely_migration_lock'];

/** Those that others refer to come first. */
export async function tablesOf(db: Kysely<Tables>): Promise<readonly Table[]> {
  const { rows } = await sql<{ table: string; column: string }>`
    select c.table_name as table, c.column_name as column
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = current_schema() and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER'
    order by c.table_name, c.ordinal_position`.execute(db);
  const references = await sql<{ from: string; to: string }>`
    select f.relname as from, t.relname as to
    from pg_constraint join pg_class f on f.oid = conrelid join pg_class t on t.oid = confrelid
    where contype = 'f' and f.relnamespace = current_schema()::regnamespace and f.oid <> t.oid`.execute(db);
  const columns = Map.groupBy(rows, ({ table }) => table);
  const sorted = new Set<string>();
  const place = (name: string): void => {
    if (sorted.has(name)) return;
    for (const { from, to } of references.rows) if (from === name) place(to);
    sorted.add(name);
  };
  for (const name of columns.keys()) if (!OWN.includes(name)) place(name);
  return [...sorted].map((name) => ({
    name,
    columns: (columns.get(name) ?? []).map(({ column }) => column),
  }));
}

export const migrationsOf = async (db: Kysely<Tables>): Promise<readonly string[]> =>
  (await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)).rows.map(
    ({ name }) => name,
  );

/** Must run inside a transaction, whose snapshot it reads. */
export async function* rowsOf(
  db: Kysely<Tables>,
  { name, columns }: Table,
): AsyncGenerator<readonly string[]> {
  await sql`declare reading no scroll cursor for
    select row_to_json(given)::text as row from (select ${listOf(columns)} from ${sql.table(name)}) as given`.execute(
    db,
  );
  for (let count = 20; ;) {
    const { rows } = await sql<{ row: string }>`fetch ${sql.raw(String(count))} from reading`.execute(db);
    if (rows.length === 0) break;
    yield rows.map(({ row }) => row);
    const bytes = rows.reduce((sum, { row }) => sum + row.length, 0);
    count = Math.max(1, Math.min(MOST_ROWS, Math.floor((PART * rows.length) / bytes)));
  }
  await sql`close reading`.execute(db);
}

export async function insertRows(
  db: Kysely<Tables>,
  { name, columns }: Table,
  rows: readonly string[],
): Promise<void> {
  const given = `[${rows.join(',')}]`;
  await sql`insert into ${sql.table(name)} (${listOf(columns)}) overriding system value
    select ${listOf(columns)} from json_populate_recordset(null::${sql.table(name)}, ${given}::json)`.execute(
    db,
  );
}

/** What counts by itself goes on behind what was there. */
export async function continueCounting(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ table: string; column: string }>`
    select table_name as table, column_name as column from information_schema.columns
    where table_schema = current_schema() and is_identity = 'YES'`.execute(db);
  for (const { table, column } of rows) {
    await sql`select setval(pg_get_serial_sequence(${table}, ${column}), most)
      from (select max(${sql.ref(column)}) as most from ${sql.table(table)}) as counted
      where most is not null`.execute(db);
  }
}

const listOf = (columns: readonly string[]) => sql.join(columns.map((column) => sql.ref(column)));
