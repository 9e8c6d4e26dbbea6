/** What every store promises, over memory and fake IndexedDB alike: what one person keeps, he finds again. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { describe, expect, test } from 'vitest';
import type { Vault } from '../vault/vault.ts';
import type { Base } from './base.ts';
import { packBlock } from './block.ts';
import { TABLES } from './database.ts';
import { openDexieDatabase } from './dexie-database.ts';
import type { Kept } from './kept-operation.ts';
import { createStore } from './sealed-store.ts';
import { freshState } from './state.ts';
import { BLOCK, FORMAT, NEWER_STORE, type Store } from './store.ts';
import {
  base,
  bases,
  CASEWORK,
  confirmed,
  disks,
  kept,
  read,
  recordId,
  RESIDENTS,
  state,
  ZHOU,
  zhou,
} from './testing/one-disk.ts';

/** As the district sends them: a newer app's store shows nothing less. */
function whole(count: number, seq = count): Base {
  const { id, entity, ...rest } = base(count, seq);
  const created = { by: ZHOU, at: '2026-11-23T01:00:00.000Z', seq, operation: `operation_${count}` };
  const record = {
    id,
    entity,
    version: 1,
    area: '310104007001',
    scope: CASEWORK,
    seq,
    values: { subject: `第${count}件` },
    created,
    writers: {},
  };
  return { ...rest, id, entity, text: JSON.stringify(record) };
}

