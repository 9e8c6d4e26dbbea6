/**
 * The rows in IndexedDB through Dexie. No index but the archive's record: rows and their indexes are the cost (performance.md).
 *
 * A database that does not open is left as it is and another one takes its place: journal and district fill it again.
 */
import { Dexie, type Table as DexieTable } from 'dexie';
import { inPieces } from '../../../shared/core/in-pieces.ts';
import { TABLES, type Database, type Row, type Table } from './database.ts';

/** Raised with every change of the tables. Dexie opens newer ones too, so the store looks at its own format. */
const SCHEMA = 1;

/** Rows read at a time: some megabytes of blocks. */
const STRETCH = 64;

interface Opening {
  /** One a computer, for everybody who uses it. */
  readonly name: string;
  /** Only in tests: another IndexedDB than the window's. */
  readonly factory?: { readonly indexedDB: IDBFactory; readonly IDBKeyRange: typeof IDBKeyRange };
}

/** Further names for a database that cannot be opened any more. */
const SPARE = ['', '-2', '-3'];

export async function openDexieDatabase({ name, factory }: Opening): Promise<Database> {
  let failure: unknown;
  for (const spare of SPARE) {
    // Twice: a page that has just gone may still hold it.
    for (let tries = 0; tries < 2; tries++) {
      try {
        return await open({ name: name + spare, ...(factory && { factory }) });
      } catch (one) {
        failure = one;
      }
    }
  }
  throw failure;
}

async function open({ name, factory }: Opening): Promise<Database> {
  const dexie = new Dexie(name, { ...factory, chromeTransactionDurability: 'strict' });
  const stores = Object.fromEntries(
    TABLES.map((table) => [table, table === 'archive' ? 'key,record' : 'key']),
  );
  dexie.version(SCHEMA).stores(stores);
  await dexie.open();
  const rows = (table: Table): DexieTable<Row, string> => dexie.table(table);

  let isClosed = false;
  let hasRows = (await rows('meta').count()) > 0;

  /**
   * Chromium closes a database that a full disk broke; once there is room it is opened again. Where it comes back empty, it was discarded
   * meanwhile: cursors written into it would stand without their rows, so it stays shut until the desk is opened anew.
   */
  async function ready(): Promise<void> {
    if (isClosed || !dexie.hasFailed()) return;
    dexie.close();
    await dexie.open();
    if (!hasRows || (await rows('meta').count()) > 0) return;
    dexie.close();
    throw new Error('discarded');
  }
  const after = async <T>(work: () => PromiseLike<T>): Promise<T> => {
    await ready();
    return work();
  };

  return {
    all: (table) => after(() => rows(table).toArray()),
    async *stretches(table) {
      const from = (key: string | undefined): Promise<readonly Row[]> => {
        const asked = key === undefined ? rows(table).orderBy(':id') : rows(table).where(':id').above(key);
        const reading = after(() => asked.limit(STRETCH).toArray());
        // Whoever waits for it hears of it.
        reading.catch(() => undefined);
        return reading;
      };
      let next = from(undefined);
      for (let more = true; more;) {
        const stretch = await next;
        more = stretch.length === STRETCH;
        if (more) next = from(stretch.at(-1)?.key);
        if (stretch.length > 0) yield stretch;
      }
    },
    get: (table, key) => after(() => rows(table).get(key)),
    ofRecord: (table, record) => after(() => rows(table).where('record').equals(record).toArray()),
    write: async (writings) => {
      await after(() =>
        dexie.transaction('rw', [...new Set(writings.map(({ table }) => table))], async () => {
          for (const { table, put = [], drop = [] } of writings) {
            // A row is copied for the disk when it is handed over; all of them are one transaction still.
            for (const some of inPieces(drop)) await rows(table).bulkDelete([...some]);
            for (const some of inPieces(put)) await rows(table).bulkPut([...some]);
          }
        }),
      );
      hasRows ||= writings.some(({ table, put = [] }) => table === 'meta' && put.length > 0);
    },
    close: async () => {
      isClosed = true;
      dexie.close();
    },
  };
}
