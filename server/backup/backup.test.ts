/** A backup made on one engine and brought back on either: everything in it, nothing changed, another life. */
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureHead } from '../database/first-head.ts';
import { openDatabase, openPostgres } from '../database/open.ts';
import type { Tables } from '../database/tables.ts';
import { loadKeys } from '../keys.ts';
import { createSqlLedger } from '../ledger/sql-ledger.ts';
import { createCast } from '../testing/cast.ts';
import { emptyPGlite } from '../testing/pglite-folder.ts';
import { startPostgres, type Postgres } from '../testing/postgres.ts';
import { villagers } from '../testing/village.ts';
import { makeBackup, markDurable, type BackupGiven } from './make.ts';
import { restoreBackup, type RestoreOrder } from './restore.ts';
import { rowsOf, tablesOf } from './table-rows.ts';

const key = Buffer.alloc(32, 7);
const derivation = { name: 'argon2id', salt: 'A'.repeat(22), memory: 8, passes: 1 } as const;
const AT = '2026-11-26T01:00:00.000Z';

const scratch = mkdtempSync(join(tmpdir(), 'linli-backup-'));
let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
}, 240_000);
afterAll(async () => {
  await postgres.stop();
  rmSync(scratch, { recursive: true });
});

let places = 0;
interface Place {
  readonly folder: string;
  readonly url?: string;
}
const newPlace = async (engine: 'pglite' | 'postgres'): Promise<Place> => ({
  folder: join(scratch, `district-${++places}`),
  ...(engine === 'postgres' && { url: await postgres.createDatabase() }),
});

async function open(place: Place) {
  const opened = await openDatabase(place);
  if (!opened.ok) throw new Error('in use');
  const { db, close } = opened.value;
  const given: BackupGiven = {
    db,
    transactor: createSqlLedger(db, close),
    folder: place.folder,
    now: () => AT,
  };
  return { db, close, given, head: () => given.transactor.read((reading) => reading.head()) };
}

/** Two matters of 周敏, one refused, and everything that comes with people, computers and codes. */
async function inhabit(place: Place): Promise<Awaited<ReturnType<typeof open>>> {
  if (place.url === undefined) await emptyPGlite(join(place.folder, 'pglite'));
  const district = await open(place);
  loadKeys(place.folder);
  await ensureHead(district.db, { district: 'district-xuhui', name: '徐汇区', epoch: 'epoch-1' });
  const desk = await (await createCast(district.given.transactor)).desk(villagers.zhouMin);
  const first = desk.pen.create('楼道堆物“引号”"、\\、𠮷', { area: '310104007001' });
  await desk.push(first, desk.pen.create('夜间噪声'), desk.pen.create(''));
  await desk.push(desk.pen.change(first.record, { note: '约了周三' }, { after: [first.id] }));
  return district;
}

async function everything(db: Kysely<Tables>): Promise<Readonly<Record<string, readonly unknown[]>>> {
  return db.transaction().execute(async (snapshot) => {
    const found: Record<string, readonly unknown[]> = {};
    for (const table of await tablesOf(snapshot)) {
      const rows: string[] = [];
      for await (const part of rowsOf(snapshot, table)) rows.push(...part);
      found[table.name] = rows.sort().map((row) => JSON.parse(row) as unknown);
    }
    return found;
  });
}

const orderFor = (place: Place, from: string, more: Partial<RestoreOrder> = {}): RestoreOrder => ({
  from,
  key,
  folder: place.folder,
  databaseUrl: place.url,
  replaces: false,
  newEpoch: () => 'epoch-2',
  now: new Date(AT),
  ...more,
});

