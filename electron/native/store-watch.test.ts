import { cp, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { crc32c } from './crc32c.ts';
import { faultOfLevelDb } from './leveldb.ts';
import { isWholeTable } from './leveldb-table.ts';
import { watchStore } from './store-watch.ts';

let profile: string;
let folder: string;
let said: string[];

const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value & 127) | 128, ...varint(Math.floor(value / 128))];
const text = (value: string): number[] => [...varint(value.length), ...Buffer.from(value)];

const masked = (crc: number): number => (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;

/** One record, in pieces where it crosses the end of a block, as LevelDB writes it. */
function logOf(records: readonly Buffer[]): Buffer {
  const out: Buffer[] = [];
  let at = 0;
  const put = (bytes: Buffer): void => {
    out.push(bytes);
    at += bytes.length;
  };
  for (const record of records) {
    for (let from = 0, first = true; first || from < record.length; first = false) {
      const left = 32_768 - (at % 32_768);
      if (left < 7) put(Buffer.alloc(left));
      const room = 32_768 - (at % 32_768) - 7;
      const part = record.subarray(from, from + room);
      from += part.length;
      const isLast = from === record.length;
      const type = first ? (isLast ? 1 : 2) : isLast ? 4 : 3;
      const header = Buffer.alloc(7);
      const crc = crc32c(Buffer.concat([Buffer.from([type]), part]));
      header.writeUInt32LE(masked(crc), 0);
      header.writeUInt16LE(part.length, 4);
      header[6] = type;
      put(Buffer.concat([header, part]));
    }
  }
  return Buffer.concat(out);
}

/** As Snappy packs what it finds no likeness in, and one run of a byte that it does. */
function packed(content: Buffer): Buffer {
  const run = content.length - content.toString('latin1').replace(/\0+$/, '').length;
  const plain = content.subarray(0, content.length - run + 1);
  const literals = Array.from({ length: Math.ceil(plain.length / 60) }, (_, at) => {
    const part = plain.subarray(at * 60, at * 60 + 60);
    return Buffer.concat([Buffer.from([(part.length - 1) << 2]), part]);
  });
  const copies = run > 1 ? [Buffer.from([((run - 2) << 2) | 2, 1, 0])] : [];
  return Buffer.concat([Buffer.from(varint(content.length)), ...literals, ...copies]);
}

/** A table of LevelDB: blocks, one of the others, the index, and where these two lie. */
function tableOf(contents: readonly Buffer[], packing: 0 | 1): Buffer {
  const out: Buffer[] = [];
  let at = 0;
  const put = (content: Buffer, type: 0 | 1): number[] => {
    const stored = Buffer.concat([type === 1 ? packed(content) : content, Buffer.from([type])]);
    const crc = Buffer.alloc(4);
    crc.writeUInt32LE(masked(crc32c(stored)));
    const handle = [...varint(at), ...varint(stored.length - 1)];
    out.push(stored, crc);
    at += stored.length + 4;
    return handle;
  };
  const blockOf = (entries: readonly number[]): Buffer => Buffer.from([...entries, 0, 0, 0, 0, 1, 0, 0, 0]);
  const handles = contents.map((content) => put(content, 0));
  const meta = put(blockOf([]), 0);
  const index = put(blockOf(handles.flatMap((one) => [0, 1, one.length, 0x61, ...one])), packing);
  const footer = Buffer.alloc(48);
  footer.set([...meta, ...index]);
  footer.set([0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb], 40);
  return Buffer.concat([...out, footer]);
}
const TABLE = tableOf([Buffer.alloc(4_000, 3), Buffer.alloc(200, 4)], 1);

beforeEach(async () => {
  profile = await mkdtemp(join(tmpdir(), 'linli-store-'));
  folder = join(profile, 'IndexedDB', 'app_desk_0.indexeddb.leveldb');
  said = [];
  await mkdir(folder, { recursive: true });
  await mkdir(join(profile, 'journal'));
  const edits = [
    Buffer.from([1, ...text('idb_cmp1'), 2, ...varint(3), 3, ...varint(4), 4, ...varint(0)]),
    Buffer.from([7, 0, ...varint(5), ...varint(2_000), ...text('a'), ...text('z')]),
    Buffer.from([
      6,
      0,
      ...varint(5),
      7,
      1,
      ...varint(200),
      ...varint(TABLE.length),
      ...text('a'),
      ...text('z'),
      2,
      ...varint(6),
    ]),
  ];
  await writeFile(join(folder, 'CURRENT'), 'MANIFEST-000001\n');
  await writeFile(join(folder, 'MANIFEST-000001'), logOf(edits));
  await writeFile(join(folder, '000200.ldb'), TABLE);
  await writeFile(join(folder, '000006.log'), logOf([Buffer.alloc(100, 7), Buffer.alloc(90_000, 8)]));
});

const watch = () =>
  watchStore({
    folder: profile,
    log: (event, details = {}) => said.push([event, ...Object.values(details)].join(' ')),
    clear: () => rm(join(profile, 'IndexedDB'), { recursive: true }),
    now: () => new Date('2026-03-02T01:00:00.000Z'),
  });
const asides = async () => (await readdir(profile)).filter((name) => name.startsWith('IndexedDB.damaged'));

it('knows the checksum that LevelDB writes', () => {
  expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
});

describe('[S1-5] files that do not fit together are noticed, and copied aside before Chromium touches them', () => {
  const halve = async (name: string): Promise<void> =>
    truncate(join(folder, name), Math.floor((await readFile(join(folder, name))).length / 2));
  const zero = async (name: string): Promise<void> => {
    const bytes = await readFile(join(folder, name));
    await writeFile(join(folder, name), bytes.fill(0, 40_000, 44_096));
  };
  const zeroTable = (from: number, to: number): Promise<void> =>
    writeFile(join(folder, '000200.ldb'), Buffer.from(TABLE).fill(0, from, to));
  const damages: readonly (readonly [string, string, () => Promise<void>])[] = [
    ['CURRENT missing', 'current', () => rm(join(folder, 'CURRENT'))],
    ['CURRENT empty', 'current', () => writeFile(join(folder, 'CURRENT'), '')],
    ['MANIFEST missing', 'manifest', () => rm(join(folder, 'MANIFEST-000001'))],
    ['MANIFEST cut', 'manifest', () => halve('MANIFEST-000001')],
    ['MANIFEST empty', 'manifest', () => writeFile(join(folder, 'MANIFEST-000001'), '')],
    ['log halved', 'log', () => halve('000006.log')],
    ['log missing', 'log', () => rm(join(folder, '000006.log'))],
    ['a block of the log zeroed', 'log', () => zero('000006.log')],
    ['a table missing', 'table', () => rm(join(folder, '000200.ldb'))],
    ['a table halved', 'table', () => halve('000200.ldb')],
    ['the head of a table zeroed', 'table', () => zeroTable(0, 1_000)],
    ['one byte of a table zeroed', 'table', () => zeroTable(4_100, 4_101)],
    ['the index of a table zeroed', 'table', () => zeroTable(TABLE.length - 70, TABLE.length - 50)],
    ['the foot of a table zeroed', 'table', () => zeroTable(TABLE.length - 48, TABLE.length)],
  ];
  for (const [name, fault, damage] of damages)
    it(name, async () => {
      await damage();
      await watch().look();
      expect([said, (await asides()).length]).toEqual([[`store.damaged ${fault}`], 1]);
      const [copy = ''] = await asides();
      expect(await readdir(join(profile, copy, 'app_desk_0.indexeddb.leveldb'))).toEqual(
        await readdir(folder),
      );
    });

  it('whole ones are left alone, and so is a new computer', async () => {
    expect(await faultOfLevelDb(folder)).toBeUndefined();
    const plain = tableOf([Buffer.alloc(4_000, 3), Buffer.alloc(200, 4)], 0);
    expect([isWholeTable(plain), isWholeTable(TABLE), isWholeTable(Buffer.alloc(0))]).toEqual([
      true,
      true,
      false,
    ]);
    expect(await watch().look()).toEqual({ writings: 0 });
    await rm(join(profile, 'IndexedDB'), { recursive: true });
    await watch().look();
    expect([said, await asides()]).toEqual([[], []]);
  });

  it('once: later they belong to a running Chromium', async () => {
    const store = watch();
    await store.look();
    await rm(join(folder, 'CURRENT'));
    await store.look();
    expect(said).toEqual([]);
  });
});

describe('[S1-5] a store that knows less than it did is noticed by what was counted beside the journal', () => {
  it('discarded or set back without a word', async () => {
    const before = watch();
    await before.look();
    await before.counted(40);
    await before.counted(41);
    const discarded = watch();
    expect(await discarded.look()).toEqual({ writings: 41 });
    await discarded.counted(2);
    expect(said).toEqual(['store.older 2 41']);
    const after = watch();
    await after.look();
    await after.counted(3);
    expect(said).toHaveLength(1);
  });

  it('gone with all its files', async () => {
    const before = watch();
    await before.look();
    await before.counted(41);
    await cp(join(profile, 'IndexedDB'), join(profile, 'elsewhere'), { recursive: true });
    await rm(join(profile, 'IndexedDB'), { recursive: true });
    await watch().look();
    expect(said).toEqual(['store.damaged gone']);
  });
});
