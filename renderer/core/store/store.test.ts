import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { describe, expect, test } from 'vitest';
import type { Operation } from '../../../shared/core/operation.ts';
import { emptyDisk, openMemoryDatabase } from '../testing/memory-database.ts';
import { createPlainVault } from '../testing/plain-vault.ts';
import { createWebVault } from '../vault/web-vault.ts';
import type { Base } from './block.ts';
import type { Database } from './database.ts';
import { openDexieDatabase } from './dexie-database.ts';
import type { Kept } from './kept-operation.ts';
import { freshState, type StoreState } from './state.ts';
import { createStore } from './sealed-store.ts';
import { BLOCK, FORMAT, NEWER_STORE, type Store } from './store.ts';

const DEVICE = 'device_00000000000000000000000001';
const vault = createPlainVault(DEVICE);

/** Opens the same disk again each time it is asked. */
const kinds: Record<string, () => () => Promise<Database>> = {
  memory: () => {
    const disk = emptyDisk();
    return async () => openMemoryDatabase(disk);
  },
  'fake IndexedDB': () => {
    const factory = { indexedDB: new IDBFactory(), IDBKeyRange };
    return () => openDexieDatabase({ name: 'linli-person_1', factory });
  },
};

const recordId = (count: number, entity = 'matter'): string => `${entity}_${String(count).padStart(26, '0')}`;

function base(count: number, seq = count, scope = '310104007001/casework'): Base {
  const id = recordId(count);
  return {
    id,
    entity: 'matter',
    scope,
    epoch: 'epoch_1',
    seq,
    text: JSON.stringify({ id, seq, values: { subject: `第${count}件\n` } }),
  };
}

const state = (cursor: number): StoreState => ({
  ...freshState,
  epoch: 'epoch_1',
  cursors: { '310104007001/casework': cursor },
  grants: [{ role: 'worker', area: '310104007001' }],
});

async function kept(count: number): Promise<Kept> {
  const operation: Operation = {
    v: 1,
    id: `operation_${String(count).padStart(26, '0')}`,
    kind: 'create',
    entity: 'matter',
    version: 1,
    record: recordId(count),
    author: 'person_00000000000000000000000001',
    device: DEVICE,
    at: '2026-11-23T01:00:00.000Z',
    basis: { epoch: 'epoch_1', seq: 0 },
    after: [],
  };
  return { number: count, operation, envelope: await vault.sealOperation(operation) };
}

async function read(store: Store) {
  const bases = new Map<string, Base>();
  const loaded = await store.load({
    take: (found) => {
      for (const one of found) if ((bases.get(one.id)?.seq ?? -1) < one.seq) bases.set(one.id, one);
    },
  });
  return { ...loaded, bases: [...bases.values()].sort((one, other) => (one.id < other.id ? -1 : 1)) };
}