describe.each(['pglite', 'postgres'] as const)('a backup of a district on %s', (from) => {
  let source: Place;
  let rows: Awaited<ReturnType<typeof everything>>;
  const file = join(scratch, `${from}.backup`);
  beforeAll(async () => {
    source = await newPlace(from);
    const { given, head, db, close } = await inhabit(source);
    expect((await head()).durable).toBe(0);
    rows = await everything(db);
    expect(await makeBackup(given, { to: file, key, derivation })).toEqual({
      ok: true,
      value: { seq: 3, rows: Object.values(rows).flat().length, bytes: readFileSync(file).length },
    });
    expect(await head()).toMatchObject({ seq: 3, durable: 3, durableAt: AT });
    await close();
  }, 240_000);

  it.each(['pglite', 'postgres'] as const)(
    'S2-3 S8 is the whole district again on %s: every row, the keys, and a life of its own',
    async (to) => {
      const place = await newPlace(to);
      expect(await restoreBackup(orderFor(place, file))).toEqual({
        ok: true,
        value: {
          about: expect.objectContaining({ district: 'district-xuhui', epoch: 'epoch-1', seq: 3, at: AT }),
          head: expect.objectContaining({ epoch: 'epoch-2', restoredHead: 3, seq: 3 }),
        },
      });
      const keys = (folder: string) =>
        readdirSync(join(folder, 'keys')).map((name) => readFileSync(join(folder, 'keys', name), 'utf8'));
      expect(keys(place.folder)).toEqual(keys(source.folder));
      const { db, close, given, head } = await open(place);
      const { head: _before, ...brought } = rows;
      const { head: _after, ...found } = await everything(db);
      expect(found).toEqual(brought);
      // What counts by itself goes on behind what came.
      await given.transactor.transact((writing) =>
        writing.raiseAlarm({ at: AT, code: 'judgeFailed', operation: '', device: 'd', person: null }),
      );
      const alarms = await db.selectFrom('alarms').select('arrival').execute();
      expect(new Set(alarms.map(({ arrival }) => Number(arrival))).size).toBe(alarms.length);
      expect((await head()).epoch).toBe('epoch-2');
      await close();
    },
    240_000,
  );

  it('S2-3 does not overwrite what stands there; what is replaced is set aside', async () => {
    const place = await newPlace(from);
    const there = await inhabit(place);
    await there.close();
    // On PostgreSQL the folder may be the old one: then only the database says that somebody lives here.
    expect(await restoreBackup(orderFor(place, file))).toEqual({ ok: false, error: { code: 'living' } });
    const own = readFileSync(join(place.folder, 'keys', 'district.pem'), 'utf8');
    const replaced = await restoreBackup(orderFor(place, file, { replaces: true }));
    expect(replaced.ok).toBe(true);
    const aside = join(place.folder, 'replaced_20261126010000');
    expect(readFileSync(join(aside, 'keys', 'district.pem'), 'utf8')).toBe(own);
    if (place.url === undefined) return expect(existsSync(join(aside, 'pglite'))).toBe(true);
    const { db, close } = await openPostgres(place.url);
    const kept = await db.withSchema('replaced_20261126010000').selectFrom('head').select('seq').execute();
    expect(kept.map(({ seq }) => Number(seq))).toEqual([3]);
    await close();
  }, 240_000);
});

describe('S2-2 a file that is not what was written', () => {
  const whole = join(scratch, 'whole.backup');
  const spoilt = join(scratch, 'spoilt.backup');
  const refused = async (more: Partial<RestoreOrder> = {}) => {
    const place = await newPlace('pglite');
    const answer = await restoreBackup(orderFor(place, spoilt, more));
    // Nothing was begun for it.
    return [answer, existsSync(place.folder)];
  };
  beforeAll(async () => {
    const { given, close } = await inhabit(await newPlace('pglite'));
    await makeBackup(given, { to: whole, key, derivation });
    await close();
  }, 240_000);

  it.each([1, 16, 500, 2000])('is refused when %i bytes of its end are gone', async (bytes) => {
    cpSync(whole, spoilt);
    truncateSync(spoilt, readFileSync(whole).length - bytes);
    expect(await refused()).toEqual([{ ok: false, error: { code: 'unreadable' } }, false]);
  });

  it('is refused when any byte is another, and under another passphrase', async () => {
    const bytes = readFileSync(whole);
    for (const at of [20, 90, 200, 1000, bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      writeFileSync(spoilt, changed);
      expect(await refused()).toEqual([{ ok: false, error: { code: 'unreadable' } }, false]);
    }
    cpSync(whole, spoilt);
    const other = { key: Buffer.alloc(32, 8) };
    expect(await refused(other)).toEqual([{ ok: false, error: { code: 'unreadable' } }, false]);
    writeFileSync(spoilt, '');
    expect(await refused()).toEqual([{ ok: false, error: { code: 'unreadable' } }, false]);
  });
});

describe('S2-1 the durable mark', () => {
  it('stays where it was when a backup fails, and leaves no half of a file', async () => {
    const { given, head, close } = await inhabit(await newPlace('pglite'));
    const to = join(scratch, 'there.backup');
    writeFileSync(to, 'mine');
    const order = { to, key, derivation };
    expect(await makeBackup(given, order)).toEqual({ ok: false, error: 'exists' });
    const nowhere = join(scratch, 'no', 'such', 'folder');
    expect(await makeBackup(given, { ...order, to: nowhere })).toEqual({ ok: false, error: 'unwritable' });
    expect(await head()).toMatchObject({ durable: 0, durableAt: null });
    expect([readFileSync(to, 'utf8'), existsSync(`${to}.part`)]).toEqual(['mine', false]);
    await close();
  }, 240_000);

  it('only goes forward, never beyond the head and never into another life', async () => {
    const { given, head, close } = await inhabit(await newPlace('pglite'));
    const mark = (seq: number, epoch = 'epoch-1') => markDurable(given.transactor, { epoch, seq, at: AT });
    expect([await mark(2), await mark(1), await mark(4), await mark(3, 'epoch-0')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect((await head()).durable).toBe(2);
    await close();
  }, 240_000);
});
