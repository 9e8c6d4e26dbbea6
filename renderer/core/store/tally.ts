/**
 * Notices rows that went missing. When LevelDB repairs itself, some rows may come back older than others or not at all, without a
 * word; a cursor would then stand for records that are gone. So every transaction also writes a sum over all rows that matter, and
 * a sum that does not fit them makes everything be pulled and read again (sync.md S4, S6). Sealing protects contents; this, presence.
 */
import { checksum } from './checksum.ts';
import type { Database, Row, Table, Writing } from './database.ts';

const COUNTED: readonly Table[] = ['blocks', 'changes', 'journal'];
const KEY = 'tally';

export interface Tallied extends Database {
  /** Only after every counted table has been read once. */
  readonly isWhole: () => Promise<boolean>;
  /** Rows that it should hold, before any of them is read. */
  readonly expected: () => Promise<number>;
  /** How often this database was ever written. It is read with `isWhole`. */
  readonly writings: () => number;
}

export function tallied(database: Database): Tallied {
  const known = new Map<Table, Map<string, number>>(COUNTED.map((table) => [table, new Map()]));
  let sum = 0;
  let times = 0;

  /** What was known of the table is read anew. */
  function begin(table: Table): void {
    for (const mark of known.get(table)?.values() ?? []) sum ^= mark;
    known.get(table)?.clear();
  }
  function read(table: Table, rows: readonly Row[]): void {
    const marks = known.get(table);
    if (!marks) return;
    for (const one of rows) {
      const mark = markOf(table, one);
      marks.set(one.key, mark);
      sum ^= mark;
    }
  }

  const size = (): number => [...known.values()].reduce((all, { size: one }) => all + one, 0);
  const row = (count: number, value: number): Row => ({
    key: KEY,
    version: count,
    scope: String(value >>> 0),
    bytes: new TextEncoder().encode(String(times + 1)),
  });

  return {
    ...database,
    all: async (table) => {
      const rows = await database.all(table);
      begin(table);
      read(table, rows);
      return rows;
    },
    async *stretches(table) {
      begin(table);
      for await (const rows of database.stretches(table)) {
        read(table, rows);
        yield rows;
      }
    },
    write: async (writings) => {
      const next = new Map<Table, Map<string, number | undefined>>();
      let value = sum;
      let count = size();
      const become = (table: Table, key: string, mark: number | undefined): void => {
        const changed = next.get(table) ?? new Map<string, number | undefined>();
        next.set(table, changed);
        const before = changed.has(key) ? changed.get(key) : known.get(table)?.get(key);
        value ^= (before ?? 0) ^ (mark ?? 0);
        count += Number(mark !== undefined) - Number(before !== undefined);
        changed.set(key, mark);
      };
      for (const { table, put = [], drop = [] } of writings) {
        if (!known.has(table)) continue;
        for (const key of drop) become(table, key, undefined);
        for (const one of put) become(table, one.key, markOf(table, one));
      }
      // Also where nothing of them changed: a sum that did not fit is put right.
      const isCounted = writings.some(({ table }) => known.has(table));
      const also: readonly Writing[] = isCounted ? [{ table: 'meta', put: [row(count, value)] }] : [];
      await database.write([...writings, ...also]);
      sum = value;
      if (isCounted) times += 1;
      for (const [table, changed] of next) {
        for (const [key, mark] of changed) {
          if (mark === undefined) known.get(table)?.delete(key);
          else known.get(table)?.set(key, mark);
        }
      }
    },
    expected: async () => (await database.get('meta', KEY))?.version ?? 0,
    isWhole: async () => {
      const kept = await database.get('meta', KEY);
      times = Math.max(times, Number(new TextDecoder().decode(kept?.bytes)) || 0);
      return kept ? kept.version === size() && kept.scope === String(sum >>> 0) : size() === 0;
    },
    writings: () => times,
  };
}

/** What tells one writing of a row from another; the last bytes are a tag or change with the contents. */
const markOf = (table: Table, { key, version, scope, bytes }: Row): number =>
  checksum([table, key, version, scope, bytes.length].join('|'), bytes.subarray(-16));
