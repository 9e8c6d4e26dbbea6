/** In which life of the district a chain was last added to: what a device brings after a restoration may begin behind another end. */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table chains add column epoch text not null default ''`.execute(db);
}
