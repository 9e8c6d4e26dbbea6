/**
 * Tells the database what each role reads, from the registry's declaration, so that row-level security can work out a person's scopes by
 * itself. At every start: the roles are code, and the newest build says what they are.
 */
import type { Kysely } from 'kysely';
import type { Roles } from '../../shared/core/access.ts';
import type { Tables } from './tables.ts';

export async function describeRoles(db: Kysely<Tables>, roles: Roles): Promise<void> {
  const rows = Object.entries(roles).flatMap(([role, { reads, readsAround = [] }]) => [
    ...reads.map((name) => ({ role, class: name, around: false })),
    ...readsAround.map((name) => ({ role, class: name, around: true })),
  ]);
  await db.transaction().execute(async (transaction) => {
    // Two servers that start at once write one after the other.
    await transaction.selectFrom('head').select('single').forUpdate().execute();
    await transaction.deleteFrom('role_reads').execute();
    if (rows.length > 0) {
      await transaction
        .insertInto('role_reads')
        .values(rows)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
  });
}
