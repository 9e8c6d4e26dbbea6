/**
 * What the district needs to know of its former lives (sync.md S8): its own word on each operation, the word that came back with one
 * that was offered again, and which official number was given to which record.
 */
import { sql, type Kysely } from 'kysely';

const statements = [
  `alter table operations add column said text`,
  `alter table operations add column earlier text`,
  // The database itself keeps a number from being given twice.
  `create table numbers (
     entity text not null,
     area text not null,
     year integer not null,
     ordinal integer not null,
     record text not null,
     primary key (entity, area, year, ordinal)
   )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
