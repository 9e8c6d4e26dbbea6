/**
 * The ledger on PostgreSQL and PGlite: the same SQL for both, and the ONLY place that inserts operations. Whole batches go in one
 * set-based statement a table; records leave as the text that lies there.
 */
import { sql, type Kysely, type Transaction } from 'kysely';
import { READER } from '../database/reader.ts';
import type { Tables } from '../database/tables.ts';
import { greetsOn } from './sql-greeting.ts';
import { whoAsksOn } from './sql-people.ts';
import { personalReadingOn, readingOn } from './sql-reading.ts';
import { writingOn } from './sql-writing.ts';
import { standingAs } from './sql-standing.ts';
import type { Transactor } from './transactor.ts';

export function createSqlLedger(db: Kysely<Tables>, close: () => Promise<void>): Transactor {
  // One snapshot for head and rows: a page never claims a cursor that its rows do not reach.
  const snapshot = <T>(work: (transaction: Transaction<Tables>) => Promise<T>): Promise<T> =>
    db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work);
  return {
    ...whoAsksOn(db),
    ...greetsOn(db),
    read: (work) => snapshot((transaction) => work(readingOn(transaction))),
    // Role and person hold until the end of the transaction, however it ends: nothing leaks to the connection's next one.
    readAs: (person, work) =>
      snapshot(async (transaction) => {
        await sql`select set_config('linli.person', ${person}, true), set_config('role', ${READER}, true)`.execute(
          transaction,
        );
        return work(personalReadingOn(transaction));
      }),
    standingAs: (person, scopes) => standingAs(db, person, scopes),
    readFromStandingAs: (person, scopes, work) =>
      snapshot(async (transaction) => {
        const standing = await standingAs(transaction, person, scopes);
        return work(personalReadingOn(transaction), standing);
      }),
    transact: (work) =>
      db
        .transaction()
        .setIsolationLevel('read committed')
        .execute((transaction) => work(writingOn(transaction))),
    close,
  };
}
