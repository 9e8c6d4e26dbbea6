/** What is read of the ledger: the same SQL for the district itself and, under row-level security, for one person. */
import { sql, type Transaction } from 'kysely';
import { HEAD_COLUMNS, type Tables } from '../database/tables.ts';
import { anyOf, ofAny } from './any-of.ts';
import { REVIEW_KEY } from './review-key.ts';
import { filesOfPersonOn, readingFilesOn } from './sql-files.ts';
import { alarmOf, anchorOf, headOf, operationOf, recordOf } from './rows.ts';
import { namingOn } from './sql-greeting.ts';
import { pageOn } from './sql-page.ts';
import { standingOn } from './sql-standing.ts';
import { readingPackagesOn } from './sql-packages.ts';
import { readingRecoveredOn } from './sql-recovered.ts';
import { readingPeopleOn } from './sql-people.ts';
import type { PersonalReading, Reading } from './transactor.ts';

export function personalReadingOn(db: Transaction<Tables>): PersonalReading {
  return {
    ...filesOfPersonOn(db),
    head: async () => headOf(await db.selectFrom('head').select(HEAD_COLUMNS).executeTakeFirstOrThrow()),
    page: (asked, limit, told) => pageOn(db, asked, limit, told),
    standing: (scopes) => standingOn(db, scopes),
    scopes: async () =>
      (await db.selectFrom('scopes').select('scope').orderBy('scope').execute()).map(({ scope }) => scope),
    records: (ids) =>
      ofAny(ids, async () =>
        (await db.selectFrom('records').selectAll().where(anyOf('id', ids)).execute()).map(recordOf),
      ),
    history: async (record) =>
      (
        await db
          .selectFrom('operations')
          .selectAll()
          // A group is let through by one decision, whatever other records it is about.
          .where(
            sql<boolean>`(record = ${record} or id = any(array(
              select review from operations where record = ${record} and seq is not null and review is not null
            )))`,
          )
          .where('seq', 'is not', null)
          .orderBy('seq')
          .execute()
      ).map(operationOf),
  };
}

export function readingOn(db: Transaction<Tables>): Reading {
  const operations = db.selectFrom('operations').selectAll();
  const held = operations.where('verdict', '=', 'held');
  return {
    ...personalReadingOn(db),
    ...readingPeopleOn(db),
    ...readingFilesOn(db),
    ...readingPackagesOn(db),
    ...readingRecoveredOn(db),
    moved: async (after) => {
      const moved = db
        .selectFrom('scopes')
        .select('scope')
        .where(sql<boolean>`seq > ${after}`);
      return (await moved.orderBy('scope').execute()).map(({ scope }) => scope);
    },
    recordsOf: async (entity) =>
      (await db.selectFrom('records').selectAll().where('entity', '=', entity).execute()).map(recordOf),
    lastChangeOf: async (entity) => {
      const last = db.selectFrom('records').select((row) => row.fn.max('seq').as('seq'));
      return Number((await last.where('entity', '=', entity).executeTakeFirst())?.seq ?? 0);
    },
    operations: (ids) =>
      ofAny(ids, async () => (await operations.where(anyOf('id', ids)).execute()).map(operationOf)),
    waitingFor: (keys) =>
      ofAny(keys, async () => {
        const waiting = held.where(sql<boolean>`waits && ${[...keys]}::text[]`);
        return (await waiting.orderBy('arrival').execute()).map(operationOf);
      }),
    allHeld: async (limit) => (await held.orderBy('arrival', 'desc').limit(limit).execute()).map(operationOf),
    forReview: async (limit, before) => {
      const waiting = held.where(sql<boolean>`waits && ${[REVIEW_KEY]}::text[]`);
      const older =
        before === undefined
          ? waiting
          : waiting.where('arrival', '<', sql<number>`(select arrival from operations where id = ${before})`);
      return (await older.orderBy('arrival', 'desc').limit(limit).execute()).map(operationOf);
    },
    alarms: async (most) => {
      const newest = db
        .selectFrom('alarms')
        .selectAll()
        .select(sql<string>`row_number() over (partition by device order by arrival desc)`.as('place'));
      const rows = await db
        .selectFrom(newest.as('newest'))
        .selectAll()
        .where('place', '<=', String(most))
        .orderBy('arrival')
        .execute();
      return rows.map(alarmOf);
    },
    left: async (records) => {
      const rows = await ofAny(records, () =>
        db
          .selectFrom('placements')
          .select(['record', (row) => row.fn.agg<string[]>('array_agg', ['scope']).as('scopes')])
          .where(anyOf('record', records))
          .where('gone', '=', true)
          .groupBy('record')
          .execute(),
      );
      return new Map(rows.map(({ record, scopes }) => [record, scopes]));
    },
    naming: namingOn(db),
    isSignedLater: async ({ device, author, number, keys }) => {
      const signed = operations
        .where('device', '=', device)
        .where('author', '=', author)
        .where('number', '>', number)
        .where(anyOf('signed_by', keys));
      return (await ofAny(keys, () => signed.limit(1).execute())).length > 0;
    },
    confirmed: async (after, upTo, limit) =>
      (
        await operations
          .where('seq', '>', after)
          .where('seq', '<=', upTo)
          .orderBy('seq')
          .limit(limit)
          .execute()
      ).map(operationOf),
    anchors: async () => (await db.selectFrom('anchors').selectAll().orderBy('day').execute()).map(anchorOf),
    links: async (device, numbers) => {
      const rows = await ofAny(numbers, () =>
        db
          .selectFrom('operations')
          .select(['number', 'link'])
          .where('device', '=', device)
          .where(sql<boolean>`number = any(${[...numbers]}::bigint[])`)
          .execute(),
      );
      return new Map(rows.map(({ number, link }) => [Number(number), link ?? '']));
    },
  };
}
