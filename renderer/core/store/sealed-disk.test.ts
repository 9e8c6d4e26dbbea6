/** The real seals on a full disk of two people: what shows to somebody without the keys. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { beforeAll, describe, expect, test } from 'vitest';
import { emptyDisk, openMemoryDatabase } from '../testing/memory-database.ts';
import type { Vault } from '../vault/vault.ts';
import { TABLES, type Database, type Row, type Table } from './database.ts';
import { openDexieDatabase } from './dexie-database.ts';
import { keptIn } from './kept-operation.ts';
import { createStore } from './sealed-store.ts';
import { BLOCK } from './store.ts';
import { COUNT, isSealed, keepAll, liVault, rowsOf, vaultOf, zhouVault } from './testing/full-store.ts';
import { bases, CASEWORK, keys, LI, li, OF_LI, read, RESIDENTS, ZHOU, zhou } from './testing/one-disk.ts';

const WORDS = [
  '第1件',
  '刘桂芳',
  '楼上漏水',
  'subject',
  'casework',
  'residents',
  '310104007001',
  'person/',
  'worker',
  'agreed',
];
async function opens(vault: Vault, table: Table, row: Row): Promise<boolean> {
  if (table !== 'journal' && table !== 'archive') {
    const place = { key: row.scope, kind: table, id: row.key, version: row.version };
    return (await vault.open(row.bytes, place)) !== undefined;
  }
  const envelope = keptIn(row)?.envelope;
  return envelope !== undefined && (await vault.openOperation(envelope)) !== undefined;
}

describe('a disk of two people', () => {
  let database: Database;
  beforeAll(async () => {
    const factory = { indexedDB: new IDBFactory(), IDBKeyRange };
    database = await openDexieDatabase({ name: 'linli-store', factory });
    await keepAll(database, await zhouVault(), [CASEWORK, RESIDENTS], 1, 500);
    await keepAll(database, await liVault(), [OF_LI], 5000, 10);
  });

  async function wordsOn(shown: Database): Promise<readonly string[]> {
    const rows = await rowsOf(shown);
    expect(new Set(rows.map(({ table }) => table))).toEqual(new Set(TABLES));
    expect(rows.filter(({ row }) => row.scope === LI)).not.toEqual([]);
    const found = new Set<string>();
    const look = (disk: string): void =>
      WORDS.filter((word) => disk.includes(word)).forEach((word) => found.add(word));
    for (const encoding of ['utf8', 'utf16le'] as const) {
      const disk = rows
        .map(({ row: { bytes, ...row } }) => JSON.stringify(row) + Buffer.from(bytes).toString(encoding))
        .join('');
      look(disk);
    }
    const envelopes = rows
      .filter(({ table }) => table === 'journal')
      .map(({ row }) => Buffer.from(keptIn(row)?.envelope.content ?? '', 'base64').toString());
    look(envelopes.join(''));
    return WORDS.filter((word) => found.has(word));
  }

  test('nothing on it says a name, a text, a scope or what a draft is for in the clear', async () => {
    expect(await wordsOn(database)).toEqual([]);
    // The same look finds every word where nothing is sealed.
    const open = openMemoryDatabase(emptyDisk());
    await keepAll(open, zhou(), [CASEWORK, RESIDENTS], 1, 3);
    await keepAll(open, li([keys.ofLi]), [OF_LI], 5000, 3);
    expect(await wordsOn(open)).toEqual(WORDS);
  });

  test('another user’s keys open 0 of 1 000 rows, also under the names of the right ones', async () => {
    const rows = (await rowsOf(database)).filter(isSealed).filter(({ row }) => row.scope !== LI);
    const vaultOfZhou = await zhouVault();
    const ofZhou: (typeof rows)[number][] = [];
    for (const one of rows) if (await opens(vaultOfZhou, one.table, one.row)) ofZhou.push(one);
    expect(ofZhou.length).toBeGreaterThanOrEqual(1000);
    expect(new Set(ofZhou.map(({ table }) => table))).toEqual(new Set(TABLES));
    const renamed = [keys.casework, keys.residents].map((one) => ({ ...one, key: keys.ofLi.key }));
    const strangers = [
      await liVault(),
      await vaultOf(LI, 22, [keys.ofLi, ...renamed]),
      await vaultOf(ZHOU, 22, [keys.ofLi, ...renamed]),
    ];
    for (const vault of strangers) {
      const opened = await Promise.all(ofZhou.map(({ table, row }) => opens(vault, table, row)));
      expect(opened.filter(Boolean)).toHaveLength(0);
    }
  });

  test('what the other one’s store loads is his own and nothing is damage', async () => {
    const loaded = await read(createStore({ database, vault: await liVault() }));
    expect(loaded.bases).toEqual(bases(5000, 5000 + BLOCK + 9, OF_LI));
    expect(new Set(loaded.operations.map(({ operation }) => operation.author))).toEqual(new Set([LI]));
    expect([Object.keys(loaded.state.cursors), loaded.drafts.length, loaded.damaged]).toEqual([
      [OF_LI],
      COUNT,
      0,
    ]);
  });
});
