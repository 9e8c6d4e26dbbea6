/** What makes the trail checkable for ever: each link as its author has signed it, and the district's own daily heads. */
import { sql, type Kysely } from 'kysely';

const statements = [
  `alter table operations
     add column previous text, add column signed_by text, add column signature text, add column salt text`,
  `create table anchors (
     day text primary key,
     at text not null,
     seq bigint not null,
     previous text not null,
     hash text not null,
     signature text not null
   )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