for (const [name, disk] of Object.entries(disks)) {
  describe(`the store on ${name}`, () => {
    async function opened() {
      const open = disk();
      const make = async (vault: Vault = zhou()): Promise<Store> =>
        createStore({ database: await open(), vault });
      const store = await make();
      await store.load({ take: () => undefined });
      return { store, open, make };
    }

    test('an empty disk is a fresh store', async () => {
      const { make } = await opened();
      expect(await read(await make())).toMatchObject({
        state: freshState,
        mirrored: 0,
        operations: [],
        drafts: [],
        damaged: 0,
        bases: [],
      });
    });

    test('S4-3 pages come back with their cursor, as blocks and single changes, the newest state of each record', async () => {
      const { store, make } = await opened();
      const page = bases(1, 2 * BLOCK + 5);
      await store.keepPage({ bases: page, state: state(133), contained: [] });
      expect(store.loose()).toBe(5);
      await store.keepPage({ bases: [base(3, 200)], state: state(200), contained: [] });
      const again = await read(await make());
      expect(again.state).toEqual(state(200));
      expect(again.bases).toEqual(page.map((one) => (one.id === recordId(3) ? base(3, 200) : one)));
    });

    test('S4 one record through two scopes lies once in each, and leaves one without the other', async () => {
      const { store, make } = await opened();
      const page = [...bases(1, BLOCK), base(3, 3, RESIDENTS), base(4, 4, RESIDENTS)];
      await store.keepPage({ bases: page, state: state(64, CASEWORK, RESIDENTS), contained: [] });
      const removed = [
        { scope: CASEWORK, id: recordId(3) },
        { scope: RESIDENTS, id: recordId(4) },
      ];
      await store.keepPage({ bases: [], removed, state: state(70, CASEWORK, RESIDENTS), contained: [] });
      const again = await read(await make());
      const [inCasework, inResidents] = [CASEWORK, RESIDENTS].map((via) =>
        again.bases.filter((one) => one.via === via),
      );
      expect(inCasework).toEqual(bases(1, BLOCK).filter(({ seq }) => seq !== 3));
      expect(inResidents).toEqual([base(3, 3, RESIDENTS)]);
    });

    test('S4 what has left a scope is gone from blocks, changes and histories in the moment of its page', async () => {
      const { store, open, make } = await opened();
      await store.keepPage({ bases: bases(1, BLOCK + 2), state: state(66), contained: [] });
      await store.keepHistory(recordId(2), CASEWORK, '{"operations":["刘桂芳"]}');
      await store.keepPage({ bases: [base(5, 80)], state: state(80), contained: [] });
      const gone = [2, 5, BLOCK + 1];
      const removed = gone.map((count) => ({ scope: CASEWORK, id: recordId(count) }));
      await store.keepPage({ bases: [], removed, state: state(90), contained: [] });
      const database = await open();
      const disk = (await Promise.all((['blocks', 'changes', 'history'] as const).map(database.all))).flat();
      const text = disk.map(({ key, bytes }) => key + new TextDecoder().decode(bytes)).join('');
      for (const count of gone) expect(text).not.toContain(recordId(count));
      expect(text).not.toContain('刘桂芳');
      const again = await make();
      const loaded = await read(again);
      expect(loaded.bases).toEqual(bases(1, BLOCK + 2).filter(({ seq }) => !gone.includes(seq)));
      // And it comes back where the district gives it back.
      await again.keepPage({ bases: [base(2, 99)], state: state(99), contained: [] });
      expect((await read(await make())).bases).toContainEqual(base(2, 99));
    });

    test('a record that left a scope and came back within one page is there', async () => {
      const { store, make } = await opened();
      await store.keepPage({ bases: bases(1, BLOCK + 1), state: state(65), contained: [] });
      const back = [base(2, 90), base(BLOCK + 1, 91)];
      const removed = back.map(({ id }) => ({ scope: CASEWORK, id }));
      await store.keepPage({ bases: back, removed, state: state(91), contained: [] });
      const { bases: found, baseOf } = await read(await make());
      expect(found).toEqual([base(1), base(2, 90), ...bases(3, BLOCK), base(BLOCK + 1, 91)]);
      await store.fold(baseOf);
      expect((await read(await make())).bases).toEqual(found);
    });

    test('S6-4 a broken row is told once, and its scope’s cursor is gone from the disk, not that of others', async () => {
      const { store, open, make } = await opened();
      await store.keepPage({
        bases: [base(1), base(2, 2, RESIDENTS)],
        state: state(2, CASEWORK, RESIDENTS),
        contained: [],
      });
      const database = await open();
      const row = await database.get('changes', `${recordId(1)}@${zhou().keyOf(CASEWORK)}`);
      if (!row) throw new Error('no change');
      const bytes = Uint8Array.from(row.bytes, (byte, index) => (index === 0 ? byte ^ 1 : byte));
      await database.write([{ table: 'changes', put: [{ ...row, bytes }] }]);
      const expected = { bases: [base(2, 2, RESIDENTS)], state: { cursors: state(2, RESIDENTS).cursors } };
      expect(await read(await make())).toMatchObject({ damaged: 1, ...expected });
      const again = await read(await make());
      expect(again).toMatchObject({ damaged: 0, ...expected });
      expect(Object.keys(again.state.cursors)).toEqual([RESIDENTS]);
    });

    test('a scope in which nothing is left keeps its cursor', async () => {
      const { store, make } = await opened();
      await store.keepPage({ bases: bases(1, BLOCK), state: state(64), contained: [] });
      const removed = bases(1, BLOCK).map(({ id }) => ({ scope: CASEWORK, id }));
      await store.keepPage({ bases: [], removed, state: state(200), contained: [] });
      expect(await read(await make())).toMatchObject({ bases: [], damaged: 0, state: state(200) });
    });

    test('folding moves changes into blocks, each scope for itself, also of records that came in another epoch', async () => {
      const { store, make } = await opened();
      const page = bases(1, 2 * BLOCK);
      await store.keepPage({ bases: page, state: state(128), contained: [] });
      const restored = { ...base(70, 201), epoch: 'epoch_2' };
      const news = [base(3, 200), restored, base(500, 202), base(3, 200, RESIDENTS)];
      await store.keepPage({ bases: news, state: state(202, CASEWORK, RESIDENTS), contained: [] });
      expect(store.loose()).toBe(4);
      const before = await read(await make());
      await store.fold(before.baseOf);
      expect(store.loose()).toBe(2);
      const second = await make();
      expect((await read(second)).bases).toEqual(before.bases);
      await second.keepPage({ bases: [{ ...restored, seq: 300 }], state: state(300), contained: [] });
      const changed = await read(await make());
      await second.fold(changed.baseOf);
      const again = await read(await make());
      expect(again.bases).toEqual(changed.bases);
      expect(again.bases).toContainEqual({ ...restored, seq: 300 });
    });

    test('many scopes of few records each fold into small blocks', async () => {
      const { store, make } = await opened();
      const keep = (page: readonly Base[]): Promise<void> =>
        store.keepPage({ bases: page, state: state(16, CASEWORK, RESIDENTS), contained: [] });
      await keep([...bases(1, 15, CASEWORK), ...bases(1, 8, RESIDENTS)]);
      await keep(bases(9, 16, RESIDENTS));
      expect(store.loose()).toBe(31);
      const before = await read(await make());
      await store.fold(before.baseOf);
      expect(store.loose()).toBe(15);
      expect((await read(await make())).bases).toEqual(before.bases);
    });

    test('a page of many scopes is written in small blocks at once; only what is too little for one lies beside', async () => {
      const { store, make } = await opened();
      const page = [...bases(1, BLOCK + 16, CASEWORK), ...bases(1, 15, RESIDENTS)];
      await store.keepPage({ bases: page, state: state(80, CASEWORK, RESIDENTS), contained: [] });
      expect(store.loose()).toBe(15);
      const found = await read(await make());
      expect(found.bases).toHaveLength(page.length);
      for (const one of page) expect(found.bases).toContainEqual(one);
    });

    test('law 5 a block of which memory lacks a record is not written without it', async () => {
      const { store, make } = await opened();
      await store.keepPage({ bases: bases(1, BLOCK), state: state(64), contained: [] });
      await store.keepPage({ bases: [base(3, 200)], state: state(200), contained: [] });
      const { baseOf, bases: all } = await read(await make());
      await store.fold((id, via) => (id === recordId(9) ? undefined : baseOf(id, via)));
      expect((await read(await make())).bases).toEqual(all);
    });

    test('own operations come back in the device’s order with what came of them, and leave for the archive', async () => {
      const { store, make } = await opened();
      const [first, second] = [await kept(zhou(), 1), await kept(zhou(), 2, undefined)];
      await store.keepOperations([second, first], 2);
      const judged = confirmed(first, 9);
      const setAside: Kept = { ...second, resolved: [] };
      await store.keepOperations([judged, setAside], 4);
      expect(await read(await make())).toMatchObject({ mirrored: 4, operations: [judged, setAside] });
      await store.keepPage({ bases: [base(1, 9)], state: state(9), contained: [judged] });
      const again = await make();
      expect(await read(again)).toMatchObject({ operations: [setAside], bases: [base(1, 9)] });
      expect(await again.containedOf(recordId(1))).toEqual([judged]);
    });

    test('drafts and histories are kept and let go', async () => {
      const { store, open, make } = await opened();
      const draft = {
        key: 'step/matter_1/agreed',
        entity: 'matter',
        values: { subject: '楼上' },
        opened: { seen: undefined, basis: { epoch: '', seq: 0 }, after: [] },
        savedAt: '2026-11-23T01:00:00.000Z',
      };
      const other = { ...draft, key: 'new/matter' };
      for (const one of [draft, other, { ...draft, values: { subject: '楼上漏水' } }])
        await store.keepDraft(one);
      await store.keepHistory(recordId(1), CASEWORK, '{"operations":[]}');
      const again = await make();
      expect((await read(again)).drafts.map(({ key, values }) => [key, values])).toEqual([
        [draft.key, { subject: '楼上漏水' }],
        [other.key, { subject: '楼上' }],
      ]);
      expect((await (await open()).all('drafts')).map(({ key }) => key).join()).not.toMatch(
        /step|new|agreed/,
      );
      expect([
        await again.historyOf(recordId(1), [RESIDENTS, CASEWORK]),
        await again.historyOf(recordId(1), [RESIDENTS]),
      ]).toEqual(['{"operations":[]}', undefined]);
      await again.dropDraft(draft.key);
      await again.keepDraft({ ...draft, key: 'new/other' });
      expect((await read(await make())).drafts.map(({ key }) => key)).toEqual([other.key, 'new/other']);
    });

    test('S11-4 a newer app’s store shows what is understood, and stays as it is whatever is asked of it', async () => {
      const { store, open, make } = await opened();
      const page = [...Array(BLOCK + 2).keys()].map((count) => whole(count + 1));
      await store.keepPage({ bases: page, state: state(100), contained: [] });
      await store.keepHistory(recordId(1), CASEWORK, '{"operations":[]}');
      const [own, later] = [await kept(zhou(), 1), await kept(zhou(), 2)];
      await store.keepOperations([own], 1);
      const draft = {
        key: 'new/matter',
        entity: 'matter',
        values: { subject: '楼上' },
        opened: { seen: undefined, basis: { epoch: '', seq: 0 }, after: [] },
        savedAt: '2026-11-23T01:00:00.000Z',
      };
      await store.keepDraft(draft);
      const database = await open();
      expect((await database.get('meta', 'format'))?.version).toBe(FORMAT);

      const vault = zhou();
      const scope = vault.keyOf(CASEWORK) ?? '';
      const sealed = async (id: string, text: string | Uint8Array) => ({
        key: id,
        version: 1,
        scope,
        bytes: await vault.seal(text, { key: scope, kind: 'changes', id, version: 1 }),
      });
      const strange = { ...whole(901), text: JSON.stringify({ id: recordId(901), values: '楼上' }) };
      const noBytes = { version: FORMAT + 1, scope: '', bytes: new Uint8Array() };
      const unknown = new Uint8Array([1, 2, 3]);
      await database.write([
        {
          table: 'changes',
          put: [
            await sealed(
              'of another block',
              new TextDecoder().decode(packBlock([whole(900)])).replace('"v":3', '"v":4'),
            ),
            await sealed('of another record', packBlock([strange])),
            await sealed('no block', '楼上漏水'),
            { key: 'of another seal', version: 1, scope, bytes: unknown },
          ],
        },
        {
          table: 'journal',
          put: [{ key: 'operation_9', version: 9, scope: zhou().own, record: recordId(1), bytes: unknown }],
        },
        { table: 'drafts', put: [{ key: `${zhou().own}/9`, version: 1, scope: zhou().own, bytes: unknown }] },
        {
          table: 'meta',
          put: [
            { ...noBytes, key: 'format' },
            { ...noBytes, key: 'of a newer app' },
          ],
        },
      ]);
      const dump = async () => Promise.all(TABLES.map(async (table) => [table, await database.all(table)]));
      const before = await dump();

      const newer = await make();
      const seen = await read(newer);
      expect(seen).toMatchObject({ isNewer: true, damaged: 0, operations: [own], drafts: [] });
      expect(seen.state).toEqual(state(100));
      expect(seen.bases).toEqual(page);
      expect(await newer.historyOf(recordId(1), [CASEWORK])).toBe('{"operations":[]}');
      await newer.loadScopes([CASEWORK], () => undefined);
      await newer.keepPage({ bases: [whole(1, 300)], state: state(300), contained: [own] });
      await newer.keepState(state(301));
      await newer.keepOperations([later], 2);
      await newer.keepHistory(recordId(1), CASEWORK, '{}');
      await expect(newer.keepDraft(draft)).rejects.toThrow(NEWER_STORE);
      await newer.dropDraft(draft.key);
      await newer.fold(seen.baseOf);
      await newer.forgetScopes([CASEWORK], [scope]);
      expect(await dump()).toEqual(before);
    });

    test('a state that has not moved writes no row of its own anew', async () => {
      const { store, open } = await opened();
      const versions = async () =>
        (await (await open()).all('meta')).map(
          ({ key, version, bytes }) => `${key} ${version} ${bytes.join()}`,
        );
      await store.keepState(state(5, CASEWORK, RESIDENTS));
      const before = await versions();
      await store.keepState(state(5, CASEWORK, RESIDENTS));
      expect(await versions()).toEqual(before);
      await store.keepState({ ...state(5, CASEWORK), cursors: { ...state(6, CASEWORK).cursors } });
      const changed = (await versions()).filter((row) => !before.includes(row));
      expect(changed.map((row) => row.split(' ')[0])).toEqual([`cursor:${zhou().keyOf(CASEWORK)}`]);
    });

    test('S8 cursors of another epoch come back, and say so', async () => {
      const { store, make } = await opened();
      await store.keepState(state(5, CASEWORK, RESIDENTS));
      const restored = { ...state(2), epoch: 'epoch_2', restoredHead: 4 };
      const ofCasework = { [CASEWORK]: { epoch: 'epoch_2', cursor: 2 } };
      await store.keepState({ ...restored, cursors: ofCasework });
      expect((await read(await make())).state).toEqual({
        ...restored,
        cursors: { ...ofCasework, [RESIDENTS]: { epoch: 'epoch_1', cursor: 5 } },
      });
    });
  });
}

test('S4 one writing holds or falls as a whole', async () => {
  const database = await openDexieDatabase({
    name: 'linli-store',
    factory: { indexedDB: new IDBFactory(), IDBKeyRange },
  });
  const row = { key: 'a', version: 1, scope: '', bytes: new Uint8Array([1]) };
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
  const damaged = { indexedDB: failing((name) => name === 'linli-store'), IDBKeyRange };
  const database = await openDexieDatabase({ name: 'linli-store', factory: damaged });
  expect([await database.all('meta'), [...new Set(asked)]]).toEqual([[], ['linli-store', 'linli-store-2']]);
});
