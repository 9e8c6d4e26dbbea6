/** Everything that the first district keeps. Later migrations expand, migrate, contract: the build before runs on this build's tables. */
import { sql, type Kysely } from 'kysely';

const statements = [
  `create table head (
     single smallint primary key check (single = 1),
     district text not null,
     name text not null,
     epoch text not null,
     restored_head bigint not null default 0,
     seq bigint not null default 0,
     durable bigint not null default 0,
     devices integer not null default 0
   )`,
  `create table operations (
     id text primary key,
     arrival bigint generated always as identity,
     seq bigint unique,
     record text,
     author text not null,
     device text not null,
     digest text not null,
     group_key text,
     verdict text not null check (verdict in ('confirmed', 'refused', 'held')),
     reason text,
     waits text[] not null default '{}',
     received_at text not null,
     doc text not null,
     check ((verdict = 'confirmed') = (seq is not null))
   )`,
  `create index operations_of_record on operations (record, seq) where seq is not null`,
  `create index operations_waiting on operations using gin (waits) where verdict = 'held'`,
  `create table records (
     id text primary key,
     seq bigint not null,
     scope text not null,
     entity text not null,
     doc text not null
   )`,
  `create index records_in_scope on records (scope, seq)`,
  `create index records_of_entity on records (entity)`,
  `create table scopes (scope text primary key)`,
  `create table counters (
     entity text not null,
     area text not null,
     year integer not null,
     ordinal integer not null,
     primary key (entity, area, year)
   )`,
  `create table persons (
     id text primary key,
     name text not null,
     grants text not null,
     former text not null,
     disabled boolean not null
   )`,
  `create table devices (
     id text primary key,
     number integer not null unique,
     token_hash text not null unique,
     revoked boolean not null
   )`,
  `create table members (
     device text not null references devices (id),
     person text not null references persons (id),
     token_hash text not null unique,
     primary key (device, person)
   )`,
  `create table codes (
     hash text primary key,
     person text not null references persons (id),
     expires_at text not null,
     used_at text
   )`,
  `create table alarms (at text not null, code text not null, operation text not null, device text not null)`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
