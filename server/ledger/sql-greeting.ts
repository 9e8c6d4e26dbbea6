/** Turns, pushes and heartbeats on PostgreSQL and PGlite: one statement each. */
import { sql, type Kysely } from 'kysely';
import { HEAD_COLUMNS, type Tables } from '../database/tables.ts';
import { REVIEW_KEY } from './review-key.ts';
import { deviceOf, headOf, personOf } from './rows.ts';
import type { Greets, Reading } from './transactor.ts';

export const namingOn =
  (db: Kysely<Tables>): Reading['naming'] =>
  async (person, once) => {
    const named = db.selectFrom('readers').select('record').where('person', '=', person);
    const rows = await (once ? named : named.where('present', '=', true)).orderBy('record').execute();
    return rows.map(({ record }) => record);
  };

export const greetsOn = (db: Kysely<Tables>): Greets => ({
  naming: namingOn(db),
  greeting: async (beginnings) => {
    const row = await db
      .selectFrom('head')
      .select(HEAD_COLUMNS)
      .select([
        sql<string[]>`array(select scope from scopes where scope ^@ any(${[...beginnings]}::text[]))`.as(
          'scopes',
        ),
        sql<boolean>`exists(
          select from operations where verdict = 'held' and waits && ${[REVIEW_KEY]}::text[]
        )`.as('review'),
      ])
      .executeTakeFirstOrThrow();
    return {
      head: headOf(row),
      scopes: [...row.scopes].sort(),
      hasReview: row.review,
    };
  },
  carrying: async (device) => {
    const rows = await db
      .selectFrom('head')
      .leftJoin('signing_keys', (join) => join.on('signing_keys.device', '=', device))
      .select(HEAD_COLUMNS)
      .select(['signing_keys.id as id', 'signing_keys.person as person', 'signing_keys.key as key'])
      .orderBy('signing_keys.id')
      .execute();
    const [first] = rows;
    if (!first) throw new Error('the district has no head');
    const signingKeys = rows.flatMap(({ id, person, key }) =>
      id === null || person === null || key === null ? [] : [{ id, device, person, key }],
    );
    return { head: headOf(first), signingKeys };
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