for (const [name, disk] of Object.entries(kinds)) {
  describe(`the store on ${name}`, () => {
    async function opened() {
      const open = disk();
      const make = async (): Promise<Store> => createStore({ database: await open(), vault });
      const store = await make();
      await store.load({ take: () => undefined });
      return { store, open, make };
    }

    test('an empty disk is a fresh store', async () => {
      const { make } = await opened();
      expect(await read(await make())).toEqual({
        state: freshState,
        mirrored: 0,
        operations: [],
        drafts: [],
        damaged: 0,
        bases: [],
      });
    });

    test('S4 pages come back with their cursor, as blocks and single changes, the newest state of each record', async () => {
      const { store, make } = await opened();
      const page = Array.from({ length: 2 * BLOCK + 5 }, (_, index) => base(index + 1));
      await store.keepPage({ bases: page, state: state(133), contained: [] });
      expect(store.loose()).toBe(5);
      await store.keepPage({ bases: [base(3, 200)], state: state(200), contained: [] });
      const again = await read(await make());
      expect(again.state).toEqual({ ...state(200), scopes: ['310104007001/casework'] });
      expect(again.bases).toEqual(page.map((one) => (one.id === recordId(3) ? base(3, 200) : one)));
    });

    test('folding moves changes into blocks, also of records that moved to another scope', async () => {
      const { store, make } = await opened();
      const page = Array.from({ length: 2 * BLOCK }, (_, index) => base(index + 1));
      await store.keepPage({ bases: page, state: state(128), contained: [] });
      const elsewhere = '310104007002/casework';
      const news = [base(3, 200), base(70, 201, elsewhere), base(500, 202)];
      await store.keepPage({ bases: news, state: state(202), contained: [] });
      const held = new Map([...page, ...news].map((one) => [one.id, one]));
      await store.fold((id) => held.get(id));
      expect(store.loose()).toBe(1);
      const second = await make();
      expect((await read(second)).bases).toEqual(
        [...held.values()].sort((one, other) => (one.id < other.id ? -1 : 1)),
      );
      await second.keepPage({ bases: [base(70, 300, elsewhere)], state: state(300), contained: [] });
      held.set(recordId(70), base(70, 300, elsewhere));
      await second.fold((id) => held.get(id));
      expect((await read(await make())).bases).toEqual(
        [...held.values()].sort((one, other) => (one.id < other.id ? -1 : 1)),
      );
    });

    test('own operations come back in the device’s order with what came of them, and leave for the archive', async () => {
      const { store, make } = await opened();
      const [first, second] = [await kept(1), await kept(2)];
      await store.keepOperations([second, first], 2);
      const judged: Kept = {
        ...first,
        verdict: { id: first.operation.id, verdict: 'confirmed', seq: 9 },
        judgedAt: '2026-11-23T01:00:00.000Z',
      };
      const setAside: Kept = { ...second, resolved: [] };
      await store.keepOperations([judged, setAside], 4);
      expect(await read(await make())).toMatchObject({ mirrored: 4, operations: [judged, setAside] });
      await store.keepPage({ bases: [base(1, 9)], state: state(9), contained: [judged] });
      const again = await make();
      expect(await read(again)).toMatchObject({ operations: [setAside], bases: [base(1, 9)] });
      expect(await again.containedOf(recordId(1))).toEqual([judged]);
    });

    test('drafts and histories are kept and let go', async () => {
      const { store, make } = await opened();
      const draft = {
        key: 'new/matter',
        entity: 'matter',
        values: { subject: '楼上' },
        opened: { seen: undefined, basis: { epoch: '', seq: 0 }, after: [] },
        savedAt: '2026-11-23T01:00:00.000Z',
      };
      await store.keepDraft(draft);
      await store.keepHistory(recordId(1), '{"operations":[]}');
      const again = await make();
      expect((await read(again)).drafts).toEqual([JSON.parse(JSON.stringify(draft))]);
      expect(await again.historyOf(recordId(1))).toBe('{"operations":[]}');
      await again.dropDraft(draft.key);
      expect((await read(await make())).drafts).toEqual([]);
    });

    test('forgotten records are gone from blocks and changes, their neighbours stay', async () => {
      const { store, make } = await opened();
      const page = Array.from({ length: BLOCK + 2 }, (_, index) => base(index + 1));
      await store.keepPage({ bases: page, state: state(66), contained: [] });
      const held = new Map(page.map((one) => [one.id, one]));
      await store.forget([recordId(2), recordId(66)], state(66), (id) => held.get(id));
      expect((await read(await make())).bases).toEqual(page.filter(({ seq }) => seq !== 2 && seq !== 66));
    });

    test('S11 what a newer app has written is not touched', async () => {
      const { store, open, make } = await opened();
      await store.keepState(state(1));
      const database = await open();
      const newer = { key: 'format', version: FORMAT + 1, scope: 0, bytes: new Uint8Array() };
      await database.write([{ table: 'meta', put: [newer] }]);
      await expect(read(await make())).rejects.toThrow(NEWER_STORE);
    });

    test.each(['changes', 'journal', 'blocks'] as const)(
      'S6 a row of %s that a repair lost makes everything be read again',
      async (table) => {
        const { store, open, make } = await opened();
        const page = Array.from({ length: BLOCK + 2 }, (_, index) => base(index + 1));
        await store.keepPage({ bases: page, state: state(66), contained: [] });
        await store.keepOperations([await kept(1), await kept(2)], 2);
        expect(await read(await make())).toMatchObject({
          mirrored: 2,
          state: { cursors: state(66).cursors },
        });
        const database = await open();
        const [row] = await database.all(table);
        await database.write([{ table, drop: [row?.key ?? ''] }]);
        expect(await read(await make())).toMatchObject({ mirrored: 0, state: { cursors: {} } });
        // Once, and not at every opening: the cursors are kept as they are now.
        const again = await make();
        expect(await read(again)).toMatchObject({ state: { cursors: {} } });
        await again.keepPage({ bases: page, state: state(66), contained: [] });
        await again.keepOperations([await kept(1), await kept(2)], 2);
        expect(await read(await make())).toMatchObject({
          mirrored: 2,
          state: { cursors: state(66).cursors },
        });
      },
    );

    test('a broken row is told, and its scope starts again', async () => {
      const { store, open, make } = await opened();
      await store.keepPage({ bases: [base(1)], state: state(1), contained: [] });
      const database = await open();
      const [row] = await database.all('changes');
      if (!row) throw new Error('no change');
      await database.write([{ table: 'changes', put: [{ ...row, bytes: new Uint8Array([1, 2, 3]) }] }]);
      expect(await read(await make())).toMatchObject({ damaged: 1, bases: [], state: { cursors: {} } });
      // It is let go of together with the cursors, or every opening would begin with a download.
      expect(await read(await make())).toMatchObject({ damaged: 0, bases: [], state: { cursors: {} } });
    });
  });
}

