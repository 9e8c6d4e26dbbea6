/** What was cut short, or came from several sides, and must not come back older or at all. */
import { describe, expect, test } from 'vitest';
import { isNewer } from '../memory/held.ts';
import { emptyDisk, openMemoryDatabase, type Disk } from '../testing/memory-database.ts';
import type { Base } from './base.ts';
import type { Database } from './database.ts';
import { createStore } from './sealed-store.ts';
import { BLOCK, type Store } from './store.ts';
import {
  base,
  bases,
  CASEWORK,
  keyNumber,
  keys,
  li,
  read,
  recordId,
  state,
  zhou,
} from './testing/one-disk.ts';

const inEpoch = (epoch: string, one: Base): Base => ({ ...one, epoch });
const stateIn = (epoch: string) => ({
  ...state(5000),
  epoch,
  cursors: { [CASEWORK]: { epoch, cursor: 5000 } },
});

/** As memory takes it (memory/records.ts). */
async function seen(disk: Disk) {
  const store = createStore({ database: openMemoryDatabase(disk), vault: zhou() });
  let present = '';
  const held = new Map<string, Base>();
  await store.load({
    begin: ({ epoch }) => {
      present = epoch;
    },
    take: (found) => {
      for (const one of found) {
        const known = held.get(one.id);
        if (!known || isNewer(one, known, present)) held.set(one.id, one);
      }
    },
  });
  return { store, of: (id: string) => held.get(id), baseOf: (id: string) => held.get(id) };
}

describe('a folding that was cut short', () => {
  /** Twenty of each block came again in another epoch, and move to blocks of their own. */
  async function cutShort() {
    const disk = emptyDisk();
    let left = Infinity;
    const kept = openMemoryDatabase(disk);
    const database: Database = {
      ...kept,
      write: async (writings) => {
        if (left-- <= 0) throw new Error('full');
        await kept.write(writings);
      },
    };
    const store = createStore({ database, vault: zhou() });
    await read(store);
    const all = bases(1, 17 * BLOCK);
    await store.keepPage({ bases: all, state: stateIn('epoch_1'), contained: [] });
    const moving = all
      .filter((_, index) => index % BLOCK < 20)
      .map(({ seq }) => inEpoch('epoch_2', base(seq, seq + 2000)));
    await store.keepPage({ bases: moving, state: stateIn('epoch_2'), contained: [] });
    const { baseOf } = await seen(disk);
    left = 1;
    await expect(store.fold(baseOf)).rejects.toThrow('full');
    left = Infinity;
    return { disk, store, moving, all };
  }
  const opened: Readonly<Record<string, (disk: Disk, store: Store) => Promise<Store>>> = {
    'by a full disk': async (_disk, store) => store,
    'by a crash': async (disk) => (await seen(disk)).store,
  };

  for (const [how, after] of Object.entries(opened)) {
    test(`S4 ${how}: what leaves its scope is gone from both blocks that hold it`, async () => {
      const { disk, store, moving } = await cutShort();
      const removed = moving.map(({ id }) => ({ scope: CASEWORK, id }));
      const state = stateIn('epoch_2');
      await (await after(disk, store)).keepPage({ bases: [], removed, state, contained: [] });
      const { of } = await seen(disk);
      expect(moving.filter(({ id }) => of(id))).toEqual([]);
      for (const { bytes } of disk.tables.get('blocks')?.values() ?? []) {
        const text = new TextDecoder().decode(bytes);
        expect(moving.filter(({ id }) => text.includes(id))).toEqual([]);
      }
    });

    test(`S4 ${how}: what lies in the newer block is not lost when another one leaves it`, async () => {
      const { disk, store, moving } = await cutShort();
      const next = await after(disk, store);
      const removed = moving.slice(0, 1).map(({ id }) => ({ scope: CASEWORK, id }));
      await next.keepPage({ bases: [], removed, state: stateIn('epoch_2'), contained: [] });
      const { of } = await seen(disk);
      expect(moving.map(({ id }) => of(id)?.epoch).filter((epoch) => epoch !== 'epoch_2')).toHaveLength(1);
    });

    test(`${how}: the next one ends it, and nothing lies twice`, async () => {
      const { disk, store, all, moving } = await cutShort();
      const next = await after(disk, store);
      const before = await seen(disk);
      await next.fold(before.baseOf);
      const { of } = await seen(disk);
      for (const { id } of all) expect(of(id)?.text).toBe(before.of(id)?.text);
      const texts = [...(disk.tables.get('blocks')?.values() ?? [])].map(({ bytes }) =>
        new TextDecoder().decode(bytes),
      );
      for (const { id } of moving) expect(texts.filter((text) => text.includes(`"${id}"`))).toHaveLength(1);
      expect(next.loose()).toBe(0);
    });
  }
});

