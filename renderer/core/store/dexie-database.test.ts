/** A disk that fills up and is cleared again, as Chromium shows it: the connection is closed, opening fails, later it works. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import type { Row, Writing } from './database.ts';
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
