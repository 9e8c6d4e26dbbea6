/** States of records that desks bring back from a former life of the district, until somebody approves them. */
import { sql, type Kysely } from 'kysely';

const statements = [
  `create table recovered (
     arrival bigint generated always as identity,
     record text not null,
     epoch text not null,
     seq bigint not null,
     entity text not null,
     area text not null,
     doc text not null,
     person text not null,
     device text not null,
     at text not null,
     approved_by text,
     approved_at text,
     primary key (record, epoch)
   )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
