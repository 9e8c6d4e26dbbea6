/** Damage to sealed rows never passes for content, and costs no more than pulling again. */
import { beforeAll, describe, expect, test } from 'vitest';
import { thorough } from '../../../shared/testing/thorough.ts';
import { emptyDisk, openMemoryDatabase, type Disk } from '../testing/memory-database.ts';
import { createRandom } from '../testing/random.ts';
import type { Vault } from '../vault/vault.ts';
import type { Base } from './base.ts';
import { packBlock } from './block.ts';
import { CURSOR } from './cursor-rows.ts';
import { TABLES, type Row, type Table } from './database.ts';
import type { Kept } from './kept-operation.ts';
import { createStore } from './sealed-store.ts';
import { BLOCK } from './store.ts';
import { COUNT, isSealed, keepAll, zhouVault } from './testing/full-store.ts';
import { base, bases, CASEWORK, keys, read, recordId, RESIDENTS, state } from './testing/one-disk.ts';

describe('random damages of sealed rows', () => {
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
    for (let seed = 1; seed <= thorough(1000, 300); seed++) {
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

  test('S6-4 an old row in the place of a newer one, or one that was moved to another key, is noticed', async () => {
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

  test('what a reader of the scope has sealed that is no block, or speaks of another scope, keeps nobody out', async () => {
    const elsewhere = packBlock([base(7777, 1, RESIDENTS)]);
    for (const table of ['blocks', 'changes', 'meta'] as const) {
      for (const text of ['{', '[]', 'null', '{"ids":5}', ...(table === 'meta' ? [] : [elsewhere])]) {
        const disk = copied(whole);
        const scope = vault.keyOf(CASEWORK) ?? '';
        const [row] = [...(whole.tables.get(table)?.values() ?? [])].filter(
          (one) => one.scope === scope && (table !== 'meta' || one.key.startsWith(CURSOR)),
        );
        if (!row) throw new Error(`nothing in ${table}`);
        const place = { key: row.scope, kind: table, id: row.key, version: row.version };
        put(disk, table, { ...row, bytes: await vault.seal(text, place) });
        const loaded = await read(openedFrom(disk));
        expect([loaded.damaged, loaded.state.cursors[CASEWORK]], `${table} ${text}`).toEqual([1, undefined]);
        expect(loaded.bases.map(({ id }) => id)).not.toContain(recordId(7777));
      }
    }
  });
});
