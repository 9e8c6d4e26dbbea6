/** Turns and heartbeats on PostgreSQL and PGlite: one statement each. */
import { sql, type Kysely } from 'kysely';
import { HEAD_COLUMNS, type Tables } from '../database/tables.ts';
import type { Greets } from './greeting.ts';
import { REVIEW_KEY } from './review-key.ts';
import { deviceOf, headOf, personOf } from './rows.ts';

export const greetsOn = (db: Kysely<Tables>): Greets => ({
  greeting: async (person, beginnings) => {
    const row = await db
      .selectFrom('head')
      .select(HEAD_COLUMNS)
      .select([
        sql<string[]>`array(select scope from scopes where scope ^@ any(${[...beginnings]}::text[]))`.as(
          'scopes',
        ),
        sql<string[]>`array(select record from readers where person = ${person} and present)`.as('named'),
        sql<boolean>`exists(
          select from operations where verdict = 'held' and waits && ${[REVIEW_KEY]}::text[]
        )`.as('review'),
      ])
      .executeTakeFirstOrThrow();
    return {
      head: headOf(row),
      scopes: [...row.scopes].sort(),
      named: [...row.named].sort(),
      hasReview: row.review,
    };
  },
  peopled: async (id) => {
    const rows = await db
      .selectFrom('devices')
      .leftJoin('members', 'members.device', 'devices.id')
      .leftJoin('persons', 'persons.id', 'members.person')
      .selectAll('devices')
      .select(['persons.id as person', 'name', 'grants', 'former', 'disabled', 'password'])
      .where('devices.id', '=', id)
      .orderBy('persons.id')
      .execute();
    const [first] = rows;
    const people = rows.flatMap(({ person, name, grants, former, disabled, password }) =>
      person === null || name === null || grants === null || former === null || disabled === null
        ? []
        : [personOf({ id: person, name, grants, former, disabled, password })],
    );
    return first && { device: deviceOf(first), people };
  },
});
