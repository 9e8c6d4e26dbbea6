/**
 * The role under which people's reads run. It belongs to the cluster, not to the database (a database that was restored elsewhere comes
 * without it), so it is seen to at every start: made where it is missing, allowed to read a few tables and nothing else, and lent to
 * the district's own user.
 */
import { sql, type Kysely } from 'kysely';
import { HEAD_COLUMNS, type Tables } from './tables.ts';

export const READER = 'linli_reader';

/** PostgreSQL's codes: several starts met, here or in another database of the cluster; and: this user may not do that. */
const MEETING = new Set(['XX000', '23505', '42710', '40001', '40P01']);
const FORBIDDEN = '42501';

const grants = [
  `grant select (${HEAD_COLUMNS.join(', ')}) on head to ${READER}`,
  `grant select on scopes, placements, records, operations, file_names, files, file_parts to ${READER}`,
];

/** @throws an Error whose sentence is for whoever starts the district */
export async function ensureReader(db: Kysely<Tables>): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await prepare(db);
      return;
    } catch (failure) {
      const { code } = failure as { readonly code?: unknown };
      if (code === FORBIDDEN) throw new Error(await sentence(db), { cause: failure });
      if (tries >= 20 || !MEETING.has(String(code))) throw failure;
      await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 80));
    }
  }
}

async function prepare(db: Kysely<Tables>): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const run = (statement: string): Promise<unknown> => sql.raw(statement).execute(transaction);
    await run(`select pg_advisory_xact_lock(hashtext('${READER}'))`);
    const { rows } = await sql`select from pg_roles where rolname = ${READER}`.execute(transaction);
    if (rows.length === 0) await run(`create role ${READER} nologin`);
    for (const statement of grants) await run(statement);
  });
  if (await mayBecome(db)) return;
  await sql.raw(`grant ${READER} to current_user`).execute(db);
  if (!(await mayBecome(db))) throw Object.assign(new Error('not granted'), { code: FORBIDDEN });
}

/** Asked by trying: what lets a user take on a role differs between PostgreSQL's versions. */
async function mayBecome(db: Kysely<Tables>): Promise<boolean> {
  try {
    await db.transaction().execute((transaction) => sql.raw(`set local role ${READER}`).execute(transaction));
    return true;
  } catch (failure) {
    if ((failure as { readonly code?: unknown }).code === FORBIDDEN) return false;
    throw failure;
  }
}

async function sentence(db: Kysely<Tables>): Promise<string> {
  const { rows } = await sql<{ user: string }>`select current_user as user`.execute(db);
  const user = rows[0]?.user ?? '';
  return (
    `数据库用户 ${user} 不能建立只读角色 ${READER}，区服务没有它不启动。请数据库管理员执行一次：` +
    `create role ${READER} nologin; grant ${READER} to "${user}"; 然后重新启动 / ` +
    `database user ${user} may not make the role ${READER}, which the district reads under: ask the database's administrator to run the two statements above once, then start again`
  );
}
