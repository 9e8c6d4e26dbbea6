/** Where the district and some scopes stand, in one statement. */
import { sql, type Kysely, type Selectable } from 'kysely';
import { hashIn } from '../../shared/protocol/scope-hash.ts';
import { HEAD_COLUMNS, type Tables } from '../database/tables.ts';
import { anyOf } from './any-of.ts';
import { headOf } from './rows.ts';
import type { Standing } from './transactor.ts';

export async function standingOn(db: Kysely<Tables>, names: readonly string[]): Promise<Standing> {
  const known = db
    .selectFrom('scopes')
    .select(['scope', 'seq as moved', sql<string>`lpad(to_hex(hash), 16, '0')`.as('hash')])
    .where(anyOf('scope', names));
  const rows = await db
    .selectFrom('head')
    .leftJoin(known.as('known'), (join) => join.onTrue())
    .select(HEAD_COLUMNS)
    .select(['known.scope', 'known.moved', 'known.hash'])
    .orderBy('known.scope')
    .execute();
  const scopes = rows.flatMap(({ scope, moved, hash }): Standing['scopes'] =>
    scope === null || hash === null ? [] : [{ scope, seq: Number(moved), hash: hashIn(hash) }],
  );
  const [row] = rows;
  if (!row) throw new Error('the district has no head');
  return { head: headOf(row), scopes };
}

interface Found {
  readonly head: Pick<Selectable<Tables['head']>, (typeof HEAD_COLUMNS)[number]> | null;
  readonly scopes: readonly { readonly scope: string; readonly seq: number; readonly hash: string }[];
}

/** As one person sees it. Whatever is read behind it in the same transaction is read as this person, too. */
export async function standingAs(
  db: Kysely<Tables>,
  person: string,
  names: readonly string[],
): Promise<Standing> {
  const { rows } = await sql<{ found: Found | null }>`
    select standing_of(${person}, ${[...names]}::text[]) as found`.execute(db);
  const { head, scopes = [] } = rows[0]?.found ?? {};
  if (!head) throw new Error('the district has no head');
  return {
    head: headOf(head),
    scopes: scopes.map(({ scope, seq, hash }) => ({ scope, seq, hash: hashIn(hash) })),
  };
}
