/** The ledger over so many records that lie there already, asked through more and more connections. */
import { sql } from 'kysely';
import { openPostgres } from '../../server/database/open.ts';
import { createSqlLedger } from '../../server/ledger/sql-ledger.ts';
import { startPostgres } from '../../server/testing/postgres.ts';
import { caseStates } from '../data.ts';
import type { Part } from '../part.ts';
import { placeAll } from '../sync/district.ts';
import { openLedger, pushed } from './ledger.ts';

const CONNECTIONS = [1, 8, 64, 256] as const;
const EACH = 200;
const MOST = 12_800;

export const connections: Part = async ({ n, rounds }, emit) => {
  const postgres = await startPostgres({ isDurable: true });
  try {
    const url = await postgres.createDatabase();
    const ledger = await openLedger(Math.max(...CONNECTIONS), url);
    const { db, close } = await openPostgres(url);
    const filling = createSqlLedger(db, close);
    await placeAll(filling, caseStates(n));
    // As a database is on any day: what was filled in is on the disk and known to the planner, not still on its way there.
    for (const word of ['vacuum analyze', 'checkpoint']) await sql.raw(word).execute(db);
    await filling.close();
    for (const count of CONNECTIONS) {
      const rates: number[] = [];
      const total = Math.min(MOST, count * EACH);
      for (let round = 0; round < rounds; round++)
        rates.push(await pushed(ledger, { connections: count, total, batch: 1 }));
      emit({ bench: `server.push-single.connections-${count}`, n: total, unit: 'perSecond', ours: rates });
    }
    await ledger.close();
  } finally {
    await postgres.stop();
  }
};
