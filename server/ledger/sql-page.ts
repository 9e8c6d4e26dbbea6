/**
 * One page of several scopes, each behind its own cursor, in the district's order. A sequence is one record's new state (an operation that
 * touches several takes one for each): so a page is so many sequences, each whole, whether the record stands in an asked scope, has
 * left one, or both.
 */
import { sql, type Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { hashesIn } from './empty-page.ts';
import { standingOn } from './sql-standing.ts';
import type { AskedScope, Page, Told } from './transactor.ts';

interface Row {
  readonly seq: string | number;
  readonly record: string;
  readonly gone: readonly string[] | null;
  readonly doc: string | null;
}

export async function pageOn(
  db: Transaction<Tables>,
  asked: readonly AskedScope[],
  limit: number,
  told?: Told,
): Promise<Page> {
  const standing =
    told?.standing ??
    (await standingOn(
      db,
      asked.map(({ scope }) => scope),
    ));
  const behind = told?.behind;
  const each = sql`unnest(${asked.map(({ scope }) => scope)}::text[],
    ${asked.map(({ cursor }) => cursor)}::bigint[]) as asked (scope, cursor)`;
  // No scope gives more to the page than its own first rows, so no more of them are read.
  const { rows } = await sql<Row>`
    select page.seq, page.record, page.gone, records.doc from (
      select newer.seq, newer.record, bool_or(not newer.gone) as is_present,
        array_agg(newer.scope order by newer.scope) filter (where newer.gone) as gone
      from ${each} cross join lateral (
        select scope, record, seq, gone from placements
        where placements.scope = asked.scope and placements.seq > asked.cursor
        order by placements.seq limit ${limit + 1}
      ) as newer
      group by newer.seq, newer.record order by newer.seq limit ${limit + 1}
    ) as page left join records on page.is_present and records.id = page.record
    order by page.seq`.execute(db);
  const more = rows.length > limit;
  const page = more ? rows.slice(0, limit) : rows;
  const last = Number(page.at(-1)?.seq ?? 0);
  return {
    head: standing.head,
    texts: page.flatMap(({ doc }) => doc ?? []),
    removed: page.flatMap(({ seq, record, gone }) =>
      (gone ?? []).map((scope) => ({ scope, id: record, seq: Number(seq) })),
    ),
    last,
    more,
    remaining: more ? (behind === undefined ? await countBehind(db, each, last) : behind - limit) : 0,
    hashes: more ? [] : hashesIn(standing),
  };
}

async function countBehind(
  db: Transaction<Tables>,
  each: ReturnType<typeof sql>,
  last: number,
): Promise<number> {
  const { rows } = await sql<{ count: string | number }>`
    select count(*) as count from (
      select from ${each} join placements on placements.scope = asked.scope
        and placements.seq > greatest(asked.cursor, ${last}::bigint)
      group by placements.seq
    ) as behind`.execute(db);
  return Number(rows[0]?.count);
}
