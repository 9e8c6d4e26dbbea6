/** Changed states that lie in a row together: what is newer, folded or gone leaves the row, and nothing comes back out of it. */
import { describe, expect, test } from 'vitest';
import { createRandom, type Random } from '../testing/random.ts';
import { emptyDisk, openMemoryDatabase } from '../testing/memory-database.ts';
import type { Base } from './base.ts';
import { createStore } from './sealed-store.ts';
import { BLOCK, type Store } from './store.ts';
import {
  base,
  bases,
  CASEWORK,
  disks,
  gathering,
  read,
  recordId,
  RESIDENTS,
  state,
  zhou,
} from './testing/one-disk.ts';

const changed = (from: number, to: number, by: number): readonly Base[] =>
  bases(from, to).map(({ seq }) => base(seq, seq + by));
const leaving = (...counts: readonly number[]) =>
  counts.map((count) => ({ scope: CASEWORK, id: recordId(count) }));

for (const [name, disk] of Object.entries(disks))
  describe(`changes together on ${name}`, () => {
    async function opened() {
      const open = disk();
      const make = async (): Promise<Store> => createStore({ database: await open(), vault: zhou() });
      const store = await make();
      await read(store);
      await store.keepPage({ bases: bases(1, BLOCK), state: state(BLOCK), contained: [] });
      const rows = async (): Promise<readonly string[]> =>
        (await (await open()).all('changes')).map(({ key }) => key).sort();
      const keep = (page: readonly Base[], removed: ReturnType<typeof leaving> = []): Promise<void> =>
        store.keepPage({ bases: page, removed, state: state(500), contained: [] });
      const found = async (): Promise<readonly Base[]> => (await read(await make())).bases;
      return { store, make, rows, keep, found };
    }

    test('a block of changed states is one row, and each is found in its newest state', async () => {
      const { store, rows, keep, found } = await opened();
      await keep(changed(1, BLOCK, 100));
      expect(await rows()).toEqual(['+1']);
      expect(store.loose()).toBe(BLOCK);
      await keep([base(3, 300)]);
      expect(await rows()).toEqual(['+1', `${recordId(3)}@${zhou().keyOf(CASEWORK)}`]);
      expect(await found()).toEqual(
        changed(1, BLOCK, 100).map((one) => (one.id === recordId(3) ? base(3, 300) : one)),
      );
    });

    test('a row of which every state is older than another one goes with the page that made it so', async () => {
      const { rows, keep, found } = await opened();
      await keep(changed(1, 8, 100));
      await keep(changed(1, 9, 200));
      expect(await rows()).toEqual(['+2']);
      expect((await found()).slice(0, 9)).toEqual(changed(1, 9, 200));
    });

    test('a key is not given out again, whoever opens the disk', async () => {
      const { make, rows, keep, found } = await opened();
      await keep(changed(1, 8, 100));
      const again = await make();
      await read(again);
      await again.keepPage({ bases: changed(9, 16, 100), state: state(500), contained: [] });
      expect(await rows()).toEqual(['+1', '+2']);
      expect((await found()).slice(0, 16)).toEqual(changed(1, 16, 100));
    });

    test('S4 what has left a scope is gone from its row, also where the rest of the row is newer in the same page', async () => {
      const { rows, keep, found } = await opened();
      await keep(changed(1, 8, 100));
      await keep(changed(20, 27, 100));
      await keep(changed(2, 8, 200), leaving(1, 20));
      expect(await rows()).toEqual([
        '+2',
        ...[2, 3, 4, 5, 6, 7, 8].map((count) => `${recordId(count)}@${zhou().keyOf(CASEWORK)}`),
      ]);
      const all = await found();
      expect(all.map(({ id }) => id)).not.toContain(recordId(1));
      expect(all.map(({ id }) => id)).not.toContain(recordId(20));
      expect(all.slice(0, 7)).toEqual(changed(2, 8, 200));
      expect(all).toContainEqual(base(27, 127));
    });

    test('what was folded out of a row does not come back out of it, when it has left its scope', async () => {
      const { store, rows, keep, found } = await opened();
      // One of another epoch is too little for a block, and stays loose.
      const elsewhere = changed(100, 107, 100);
      await keep([...changed(1, 8, 100), ...elsewhere]);
      const { baseOf } = await read(store);
      await store.fold(baseOf);
      expect(await rows()).toEqual(['+1']);
      expect(store.loose()).toBe(8);
      await keep([], leaving(1, 2));
      const all = await found();
      expect(all.map(({ id }) => id)).not.toContain(recordId(1));
      expect(all.slice(0, 6)).toEqual(changed(3, 8, 100));
      expect(all.slice(-8)).toEqual(elsewhere);
    });
  });

/** One page, folding or opening after the other; memory is what the store gives and is given. */
async function walk(random: Random): Promise<void> {
  const disk = emptyDisk();
  const make = (): Store => createStore({ database: openMemoryDatabase(disk), vault: zhou() });
  let store = make();
  let memory = gathering();
  await store.load({ take: memory.take });
  const expected = new Map<string, Base>();
  let seq = 0;
  const some = (most: number): readonly number[] => [
    ...new Set(Array.from({ length: random.whole(most) }, () => 1 + random.whole(40))),
  ];
  for (let step = 0; step < 40; step++) {
    if (random.chance(0.15)) {
      store = make();
      memory = gathering();
      await store.load({ take: memory.take });
    } else if (random.chance(0.2)) await store.fold((id, via) => expected.get(`${id} ${via}`));
    else {
      const via = random.pick([CASEWORK, RESIDENTS]);
      const page = some(24).map((count) => base(count, ++seq, via));
      const removed = some(6).map((count) => ({ scope: via, id: recordId(count) }));
      for (const { scope, id } of removed) expected.delete(`${id} ${scope}`);
      for (const one of page) expected.set(`${one.id} ${one.via}`, one);
      await store.keepPage({ bases: page, removed, state: state(seq, CASEWORK, RESIDENTS), contained: [] });
    }
    const { bases: found, damaged } = await read(make());
    const wanted = [...expected].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, one]) => one);
    expect({ found, damaged }).toEqual({ found: wanted, damaged: 0 });
  }
}

test('after any pages, foldings and openings, the disk holds the newest state of what is there, and nothing of what is gone', async () => {
  for (let seed = 1; seed <= 20; seed++) await walk(createRandom(seed));
}, 30_000);
