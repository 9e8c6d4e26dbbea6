/** Which decision let a held operation through, or turned it down (sync.md S14). Null for everything that was judged by itself. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('operations').addColumn('review', 'text').execute();
}
