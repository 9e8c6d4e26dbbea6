/** States that desks have brought from a former life of the district. */
import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { anyOf, ofAny } from './any-of.ts';
import { recoveredOf } from './rows.ts';
import type { Reading, Writing } from './transactor.ts';

export function readingRecoveredOn(db: Transaction<Tables>): Pick<Reading, 'recovered'> {
  const all = db.selectFrom('recovered').selectAll().orderBy('arrival');
  return {
    recovered: async (records) => {
      const rows = records
        ? await ofAny(records, () => all.where(anyOf('record', records)).execute())
        : await all.execute();
      return rows.map(recoveredOf);
    },
  };
}

export function writingRecoveredOn(
  db: Transaction<Tables>,
): Pick<Writing, 'keepRecovered' | 'approveRecovered'> {
  return {
    keepRecovered: async (states) => {
      if (states.length === 0) return;
      await db
        .insertInto('recovered')
        .values(
          states.map(({ text, approvedBy, approvedAt, ...same }) => ({
            ...same,
            doc: text,
            approved_by: approvedBy,
            approved_at: approvedAt,
          })),
        )
        .onConflict((conflict) =>
          conflict
            .columns(['record', 'epoch'])
            .doUpdateSet((row) => ({
              seq: row.ref('excluded.seq'),
              area: row.ref('excluded.area'),
              doc: row.ref('excluded.doc'),
              person: row.ref('excluded.person'),
              device: row.ref('excluded.device'),
              at: row.ref('excluded.at'),
            }))
            .whereRef('excluded.seq', '>', 'recovered.seq')
            .where('recovered.approved_at', 'is', null),
        )
        .execute();
    },
    approveRecovered: async ({ record, by, at }) => {
      await db
        .updateTable('recovered')
        .set({ approved_by: by, approved_at: at })
        .where('record', '=', record)
        .where('approved_at', 'is', null)
        .execute();
    },
  };
}
