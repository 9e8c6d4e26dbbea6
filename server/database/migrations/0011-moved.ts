/** The last sequence that moved each scope: who listens is told of what concerns them, and of nothing else. */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table scopes add column seq bigint not null default 0`.execute(db);
  await sql`update scopes set seq = placed.seq
    from (select scope, max(seq) as seq from placements group by scope) as placed
    where placed.scope = scopes.scope`.execute(db);
}