test('S4 one writing holds or falls as a whole', async () => {
  const database = await openDexieDatabase({
    name: 'linli-person_1',
    factory: { indexedDB: new IDBFactory(), IDBKeyRange },
  });
  const row = { key: 'a', version: 1, scope: 0, bytes: new Uint8Array([1]) };
  const poisoned = { ...row, key: { not: 'a key' } as unknown as string };
  await expect(
    database.write([
      { table: 'meta', put: [row] },
      { table: 'changes', put: [poisoned] },
    ]),
  ).rejects.toThrow();
  expect(await database.all('meta')).toEqual([]);
});

test('a database that does not open gives its place to another', async () => {
  const indexedDB = new IDBFactory();
  const asked: string[] = [];
  const failing = (failure: (name: string) => boolean) =>
    new Proxy(indexedDB, {
      get: (target, key) => {
        if (key !== 'open') return Reflect.get(target, key).bind(target) as unknown;
        return (name: string, version?: number) => {
          asked.push(name);
          if (failure(name)) throw new DOMException('damaged', 'UnknownError');
          return target.open(name, version);
        };
      },
    });
  const damaged = { indexedDB: failing((name) => name === 'linli-person_1'), IDBKeyRange };
  const database = await openDexieDatabase({ name: 'linli-person_1', factory: damaged });
  expect([await database.all('meta'), [...new Set(asked)]]).toEqual([
    [],
    ['linli-person_1', 'linli-person_1-2'],
  ]);
});

test('nothing on disk says a name, a text or a scope in the clear', async () => {
  const factory = { indexedDB: new IDBFactory(), IDBKeyRange };
  const database = await openDexieDatabase({ name: 'linli-person_1', factory });
  const { publicKey } = await districtKeys();
  const store = createStore({
    database,
    vault: await createWebVault({
      userKey: new Uint8Array(32).fill(1),
      device: DEVICE,
      store: 's',
      districtKey: publicKey,
    }),
  });
  await store.load({ take: () => undefined });
  await store.keepPage({
    bases: Array.from({ length: 70 }, (_, index) => base(index + 1)),
    state: state(70),
    contained: [],
  });
  const rows = (
    await Promise.all((['blocks', 'changes', 'meta'] as const).map((table) => database.all(table)))
  ).flat();
  const disk = rows
    .map(({ bytes, ...row }) => JSON.stringify(row) + new TextDecoder().decode(bytes))
    .join('');
  expect(rows).toHaveLength(10);
  for (const plain of ['310104007001', 'casework', '第1件', 'subject', 'epoch_1'])
    expect(disk).not.toContain(plain);
});

async function districtKeys(): Promise<{ publicKey: string }> {
  const { generateKeyPairSync } = await import('node:crypto');
  const { keysOf } = await import('../../../server/keys.ts');
  return keysOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
}
