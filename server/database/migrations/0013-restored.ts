/** Whether the district has ever come back from a backup: one without any operation leaves a restored head of 0, as if it never had. */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table head add column was_restored boolean not null default false`.execute(db);
  await sql`update head set was_restored = restored_head > 0`.execute(db);
}
