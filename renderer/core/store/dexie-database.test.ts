/** A disk that fills up and is cleared again, as Chromium shows it: the connection is closed, opening fails, later it works. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { Dexie } from 'dexie';
import { expect, test } from 'vitest';
import { TABLES, type Row, type Writing } from './database.ts';
import { openDexieDatabase } from './dexie-database.ts';

const row = (key: string): Row => ({ key, version: 1, scope: '', bytes: new Uint8Array([1]) });
const meta = (key: string): Writing => ({ table: 'meta', put: [row(key)] });

async function onFillingDisk() {
  let disk = new IDBFactory();
  let isFull = false;
  let connection: IDBDatabase | undefined;
  const indexedDB = {
    open: (...given: Parameters<IDBFactory['open']>) => {
      if (isFull) throw new DOMException('Internal error opening backing store', 'UnknownError');
      const opening = disk.open(...given);
      opening.addEventListener('success', () => (connection = opening.result as IDBDatabase));
      return opening;
    },
    deleteDatabase: (name: string) => disk.deleteDatabase(name),
    cmp: (one: unknown, other: unknown) => disk.cmp(one, other),
    databases: () => disk.databases(),
  };
  const factory = { indexedDB: indexedDB as never, IDBKeyRange };
  const database = await openDexieDatabase({ name: 'linli-store', factory });
  return {
    database,
    fill: () => {
      isFull = true;
      connection?.close();
    },
    clear: () => (isFull = false),
    discard: () => (disk = new IDBFactory()),
  };
}

test('is written again once there is room', async () => {
  const { database, fill, clear } = await onFillingDisk();
  await database.write([meta('state')]);
  fill();
  for (let tries = 0; tries < 3; tries++) await expect(database.write([meta('state')])).rejects.toThrow();
  clear();
  await database.write([meta('later')]);
  expect((await database.all('meta')).map(({ key }) => key)).toEqual(['later', 'state']);
  await database.close();
  await expect(database.get('meta', 'state')).rejects.toThrow();
});

test('what comes back empty was discarded, and takes no cursor without its rows', async () => {
  const { database, fill, clear, discard } = await onFillingDisk();
  await database.write([meta('state')]);
  fill();
  await expect(database.get('meta', 'state')).rejects.toThrow();
  discard();
  clear();
  for (let tries = 0; tries < 2; tries++)
    await expect(database.write([meta('state')])).rejects.toThrow('discarded');
});

test('S11-4 a newer app’s database opens with a table and a version that this one does not know, and keeps both', async () => {
  const factory = { indexedDB: new IDBFactory(), IDBKeyRange };
  const newer = async (): Promise<Dexie> => {
    const dexie = new Dexie('linli-store', factory);
    const known = Object.fromEntries(
      TABLES.map((table) => [table, table === 'archive' ? 'key,record' : 'key']),
    );
    dexie.version(7).stores({ ...known, papers: 'key' });
    return dexie.open();
  };
  const before = await newer();
  await before.table('papers').put(row('paper'));
  await before.table('meta').put(row('format'));
  before.close();

  const database = await openDexieDatabase({ name: 'linli-store', factory });
  expect(await database.all('meta')).toEqual([row('format')]);
  await database.close();
  expect(await factory.indexedDB.databases()).toEqual([{ name: 'linli-store', version: 70 }]);
  const after = await newer();
  expect(await after.table('papers').toArray()).toEqual([row('paper')]);
  after.close();
});

test('a table is read a stretch at a time, every row once and in the order of keys', async () => {
  const database = await openDexieDatabase({
    name: 'stretched',
    factory: { indexedDB: new IDBFactory(), IDBKeyRange },
  });
  const keys = Array.from({ length: 130 }, (_, index) => `b${index}`);
  await database.write([{ table: 'blocks', put: keys.map(row) }]);
  const read: string[][] = [];
  for await (const stretch of database.stretches('blocks')) read.push(stretch.map(({ key }) => key));
  expect(read.map(({ length }) => length)).toEqual([64, 64, 2]);
  expect(read.flat()).toEqual([...keys].sort());
  for await (const stretch of database.stretches('changes')) expect(stretch).toEqual('nothing');
  await database.close();
});
