/** One store a computer: what colleagues find of each other's, and what stays shut. */
import { describe, expect, test } from 'vitest';
import type { Vault } from '../vault/vault.ts';
import type { Kept } from './kept-operation.ts';
import { createStore } from './sealed-store.ts';
import { BLOCK, type Store } from './store.ts';
import {
  base,
  bases,
  CASEWORK,
  confirmed,
  disks,
  gathering,
  kept,
  keyNumber,
  keys,
  li,
  OF_LI,
  read,
  recordId,
  RESIDENTS,
  state,
  zhou,
} from './testing/one-disk.ts';

const ids = (operations: readonly Kept[]): readonly string[] =>
  operations.map(({ operation }) => operation.id);

for (const [name, disk] of Object.entries(disks)) {
  describe(`a computer of two people on ${name}`, () => {
    async function opened(first: Vault = zhou()) {
      const open = disk();
      const make = async (vault: Vault): Promise<Store> => createStore({ database: await open(), vault });
      const store = await make(first);
      await store.load({ take: () => undefined });
      return { store, open, make };
    }

    test('S6 the second person goes on where the first one stopped, in the scopes that both read and no other', async () => {
      const { store, make } = await opened();
      const page = [...bases(1, BLOCK + 3), ...bases(100, 110, RESIDENTS)];
      await store.keepPage({ bases: page, state: state(110, CASEWORK, RESIDENTS), contained: [] });
      const second = await read(await make(li()));
      expect(second.bases).toEqual(bases(1, BLOCK + 3));
      expect(second.state).toEqual({
        ...state(110, CASEWORK),
        grants: [],
        offset: 0,
      });
      expect(second.damaged).toBe(0);
    });

    test('law 5 rows under keys that are not here outlive everything that another person does', async () => {
      const { store, make } = await opened();
      const residents = [...bases(100, 100 + BLOCK, RESIDENTS)];
      await store.keepPage({ bases: residents, state: state(200, RESIDENTS), contained: [] });
      await store.keepHistory(recordId(100), RESIDENTS, '{}');
      const other = await make(li());
      const { baseOf } = await read(other);
      await other.keepPage({ bases: bases(1, BLOCK), state: state(300, CASEWORK), contained: [] });
      await other.keepPage({
        bases: [base(3, 301), base(400)],
        removed: [
          { scope: CASEWORK, id: recordId(4) },
          { scope: RESIDENTS, id: recordId(100) },
        ],
        state: state(301, CASEWORK),
        contained: [],
      });
      await other.fold(baseOf);
      await other.keepState(state(302, CASEWORK, RESIDENTS));
      await other.forgetScopes([CASEWORK, RESIDENTS], []);
      const again = await make(zhou());
      const loaded = await read(again);
      expect(loaded.bases.filter(({ via }) => via === RESIDENTS)).toEqual(residents);
      expect(loaded.state.cursors[RESIDENTS]).toEqual({ epoch: 'epoch_1', cursor: 200 });
      expect(await again.historyOf(recordId(100), [RESIDENTS])).toBe('{}');
    });

    test('S13 colleagues see each other’s operations where they read the scope, and their own wherever', async () => {
      const { store, make } = await opened();
      const inCasework = await kept(zhou(), 1);
      const inResidents = await kept(zhou(), 2, RESIDENTS);
      await store.keepOperations([inCasework, inResidents], 2);
      const other = await make(li());
      const ofLi = await kept(li(), 3, OF_LI);
      const second = await read(other);
      expect([ids(second.operations), second.mirrored, second.damaged]).toEqual([ids([inCasework]), 0, 0]);
      await other.keepOperations([ofLi], 3);
      expect(ids((await read(await make(li()))).operations)).toEqual(ids([inCasework, ofLi]));
      const first = await read(await make(zhou()));
      expect([ids(first.operations), first.mirrored]).toEqual([ids([inCasework, inResidents]), 2]);
      const withoutScopes = await read(await make(zhou([])));
      expect(ids(withoutScopes.operations)).toEqual(ids([inCasework, inResidents]));
    });

    test('S1 an operation leaves the mirror through its author alone: he may hold the record through another scope', async () => {
      const { make, store } = await opened();
      const operation = confirmed(await kept(zhou(), 1), 9);
      await store.keepOperations([operation], 1);
      const other = await make(li());
      await read(other);
      const page = { bases: [base(1, 9)], state: state(9), contained: [operation] };
      await other.keepPage(page);
      expect(ids((await read(await make(zhou()))).operations)).toEqual(ids([operation]));
      await store.keepPage(page);
      expect((await read(await make(zhou()))).operations).toEqual([]);
      // A mirror that is read from the beginning brings it again; its author has let it go already.
      await other.keepOperations([operation], 1);
      await other.keepPage(page);
      expect((await read(await make(li()))).operations).toEqual([]);
      expect(ids(await other.containedOf(recordId(1)))).toEqual(ids([operation]));
    });

    test('drafts of the same form are each one’s own', async () => {
      const { store, make } = await opened();
      const draft = (subject: string) => ({
        key: 'new/matter',
        entity: 'matter',
        values: { subject },
        opened: { seen: undefined, basis: { epoch: '', seq: 0 }, after: [] },
        savedAt: '2026-11-23T01:00:00.000Z',
      });
      const other = await make(li());
      await read(other);
      await store.keepDraft(draft('楼上漏水'));
      await other.keepDraft(draft('噪音'));
      await other.dropDraft('new/other');
      const values = async (vault: Vault) =>
        (await read(await make(vault))).drafts.map((one) => one.values['subject']);
      expect([await values(zhou()), await values(li())]).toEqual([['楼上漏水'], ['噪音']]);
      await other.dropDraft('new/matter');
      expect([await values(zhou()), await values(li())]).toEqual([['楼上漏水'], []]);
    });

    test('a lost scope goes from the disk when nobody holds its key any more, cursor and all, and not before', async () => {
      const { store, open, make } = await opened();
      const page = [...bases(1, BLOCK + 3), ...bases(100, 110, RESIDENTS)];
      await store.keepPage({ bases: page, state: state(110, CASEWORK, RESIDENTS), contained: [] });
      for (const via of [CASEWORK, RESIDENTS]) await store.keepHistory(recordId(1), via, '{}');
      const operation = await kept(zhou(), 1);
      await store.keepOperations([operation], 1);
      await store.forgetScopes([CASEWORK, RESIDENTS], [keys.residents.id]);
      expect(store.loose()).toBe(0);
      const database = await open();
      const tables = await Promise.all((['blocks', 'changes', 'history', 'meta'] as const).map(database.all));
      expect(tables.flat().filter(({ scope, key }) => (scope + key).includes(keys.residents.id))).toEqual([]);
      const second = await read(await make(li()));
      expect([second.bases, second.state.cursors[CASEWORK]?.cursor, second.damaged]).toEqual([
        bases(1, BLOCK + 3),
        110,
        0,
      ]);
      // One's own words stay.
      expect(ids((await read(await make(zhou([])))).operations)).toEqual(ids([operation]));
    });

    test('a scope that was lost and comes back is loaded as the colleagues have kept it since', async () => {
      const { store, make } = await opened();
      await store.keepPage({ bases: bases(1, BLOCK), state: state(64), contained: [] });
      await store.forgetScopes([CASEWORK], []);
      const other = await make(li());
      await read(other);
      await other.keepPage({
        bases: [base(3, 70)],
        removed: [{ scope: CASEWORK, id: recordId(4) }],
        state: state(70),
        contained: [],
      });
      const gathered = gathering();
      expect(await store.loadScopes([CASEWORK, OF_LI], gathered.take)).toEqual({
        cursors: state(70).cursors,
        damaged: 0,
      });
      expect(gathered.all()).toEqual(
        bases(1, BLOCK).flatMap((one) => (one.seq === 3 ? [base(3, 70)] : one.seq === 4 ? [] : [one])),
      );
      await store.keepPage({ bases: [base(5, 80)], state: state(80), contained: [] });
      gathered.take([base(5, 80)]);
      await store.fold(gathered.baseOf);
      expect([store.loose(), (await read(await make(zhou()))).bases]).toEqual([0, gathered.all()]);
    });

    test('what lies here of a scope is loaded when its key comes while the desk is open', async () => {
      const { store, make } = await opened();
      await store.keepPage({ bases: bases(1, 5), state: state(5), contained: [] });
      const vault = li([]);
      const late = await make(vault);
      expect((await read(late)).bases).toEqual([]);
      await vault.admit([keys.casework]);
      const gathered = gathering();
      const { cursors } = await late.loadScopes([CASEWORK], gathered.take);
      expect([gathered.all(), cursors]).toEqual([bases(1, 5), state(5).cursors]);
    });

    test('what lies under a former key of a scope is sealed under the present one, and lacks nothing for who holds that alone', async () => {
      const { store, make } = await opened();
      await store.keepPage({ bases: bases(1, BLOCK + 3), state: state(67), contained: [] });
      const present = keyNumber(CASEWORK, 9);
      const both = zhou([keys.casework, present]);
      const renewed = await make(both);
      const first = await read(renewed);
      expect([first.bases, first.state.cursors, first.damaged]).toEqual([
        bases(1, BLOCK + 3),
        state(67).cursors,
        0,
      ]);
      await renewed.keepPage({ bases: [base(2, 70), base(66, 71)], state: state(71), contained: [] });
      const second = await read(await make(li([present])));
      const expected = bases(1, BLOCK + 3).map((one) =>
        one.seq === 2 ? base(2, 70) : one.seq === 66 ? base(66, 71) : one,
      );
      expect([second.bases, second.state.cursors, second.damaged]).toEqual([expected, state(71).cursors, 0]);
      // Under the former key somebody else has kept on; what was written under the present one stands.
      const former = await make(li([keys.casework]));
      expect(await read(former)).toMatchObject({ bases: [], damaged: 0, state: { cursors: {} } });
      await former.keepPage({ bases: [base(66, 66)], state: state(66), contained: [] });
      const third = await read(await make(zhou([keys.casework, present])));
      expect([third.bases, third.state.cursors]).toEqual([expected, state(71).cursors]);
      expect((await read(await make(li([present])))).bases).toEqual(expected);
    });

    test('S8 a restoration that one person heard of counts for everybody on the computer', async () => {
      const { store, make } = await opened(li());
      await store.keepState({ ...state(5), epoch: 'epoch_1' });
      const other = await make(zhou());
      await read(other);
      await other.keepState({ ...state(2), epoch: 'epoch_2', restoredHead: 4, cursors: {} });
      const { state: known } = await read(await make(li()));
      expect([known.epoch, known.restoredHead, known.cursors[CASEWORK]?.epoch, known.grants]).toEqual([
        'epoch_2',
        4,
        'epoch_1',
        state(5).grants,
      ]);
    });
  });
}

test('the operations of a colleague whose key is not here are not taken for damage', async () => {
  const open = disks['memory']?.();
  if (!open) throw new Error('no memory');
  const store = createStore({ database: await open(), vault: li() });
  await store.load({ take: () => undefined });
  await store.keepOperations([await kept(li(), 1, OF_LI)], 1);
  const other = createStore({ database: await open(), vault: zhou() });
  await read(other);
  await other.keepOperations([], 7);
  const loaded = await read(createStore({ database: await open(), vault: zhou() }));
  expect([loaded.operations, loaded.mirrored, loaded.damaged]).toEqual([[], 7, 0]);
});
