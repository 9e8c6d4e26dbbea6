/** Sealed files in PostgreSQL and PGlite: bytes in rows as they came, so that backups and the wall hold for them as for everything. */
import { sql, type Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { ofAny } from './any-of.ts';
import type { FilesOfPerson, FilesReading, FilesWriting, HeldFile } from './files.ts';

type Db = Transaction<Tables>;

const anyFile = (files: readonly string[]) => sql<boolean>`file = any(${[...files]}::text[])`;

export const filesOfPersonOn = (db: Db): FilesOfPerson => ({
  recordsNaming: async (file) => {
    const rows = await db
      .selectFrom('file_names')
      .innerJoin('operations', 'operations.id', 'file_names.operation')
      .select('operations.record')
      .distinct()
      .where('file_names.file', '=', file)
      .where('operations.seq', 'is not', null)
      .orderBy('operations.record')
      .execute();
    return rows.flatMap(({ record }) => record ?? []);
  },
  file: (file) =>
    db
      .selectFrom('files')
      .selectAll()
      .where('file', '=', file)
      .where('complete', '=', true)
      .executeTakeFirst(),
  bytes: async (file, at, length) => {
    const { rows } = await sql<{ at: number; bytes: Uint8Array }>`
      select at, substring(bytes from greatest(1, ${at}::int - at + 1) for ${length}::int) as bytes
      from file_parts
      where file = ${file} and at < ${at + length}::int and at + octet_length(bytes) > ${at}::int
      order by at`.execute(db);
    return Buffer.concat(rows.map(({ bytes }) => bytes)).subarray(0, length);
  },
});

export const readingFilesOn = (db: Db): FilesReading => ({
  namedBy: (device, files) =>
    ofAny(files, () =>
      db
        .selectFrom('file_names')
        .select(['file', 'size'])
        .distinctOn('file')
        .where('device', '=', device)
        .where(anyFile(files))
        .orderBy('file')
        .orderBy('size')
        .execute(),
    ),
  heldFiles: (files): Promise<readonly HeldFile[]> =>
    ofAny(files, () => db.selectFrom('files').selectAll().where(anyFile(files)).orderBy('file').execute()),
  bytesOfFiles: async () => {
    const { bytes } = await db
      .selectFrom('files')
      .select(({ fn }) => fn.sum<string | number | null>('size').as('bytes'))
      .executeTakeFirstOrThrow();
    return Number(bytes ?? 0);
  },
});

export const writingFilesOn = (db: Db): FilesWriting => ({
  nameFiles: async (named) => {
    await sql`
      insert into file_names (file, operation, device, size)
      select * from unnest(
        ${named.map(({ file }) => file)}::text[], ${named.map(({ operation }) => operation)}::text[],
        ${named.map(({ device }) => device)}::text[], ${named.map(({ size }) => size)}::integer[]
      ) on conflict do nothing`.execute(db);
  },
  lockFile: async (file, size) => {
    await db
      .insertInto('files')
      .values({ file, size, received: 0, complete: false })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return db.selectFrom('files').selectAll().where('file', '=', file).forUpdate().executeTakeFirstOrThrow();
  },
  addPart: async ({ file, at, bytes }) => {
    await db.insertInto('file_parts').values({ file, at, bytes }).execute();
    await db
      .updateTable('files')
      .set({ received: at + bytes.length })
      .where('file', '=', file)
      .execute();
  },
  eachPart: async (file, look) => {
    const parts = await db
      .selectFrom('file_parts')
      .select('at')
      .where('file', '=', file)
      .orderBy('at')
      .execute();
    for (const { at } of parts) {
      const { bytes } = await db
        .selectFrom('file_parts')
        .select('bytes')
        .where('file', '=', file)
        .where('at', '=', at)
        .executeTakeFirstOrThrow();
      look(bytes);
    }
  },
  completeFile: async (file) => {
    await db.updateTable('files').set({ complete: true }).where('file', '=', file).execute();
  },
  dropFile: async (file) => {
    await db.deleteFrom('files').where('file', '=', file).execute();
  },
});
