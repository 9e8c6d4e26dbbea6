/** The rows in memory, for the simulation and the contract tests. What was written outlives `close`, as a disk does. */
import { TABLES, type Database, type Row, type Table } from '../store/database.ts';

export interface Disk {
  readonly tables: Map<Table, Map<string, Row>>;
}

export const emptyDisk = (): Disk => ({ tables: new Map(TABLES.map((table) => [table, new Map()])) });

export function openMemoryDatabase(disk: Disk): Database {
  const rows = (table: Table): Map<string, Row> => {
    const found = disk.tables.get(table);
    if (!found) throw new Error(`no table ${table}`);
    return found;
  };
  /** In the order of their keys, as IndexedDB gives them. */
  const all = (table: Table): readonly Row[] =>
    [...rows(table).values()].sort((one, other) => (one.key < other.key ? -1 : 1));
  return {
    all: async (table) => all(table),
    async *stretches(table) {
      yield all(table);
    },
    get: async (table, key) => rows(table).get(key),
    ofRecord: async (table, record) => [...rows(table).values()].filter((row) => row.record === record),
    write: async (writings) => {
      for (const { table, put = [], drop = [] } of writings) {
        for (const key of drop) rows(table).delete(key);
        for (const row of put) rows(table).set(row.key, row);
      }
    },
    close: async () => undefined,
  };
}
