/**
 * The second wall for reads (security.md §Accounts and devices): row-level security. It works out for itself, from grants, roles and
 * named readers, which scopes a person reads; it shares no line with `mayRead`, so a mistake in one is caught by the other.
 *
 * `readable_scopes()` is evaluated once a query (an uncorrelated subselect, which PostgreSQL hashes), never once a row. It runs with
 * its owner's rights, because the reading role may see neither persons nor readers. The district's own work runs as the tables' owner,
 * to whom policies do not apply.
 */
import { sql, type Kysely } from 'kysely';

/** `pg_temp` stands last: otherwise a temporary table could be put in the place of one that the function reads. */
const readableScopes = (schema: string): string => `
  create function readable_scopes() returns setof text
  language sql stable security definer rows 1000
  set search_path = "${schema.replaceAll('"', '""')}", pg_temp
  as $$
    with asking as (
      select id, grants::jsonb as grants from persons
      where id = current_setting('linli.person', true) and not disabled
    ), reads as (
      select distinct given ->> 'area' as area, role_reads.class, role_reads.around
      from asking cross join jsonb_array_elements(asking.grants) as given
        join role_reads on role_reads.role = given ->> 'role'
    )
    select scopes.scope from scopes join reads on reads.class = scopes.class
      and case when reads.around then starts_with(reads.area, scopes.area)
        else starts_with(scopes.area, reads.area) end
    union select 'person/' || asking.id from asking
    union select 'readers/' || readers.record
      from asking join readers on readers.person = asking.id and readers.present
  $$`;

const statements = [
  // What each role reads, written from the registry at every start.
  `create table role_reads (
     role text not null,
     class text not null,
     around boolean not null,
     primary key (role, class, around)
   )`,
  `alter table scopes enable row level security`,
  `create policy readable on scopes for select using (scope in (select readable_scopes()))`,
  `alter table placements enable row level security`,
  `create policy readable on placements for select using (scope in (select readable_scopes()))`,
  // A record is there for whoever sees one of its places; an operation for whoever sees its record.
  `alter table records enable row level security`,
  `create policy readable on records for select using (
     exists (select from placements where placements.record = records.id and not placements.gone)
   )`,
  `alter table operations enable row level security`,
  `create policy readable on operations for select using (
     seq is not null and exists (select from records where records.id = operations.record)
   )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ schema: string }>`select current_schema() as schema`.execute(db);
  for (const statement of statements.slice(0, 1)) await sql.raw(statement).execute(db);
  await sql.raw(readableScopes(rows[0]?.schema ?? 'public')).execute(db);
  for (const statement of statements.slice(1)) await sql.raw(statement).execute(db);
}
