/**
 * Where records lie. Every scope of a record gets its sequence; those that it has left keep it as a removal. What a scope holds, in 64
 * bits, moves in the same statement chain (sync.md S7): out with the record at its former sequence, in with the present one.
 */
import { sql, type Transaction } from 'kysely';
import {
  combined,
  EMPTY_HASH,
  hashOfRecord,
  hashText,
  type ScopeHash,
} from '../../shared/protocol/scope-hash.ts';
import type { Tables } from '../database/tables.ts';
import type { StoredRecord } from './transactor.ts';

interface Placed {
  readonly scope: string;
  readonly id: string;
  readonly seq: number;
}

/** Only while the head is locked: nobody else places anything. */
export async function place(db: Transaction<Tables>, records: readonly StoredRecord[]): Promise<void> {
  const placed = records.flatMap(({ id, seq, scopes }) =>
    scopes.map((scope): Placed => ({ id, seq, scope })),
  );
  const passed = records.flatMap(({ id, seq, passed: scopes = [] }) =>
    scopes.map((scope): Placed => ({ id, seq, scope })),
  );
  const present = sql`unnest(${placed.map(({ scope }) => scope)}::text[], ${placed.map(({ id }) => id)}::text[],
    ${placed.map(({ seq }) => seq)}::bigint[]) as present (scope, record, seq)`;
  const seq = Math.max(...records.map((record) => record.seq));
  // In and out again: the scope moves, what it holds does not.
  const before = await placedBefore(db, records);
  await keepHashes(db, [...before, ...placed, ...passed, ...passed], seq);
  const stays = new Set(placed.map(({ scope, id }) => `${scope}|${id}`));
  // What leaves nowhere needs nobody to look for it.
  if (before.some(({ scope, id }) => !stays.has(`${scope}|${id}`))) {
    await sql`
      update placements set gone = true, seq = given.seq
      from unnest(${records.map(({ id }) => id)}::text[], ${records.map(({ seq }) => seq)}::bigint[])
        as given (record, seq)
      where placements.record = given.record and not placements.gone and not exists (
        select from ${present} where present.scope = placements.scope and present.record = placements.record
      )`.execute(db);
  }
  await sql`
    insert into placements (scope, record, seq, gone) select scope, record, seq, false from ${present}
    on conflict (record, scope) do update set seq = excluded.seq, gone = false`.execute(db);
  if (passed.length === 0) return;
  await sql`
    insert into placements (scope, record, seq, gone)
    select *, true from unnest(${passed.map(({ scope }) => scope)}::text[], ${passed.map(({ id }) => id)}::text[],
      ${passed.map(({ seq }) => seq)}::bigint[])
    on conflict (record, scope) do nothing`.execute(db);
}

async function placedBefore(
  db: Transaction<Tables>,
  records: readonly StoredRecord[],
): Promise<readonly Placed[]> {
  const { rows } = await sql<Omit<Placed, 'seq'> & { readonly seq: string | number }>`
    select scope, record as id, seq from placements
    where record = any(${records.map(({ id }) => id)}::text[]) and not gone`.execute(db);
  return rows.map(({ seq, ...row }) => ({ ...row, seq: Number(seq) }));
}

/** Every scope is known from its first record on. */
async function keepHashes(db: Transaction<Tables>, moved: readonly Placed[], last: number): Promise<void> {
  const changes = new Map<string, ScopeHash>();
  for (const { scope, id, seq } of moved)
    changes.set(scope, combined(changes.get(scope) ?? EMPTY_HASH, hashOfRecord(id, seq)));
  await sql`
    insert into scopes (scope, hash, seq)
    select scope, ('x' || change)::bit(64)::bigint, ${last}::bigint
    from unnest(${[...changes.keys()]}::text[], ${[...changes.values()].map(hashText)}::text[]) as given (scope, change)
    on conflict (scope) do update set hash = scopes.hash # excluded.hash, seq = excluded.seq`.execute(db);
}
