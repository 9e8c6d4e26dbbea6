/** What each scope holds, in 64 bits (shared/protocol/scope-hash.ts): kept in the transaction that places a record, computed here once for what lies there. */
import { sql, type Kysely } from 'kysely';
import {
  combined,
  EMPTY_HASH,
  hashOfRecord,
  hashText,
  type ScopeHash,
} from '../../../shared/protocol/scope-hash.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table scopes add column hash bigint not null default 0`.execute(db);
  const { rows } = await sql<{ scope: string; record: string; seq: string | number }>`
    select scope, record, seq from placements where not gone`.execute(db);
  const hashes = new Map<string, ScopeHash>();
  for (const { scope, record, seq } of rows)
    hashes.set(scope, combined(hashes.get(scope) ?? EMPTY_HASH, hashOfRecord(record, Number(seq))));
  for (const [scope, hash] of hashes)
    await sql`update scopes set hash = ('x' || ${hashText(hash)}::text)::bit(64)::bigint where scope = ${scope}`.execute(
      db,
    );
}
