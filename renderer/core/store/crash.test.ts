/** The power goes off at every writing of a busy afternoon of two people, before it or right after it. */
import { expect, test } from 'vitest';
import { emptyDisk, openMemoryDatabase, type Disk } from '../testing/memory-database.ts';
import type { Vault } from '../vault/vault.ts';
import type { Base } from './base.ts';
import type { Database } from './database.ts';
import { createStore } from './sealed-store.ts';
import { BLOCK } from './store.ts';
import {
  base,
  bases,
  CASEWORK,
  confirmed,
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

class PowerCut extends Error {}

/** Fails at one writing, and at all after it. */
function cutAt(disk: Disk, fuse: { left: number; readonly isWritten: boolean }): Database {
  const database = openMemoryDatabase(disk);
  return {
    ...database,
    write: async (writings) => {
      fuse.left -= 1;
      if (fuse.left > 0 || (fuse.left === 0 && fuse.isWritten)) await database.write(writings);
      if (fuse.left <= 0) throw new PowerCut();
    },
  };
}

const renewed = keyNumber(CASEWORK, 9);
const [first, second, third] = [zhou(), li(), zhou([keys.casework, renewed, keys.residents])];

const pages = {
  morning: [...bases(1, 2 * BLOCK + 3), base(3, 3, RESIDENTS)],
  noon: [base(2, 200), base(70, 201)],
  evening: [base(300), base(301, 301, OF_LI)],
};
const left = [
  { scope: CASEWORK, id: recordId(4) },
  { scope: RESIDENTS, id: recordId(3) },
];

/** What the records of a scope are when its cursor stands there, whatever was written in how many pieces. */
function expected(via: string, cursor: number): readonly Base[] {
  const held = new Map<string, Base>();
  const take = (page: readonly Base[]): void => {
    for (const one of page) if (one.via === via) held.set(one.id, one);
  };
  if (cursor >= 131) take(pages.morning);
  if (cursor >= 201) take(pages.noon);
  if (cursor >= 201) for (const { scope, id } of left) if (scope === via) held.delete(id);
  if (cursor >= 301) take(pages.evening);
  return [...held.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
}

const openOn = (database: Database) => async (vault: Vault) => createStore({ database, vault });

async function afternoon(open: ReturnType<typeof openOn>): Promise<void> {
  const operation = await kept(first, 1);
  const store = await open(first);
  await read(store);
  await store.keepOperations([operation], 1);
  await store.keepPage({ bases: pages.morning, state: state(131, CASEWORK, RESIDENTS), contained: [] });
  await store.keepOperations([confirmed(operation, 9)], 2);
  const noon = { bases: pages.noon, removed: left, state: state(201, CASEWORK, RESIDENTS) };
  await store.keepPage({ ...noon, contained: [confirmed(operation, 9)] });
  await store.fold((await read(await open(first))).baseOf);
  const other = await open(second);
  await read(other);
  await other.keepPage({ bases: pages.evening, state: state(301, CASEWORK, OF_LI), contained: [] });
  await other.forgetScopes([OF_LI], [keys.ofLi.id]);
  await read(await open(third));
}

/** Writings that an afternoon without a cut takes. */
async function writingsOf(): Promise<number> {
  const fuse = { left: Infinity, isWritten: true };
  const database = cutAt(emptyDisk(), fuse);
  let writings = 0;
  const write: Database['write'] = async (given) => {
    writings += 1;
    await database.write(given);
  };
  await afternoon(openOn({ ...database, write }));
  return writings;
}

async function check(disk: Disk, vault: Vault, cut: number): Promise<string> {
  const store = createStore({ database: openMemoryDatabase(disk), vault });
  const { bases: found, state: known, operations, damaged } = await read(store);
  const cursors = [CASEWORK, RESIDENTS, OF_LI].map((via) => known.cursors[via]?.cursor ?? 0);
  for (const [index, via] of [CASEWORK, RESIDENTS, OF_LI].entries()) {
    const here = found.filter((one) => one.via === via);
    expect(here, `cut ${cut}, ${via}`).toEqual(expected(via, cursors[index] ?? 0));
  }
  expect(damaged).toBe(0);
  if (vault === first && cut > 1) {
    const contained = await store.containedOf(recordId(1));
    expect([...operations, ...contained], `cut ${cut}`).toHaveLength(1);
    expect(contained.length === 1, `cut ${cut}`).toBe((cursors[1] ?? 0) >= 201);
  }
  return cursors.join();
}

test('S4-3 wherever the power goes off, everybody finds each page with its cursor or neither, and no operation lost', async () => {
  const writings = await writingsOf();
  const met = new Set<string>();
  for (const isWritten of [false, true]) {
    for (let cut = 1; cut <= writings; cut++) {
      const disk = emptyDisk();
      await afternoon(openOn(cutAt(disk, { left: cut, isWritten }))).catch((failure: unknown) => {
        if (!(failure instanceof PowerCut)) throw failure;
      });
      for (const vault of [second, first, third])
        met.add(await check(disk, vault, isWritten ? cut + 1 : cut));
    }
  }
  expect([...met].sort()).toEqual([
    '0,0,0',
    // Under the former key alone nothing is left, and no cursor either.
    '0,201,0',
    '131,0,0',
    '131,131,0',
    '201,0,0',
    '201,201,0',
    '301,0,0',
    '301,0,301',
    '301,201,0',
  ]);
});