test('S8 of two former lives of the district the later one counts, also once it is folded', async () => {
  const disk = emptyDisk();
  const store = createStore({ database: openMemoryDatabase(disk), vault: zhou() });
  await read(store);
  await store.keepPage({ bases: bases(1, BLOCK), state: stateIn('epoch_1'), contained: [] });
  const later = [1, 2, 3].map((count) => inEpoch('epoch_2', base(count, count + 500)));
  await store.keepPage({ bases: later, state: stateIn('epoch_2'), contained: [] });
  await store.keepState({ ...stateIn('epoch_2'), epoch: 'epoch_3' });
  const again = await seen(disk);
  expect(again.of(recordId(1))?.epoch).toBe('epoch_2');
  await again.store.fold(again.baseOf);
  expect((await seen(disk)).of(recordId(1))?.epoch).toBe('epoch_2');
});

describe('what a colleague has kept under the former key of a scope', () => {
  const present = keyNumber(CASEWORK, 9);
  async function kept(underPresent: Base, underFormer: Base) {
    const disk = emptyDisk();
    for (const [vault, one] of [
      [li([present]), underPresent],
      [zhou([keys.casework]), underFormer],
    ] as const) {
      const store = createStore({ database: openMemoryDatabase(disk), vault });
      await read(store);
      await store.keepPage({ bases: [one], state: state(one.seq), contained: [] });
    }
    await read(createStore({ database: openMemoryDatabase(disk), vault: zhou([keys.casework, present]) }));
    return (await read(createStore({ database: openMemoryDatabase(disk), vault: li([present]) }))).bases;
  }

  test('is not dropped where it is newer', async () => {
    expect(await kept(base(1, 100), base(1, 150))).toEqual([base(1, 150)]);
  });
  test('is dropped where it is older', async () => {
    expect(await kept(base(1, 150), base(1, 100))).toEqual([base(1, 150)]);
  });

  /** Both have all of it in a block of their own, and the one with the lower number has the newer state. */
  async function blocksOfBoth() {
    const disk = emptyDisk();
    const make = (vault = zhou()): Store => createStore({ database: openMemoryDatabase(disk), vault });
    const all = bases(1, BLOCK);
    const former = make(zhou([keys.casework]));
    await read(former);
    await former.keepPage({ bases: all, state: state(100), contained: [] });
    const other = make(li([present]));
    await read(other);
    await other.keepPage({ bases: all, state: state(100), contained: [] });
    const again = make(zhou([keys.casework]));
    await read(again);
    await again.keepPage({ bases: [base(1, 500)], state: state(500), contained: [] });
    await again.fold((await read(again)).baseOf);
    const both = make(zhou([keys.casework, present]));
    const { baseOf } = await read(both);
    expect(baseOf(recordId(1), CASEWORK)).toEqual(base(1, 500));
    const found = async () => (await read(make(li([present])))).bases;
    return { both, baseOf, found };
  }

  test('is not lost with its block when a neighbour leaves', async () => {
    const { both, found } = await blocksOfBoth();
    const removed = [{ scope: CASEWORK, id: recordId(9) }];
    await both.keepPage({ bases: [], removed, state: state(600), contained: [] });
    const left = await found();
    expect(left[0]).toEqual(base(1, 500));
    expect(left.map(({ id }) => id)).not.toContain(recordId(9));
    expect(left).toHaveLength(BLOCK - 1);
  });
  test('is not lost with its block when the other one cannot be written', async () => {
    const { both, baseOf, found } = await blocksOfBoth();
    await both.fold((id, via) => (id === recordId(9) ? undefined : baseOf(id, via)));
    const left = await found();
    expect(left[0]).toEqual(base(1, 500));
    expect(left).toHaveLength(BLOCK);
  });
  test('is not lost with its block when what lies twice is folded', async () => {
    const { both, baseOf, found } = await blocksOfBoth();
    await both.fold(baseOf);
    const left = await found();
    expect(left[0]).toEqual(base(1, 500));
    expect(left).toHaveLength(BLOCK);
  });
});
