/** The real seals on a full disk of two people: what shows without a key, and that damage never passes for content. */
import { generateKeyPairSync } from 'node:crypto';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ScopeKey } from '../../../shared/bridge.ts';
import { emptyDisk, openMemoryDatabase, type Disk } from '../testing/memory-database.ts';
import { createRandom } from '../testing/random.ts';
import type { Vault } from '../vault/vault.ts';
import { createWebVault } from '../vault/web-vault.ts';
import type { Base } from './block.ts';
import { TABLES, type Database, type Row, type Table } from './database.ts';
import { openDexieDatabase } from './dexie-database.ts';
import { keptIn, type Kept } from './kept-operation.ts';
import { createStore } from './sealed-store.ts';
import type { StoreState } from './state.ts';
import { BLOCK } from './store.ts';
import {
  base,
  bases,
  CASEWORK,
  confirmed,
  DEVICE,
  kept,
  keys,
  LI,
  OF_LI,
  read,
  recordId,
  RESIDENTS,
  state,
  ZHOU,
} from './testing/one-disk.ts';

const districtKey = (() => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  return Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]).toString(
    'base64',
  );
})();
const vaultOf = (person: string, own: number, scopeKeys: readonly ScopeKey[]): Promise<Vault> =>
  createWebVault({
    person,
    ownKey: new Uint8Array(32).fill(own),
    scopeKeys,
    device: DEVICE,
    store: 'district_1',
    districtKey,
  });
const zhouVault = () => vaultOf(ZHOU, 21, [keys.casework, keys.residents]);
const liVault = () => vaultOf(LI, 22, [keys.ofLi]);

const WORDS = [
  '第1件',
  '刘桂芳',
  '楼上漏水',
  'subject',
  'casework',
  'residents',
  '310104007001',
  'readers/',
  'worker',
];
const draft = {
  key: 'step/matter_1/agreed',
  entity: 'matter',
  values: { subject: '楼上漏水' },
  opened: { seen: undefined, basis: { epoch: '', seq: 0 }, after: [] },
  savedAt: '2026-11-23T01:00:00.000Z',
};

/** Operations, histories and drafts of each person; a quarter of the operations has gone to the archive. */
const COUNT = 12;

/** @returns operations of the mirror */
async function keepAll(
  database: Database,
  vault: Vault,
  scopes: readonly string[],
  from: number,
  singles: number,
) {
  const store = createStore({ database, vault });
  await store.load({ take: () => undefined });
  const [scope = ''] = scopes;
  const operations: Kept[] = [];
  for (let count = from; count < from + COUNT; count++) operations.push(await kept(vault, count, scope));
  await store.keepOperations(operations, from + COUNT);
  const contained = operations.slice(0, COUNT / 4).map((one, index) => confirmed(one, from + index));
  await store.keepPage({ bases: [], state: state(from, ...scopes), contained });
  for (const [index, via] of scopes.entries()) {
    const first = from + index * 1000;
    await store.keepPage(pageOf(first, first + BLOCK - 1, via, state(from, ...scopes)));
    // Too few at once for a block.
    for (let next = first + BLOCK; next < first + BLOCK + singles; next += 50) {
      const last = Math.min(next + 49, first + BLOCK + singles - 1);
      await store.keepPage(pageOf(next, last, via, state(from, ...scopes)));
    }
  }
  for (let count = 0; count < COUNT; count++) {
    await store.keepHistory(recordId(from + count), scope, '{"operations":["刘桂芳"]}');
    await store.keepDraft({ ...draft, key: `${draft.key}${count}` });
  }
  return operations.slice(COUNT / 4);
}

const pageOf = (from: number, to: number, via: string, after: StoreState) => ({
  bases: bases(from, to, via),
  state: after,
  contained: [],
});

const rowsOf = async (database: Database): Promise<readonly { readonly table: Table; readonly row: Row }[]> =>
  (
    await Promise.all(TABLES.map(async (table) => (await database.all(table)).map((row) => ({ table, row }))))
  ).flat();

