/**
 * Sealed files of attachments: which operation of which device names them, how far they have come, and their bytes. A file may be read
 * by whoever reads a confirmed operation that names it; the wall says so without a line of the code above.
 */
import { sql, type Kysely } from 'kysely';

const statements = [
  `create table file_names (
     file text not null,
     operation text not null,
     device text not null,
     size integer not null,
     primary key (file, operation)
   )`,
  `create index file_names_of_device on file_names (device, file)`,
  `create table files (
     file text primary key,
     size integer not null,
     received integer not null,
     complete boolean not null
   )`,
  `create table file_parts (
     file text not null references files (file) on delete cascade,
     at integer not null,
     bytes bytea not null,
     primary key (file, at)
   )`,
  // Sealed bytes do not shrink: the database need not try.
  `alter table file_parts alter column bytes set storage external`,
  `alter table file_names enable row level security`,
  `create policy readable on file_names for select using (
     exists (select from operations where operations.id = file_names.operation)
   )`,
  `alter table files enable row level security`,
  `create policy readable on files for select using (
     exists (select from file_names where file_names.file = files.file)
   )`,
  `alter table file_parts enable row level security`,
  `create policy readable on file_parts for select using (
     exists (select from files where files.file = file_parts.file)
   )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
