/** What comes and goes as files where there is no network: every import and every answer leaves a line. */
import { sql, type Kysely } from 'kysely';

const statements = [
  `create table packages (
     arrival bigint generated always as identity,
     device text not null references devices (id),
     id text not null,
     number integer not null,
     made_at text not null,
     imported_at text not null,
     confirmed integer not null,
     refused integer not null,
     held integer not null,
     doc text not null,
     primary key (device, id)
   )`,
  `create table package_answers (
     serial bigint generated always as identity primary key,
     at text not null,
     device text not null,
     package text not null
   )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