/** Format, epoch, tally and marks are numbers in clear. */
const isSealed = ({ table, row }: { readonly table: Table; readonly row: Row }): boolean =>
  table !== 'meta' || /^(state|cursor):/.test(row.key);

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

  test('nothing on it says a name, a text, a scope or what a draft is for in the clear', async () => {
    const rows = await rowsOf(database);
    expect(new Set(rows.map(({ table }) => table))).toEqual(new Set(TABLES));
    expect(rows.filter(({ row }) => row.scope === LI)).not.toEqual([]);
    for (const encoding of ['utf8', 'utf16le'] as const) {
      const disk = rows
        .map(({ row: { bytes, ...row } }) => JSON.stringify(row) + Buffer.from(bytes).toString(encoding))
        .join('');
      expect(WORDS.filter((word) => disk.includes(word))).toEqual([]);
    }
    // Base64 shows one of three shifts of a text.
    const envelopes = rows
      .filter(({ table }) => table === 'journal')
      .map(({ row }) => Buffer.from(keptIn(row)?.envelope.content ?? '', 'base64').toString());
    expect(WORDS.filter((word) => envelopes.join('').includes(word))).toEqual([]);
  });

  test('another user’s keys open 0 of 1 000 rows, also under the names of the right ones', async () => {
    const rows = (await rowsOf(database)).filter(isSealed).filter(({ row }) => row.scope !== LI);
    const zhou = await zhouVault();
    const ofZhou: (typeof rows)[number][] = [];
    for (const one of rows) if (await opens(zhou, one.table, one.row)) ofZhou.push(one);
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

describe('1 000 damages of sealed rows', () => {
  const whole = emptyDisk();
  let vault: Vault;
  let operations: readonly Kept[];
  const page = [...bases(1, BLOCK + 4), ...bases(1001, 1000 + BLOCK + 4, RESIDENTS)];
  beforeAll(async () => {
    vault = await zhouVault();
    operations = await keepAll(openMemoryDatabase(whole), vault, [CASEWORK, RESIDENTS], 1, 4);
  });

  const copied = (disk: Disk): Disk => ({
    tables: new Map([...disk.tables].map(([table, rows]) => [table, new Map(rows)])),
  });
  const put = (disk: Disk, table: Table, row: Row): void => void disk.tables.get(table)?.set(row.key, row);
  const changed = (bytes: Uint8Array, at: number, bit: number): Uint8Array =>
    Uint8Array.from(bytes, (byte, index) => (index === at ? byte ^ (1 << bit) : byte));
  const openedFrom = (disk: Disk) => createStore({ database: openMemoryDatabase(disk), vault });

  const KINDS = ['flipped', 'swapped', 'truncated'] as const;

  function damage(seed: number) {
    const { whole: below, pick } = createRandom(seed);
    const disk = copied(whole);
    const sealed = TABLES.filter((table) => table !== 'archive').flatMap((table) =>
      [...(whole.tables.get(table)?.values() ?? [])].map((row) => ({ table, row })).filter(isSealed),
    );
    const table = pick(['blocks', 'changes', 'journal', 'history', 'drafts', 'meta'] as const);
    const rows = sealed.filter((one) => one.table === table).map(({ row }) => row);
    const kind = pick(KINDS);
    const row = pick(rows);
    const { bytes } = row;
    const hit = [row];
    const at = below(bytes.length);
    if (kind === 'flipped') put(disk, table, { ...row, bytes: changed(bytes, at, below(8)) });
    else if (kind === 'truncated') put(disk, table, { ...row, bytes: bytes.slice(0, at) });
    else {
      const other = pick(rows.filter(({ key }) => key !== row.key));
      put(disk, table, { ...row, bytes: other.bytes });
      put(disk, table, { ...other, bytes });
      hit.push(other);
    }
    // What shows in a row's end or length is missed by the tally, too, which cannot say whose it was.
    const isTallied = kind !== 'flipped' || at >= bytes.length - 16;
    return { disk, table, kind, hit, isTallied };
  }

  test('each is noticed and counted, goes with its scope’s cursor, and what is pulled again makes it whole', async () => {
    const met = new Set<string>();
    const ofBases = (found: readonly Base[]): readonly string[] => found.map((one) => JSON.stringify(one));
    const ofKept = (found: readonly Kept[]): readonly string[] =>
      found.map(({ number, operation, envelope }) => [number, operation.id, envelope.content].join());
    const all = [...ofBases(page), ...ofKept(operations)];
    const known = new Set(all);
    for (let seed = 1; seed <= 1000; seed++) {
      const { disk, table, kind, hit, isTallied } = damage(seed);
      const told = `seed ${seed}: ${kind} ${table} ${hit.map(({ key }) => key).join()}`;
      met.add(`${kind} ${table}`);
      const store = openedFrom(disk);
      const loaded = await read(store);
      if (table === 'history') {
        const records = hit.map(({ key }) => key.split('@')[0] ?? '');
        const histories = records.map((id) => store.historyOf(id, [CASEWORK]));
        expect(await Promise.all(histories), told).toEqual(records.map(() => undefined));
        expect(loaded.damaged, told).toBe(0);
        continue;
      }
      expect(loaded.damaged, told).toBe(hit.length);
      const again = new Set(
        hit.flatMap(({ scope }) => (table === 'journal' ? [] : (vault.scopeOf(scope) ?? []))),
      );
      const areAllAgain = isTallied && ['blocks', 'changes', 'journal'].includes(table);
      const standing = areAllAgain ? [] : [CASEWORK, RESIDENTS].filter((scope) => !again.has(scope));
      expect(new Set(Object.keys(loaded.state.cursors)), told).toEqual(new Set(standing));
      expect(loaded.mirrored, told).toBe(areAllAgain || table === 'journal' ? 0 : COUNT + 1);
      const found = [...ofBases(loaded.bases), ...ofKept(loaded.operations)];
      expect(
        found.filter((one) => !known.has(one)),
        told,
      ).toEqual([]);

      const here = new Set(found);
      const missing = page.filter((one) => !here.has(JSON.stringify(one)));
      await store.keepPage({ bases: missing, state: state(1, CASEWORK, RESIDENTS), contained: [] });
      await store.keepOperations(operations, COUNT + 1);
      const healed = await read(openedFrom(disk));
      expect(
        [...ofBases(healed.bases), ...ofKept(healed.operations)].join('\n') === all.join('\n'),
        told,
      ).toBe(true);
      expect([healed.damaged, healed.mirrored, healed.state], told).toEqual([
        0,
        COUNT + 1,
        state(1, CASEWORK, RESIDENTS),
      ]);
    }
    expect(met.size).toBe(KINDS.length * 6);
  }, 120_000);

  test('S6 an old row in the place of a newer one, or one that was moved to another key, is noticed', async () => {
    const disk = copied(whole);
    const store = openedFrom(disk);
    await read(store);
    const before = copied(disk);
    await store.keepPage({ bases: [base(66, 900)], state: state(900, CASEWORK, RESIDENTS), contained: [] });
    const [old] = [...(before.tables.get('changes')?.values() ?? [])].filter(({ key }) =>
      key.startsWith(recordId(66)),
    );
    if (!old) throw new Error('no change');
    const stale = copied(disk);
    put(stale, 'changes', old);
    expect((await read(openedFrom(stale))).state.cursors).toEqual({});
    const moved = copied(disk);
    const present = disk.tables.get('changes')?.get(old.key) ?? old;
    put(moved, 'changes', { ...present, scope: keys.ofLi.id });
    expect((await read(openedFrom(moved))).state.cursors).toEqual({});
  });
});
