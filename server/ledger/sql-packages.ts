/** Packages that came as files, and the answers to them. */
import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { packageOf } from './rows.ts';
import type { Reading, Writing } from './transactor.ts';

export function readingPackagesOn(db: Transaction<Tables>): Pick<Reading, 'packages' | 'packageOf'> {
  const newest = db.selectFrom('packages').selectAll().orderBy('arrival', 'desc');
  return {
    packages: async (most) => (await newest.limit(most).execute()).map(packageOf),
    packageOf: async (device, id) => {
      const ofDevice = newest.where('device', '=', device);
      const [row] = await (id === undefined ? ofDevice : ofDevice.where('id', '=', id)).limit(1).execute();
      return row && packageOf(row);
    },
  };
}

export function writingPackagesOn(db: Transaction<Tables>): Pick<Writing, 'savePackage' | 'nextAnswer'> {
  return {
    savePackage: async ({ device, id, madeAt, importedAt, text, ...same }) => {
      await db.updateTable('packages').set({ doc: '' }).where('device', '=', device).execute();
      await db.deleteFrom('packages').where('device', '=', device).where('id', '=', id).execute();
      const row = { ...same, device, id, made_at: madeAt, imported_at: importedAt, doc: text };
      await db.insertInto('packages').values(row).execute();
    },
    nextAnswer: async ({ at, device, id }) => {
      const row = { at, device, package: id };
      const { serial } = await db
        .insertInto('package_answers')
        .values(row)
        .returning('serial')
        .executeTakeFirstOrThrow();
      return Number(serial);
    },
  };
}
