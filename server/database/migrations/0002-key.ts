/** Which key the desks seal to: a district that starts with another one could read nothing that is on its way. */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table head add column public_key text`.execute(db);
}
