/**
 * Where the district and some scopes stand, as one person sees it, in one statement: most pulls find nothing new, and a transaction with
 * person and role around each of them was four statements more. The function takes on the reading role itself, so that row-level
 * security holds inside it; role and person last until the end of the statement's own transaction.
 */
import { sql, type Kysely } from 'kysely';

const standingOf = (schema: string): string => `
  create function standing_of(asking text, names text[]) returns json
  language plpgsql
  set search_path = "${schema.replaceAll('"', '""')}", pg_temp
  as $$
    begin
      perform set_config('linli.person', asking, true), set_config('role', 'linli_reader', true);
      return (
        select json_build_object(
          'head', json_build_object('district', district, 'name', name, 'epoch', epoch, 'restored_head', restored_head,
            'was_restored', was_restored, 'seq', seq, 'durable', durable, 'durable_at', durable_at),
          'scopes', (
            select coalesce(json_agg(json_build_object('scope', known.scope, 'seq', known.seq,
              'hash', lpad(to_hex(known.hash), 16, '0')) order by known.scope), '[]'::json)
            from scopes as known where known.scope = any(names)
          )
        ) from head
      );
    end
  $$`;

export async function up(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ schema: string }>`select current_schema() as schema`.execute(db);
  await sql.raw(standingOf(rows[0]?.schema ?? 'public')).execute(db);
}
