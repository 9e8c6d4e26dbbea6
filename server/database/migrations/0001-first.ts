/** Everything that the first district keeps. Later migrations expand, migrate, contract: the build before runs on this build's tables. */
import { sql, type Kysely } from 'kysely';

const ledger = [
  `create table head (
     single smallint primary key check (single = 1),
     district text not null,
     name text not null,
     epoch text not null,
     restored_head bigint not null default 0,
     seq bigint not null default 0,
     durable bigint not null default 0,
     durable_at text,
     devices integer not null default 0,
     public_key text
   )`,
  `create table operations (
     id text primary key,
     arrival bigint generated always as identity,
     seq bigint unique,
     record text,
     author text not null,
     device text not null,
     number bigint,
     link text,
     digest text not null,
     group_key text,
     verdict text not null check (verdict in ('confirmed', 'refused', 'held')),
     reason text,
     waits text[] not null default '{}',
     received_at text not null,
     doc text not null,
     check ((verdict = 'confirmed') = (seq is not null)),
     check ((number is null) = (link is null))
   )`,
  `create index operations_of_record on operations (record, seq) where seq is not null`,
  `create index operations_waiting on operations using gin (waits) where verdict = 'held'`,
  `create index operations_held on operations (arrival) where verdict = 'held'`,
  `create unique index operations_of_chain on operations (device, number) where number is not null`,
  `create table records (
     id text primary key,
     seq bigint not null,
     entity text not null,
     scopes text[] not null,
     readers text[],
     doc text not null
   )`,
  `create index records_of_entity on records (entity)`,
  // Where a record lies, and where it lay: a removal in a scope is told for ever, never by silence.
  `create table placements (
     scope text not null,
     record text not null,
     seq bigint not null,
     gone boolean not null,
     primary key (record, scope)
   )`,
  `create index placements_in_scope on placements (scope, seq) include (record, gone)`,
  `create index placements_left on placements (record) where gone`,
  // Whom a confidential matter names, and whom it named.
  `create table readers (
     record text not null,
     person text not null,
     present boolean not null,
     primary key (record, person)
   )`,
  `create index readers_named on readers (person, record)`,
  `create table scopes (
     scope text primary key,
     area text generated always as (case when scope ~ '^[0-9]{6,12}/' then split_part(scope, '/', 1) end) stored,
     class text generated always as (case when scope ~ '^[0-9]{6,12}/' then split_part(scope, '/', 2) end) stored
   )`,
  `create table counters (
     entity text not null,
     area text not null,
     year integer not null,
     ordinal integer not null,
     primary key (entity, area, year)
   )`,
];

const people = [
  `create table persons (
     id text primary key,
     name text not null,
     grants text not null,
     former text not null,
     disabled boolean not null,
     password text
   )`,
  `create table devices (
     id text primary key,
     number integer not null unique,
     key text not null,
     refresh integer not null,
     grace_until text,
     revoked boolean not null,
     quarantined boolean not null,
     seen_at text,
     app text,
     pending integer
   )`,
  `create table members (
     device text not null references devices (id),
     person text not null references persons (id),
     exchange_key text not null,
     user_key text,
     primary key (device, person)
   )`,
  `create table signing_keys (
     id text not null,
     device text not null references devices (id),
     person text not null references persons (id),
     key text not null,
     primary key (device, id)
   )`,
  `create table escrowed_keys (
     device text not null references devices (id),
     scope text not null,
     id text not null,
     sealed text not null,
     primary key (device, scope),
     unique (device, id)
   )`,
  `create table chains (device text primary key, number bigint not null, hash text not null)`,
  `create table set_aside (at text not null, device text not null, number bigint not null, doc text not null)`,
  // A code may be for a device that was enrolled after the backup from which the district came back.
  `create table codes (
     hash text primary key,
     person text not null references persons (id),
     device text,
     expires_at text not null,
     used_at text,
     used_by text,
     became text
   )`,
  `create table alarms (
     arrival bigint generated always as identity,
     at text not null,
     code text not null,
     operation text not null,
     device text not null,
     person text
   )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...ledger, ...people]) await sql.raw(statement).execute(db);
}
