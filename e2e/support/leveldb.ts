/**
 * What LevelDB's files hold once they are unpacked (github.com/google/leveldb/blob/main/doc: table_format.md, log_format.md): the data
 * blocks of tables, which may be compressed, and the records of logs, which are cut into pieces of at most 32 KiB. A search over the
 * raw files alone would miss whatever lies in either.
 */
import { unpackSnappy, varint } from './snappy.ts';

/** Everything readable in a file of LevelDB, whatever its kind; empty where it is none. */
export const contentsOf = (bytes: Buffer): readonly Buffer[] => [...blocksOf(bytes), ...recordsOf(bytes)];

const MAGIC = Buffer.from('57fb808b247547db', 'hex');
const FOOTER = 48;

/** The blocks of a table, keys restored from their shared beginnings. */
function blocksOf(table: Buffer): readonly Buffer[] {
  if (table.length < FOOTER || !table.subarray(-8).equals(MAGIC)) return [];
  const footer = table.subarray(-FOOTER);
  const meta = handleAt(footer, 0);
  const index = meta && handleAt(footer, meta.next);
  const entries = index && entriesOf(blockAt(table, index));
  return (entries ?? []).flatMap(({ value }) => {
    const handle = handleAt(value, 0);
    const block = handle && blockAt(table, handle);
    return block ? [block, ...entriesOf(block).flatMap((entry) => [entry.key, entry.value])] : [];
  });
}

interface Handle {
  readonly offset: number;
  readonly size: number;
  readonly next: number;
}

function handleAt(bytes: Buffer, from: number): Handle | undefined {
  const offset = varint(bytes, from);
  const size = offset && varint(bytes, offset.next);
  return offset && size && { offset: offset.value, size: size.value, next: size.next };
}

const SNAPPY = 1;

function blockAt(table: Buffer, { offset, size }: Handle): Buffer {
  const raw = table.subarray(offset, offset + size);
  return (table[offset + size] === SNAPPY ? unpackSnappy(raw) : raw) ?? Buffer.alloc(0);
}

function entriesOf(block: Buffer): readonly { readonly key: Buffer; readonly value: Buffer }[] {
  if (block.length < 4) return [];
  const end = block.length - 4 - 4 * block.readUInt32LE(block.length - 4);
  const entries: { key: Buffer; value: Buffer }[] = [];
  let key = Buffer.alloc(0);
  for (let at = 0; at < end;) {
    const shared = varint(block, at);
    const rest = shared && varint(block, shared.next);
    const size = rest && varint(block, rest.next);
    if (!shared || !rest || !size) break;
    key = Buffer.concat([key.subarray(0, shared.value), block.subarray(size.next, size.next + rest.value)]);
    at = size.next + rest.value + size.value;
    entries.push({ key, value: block.subarray(size.next + rest.value, at) });
  }
  return entries;
}

const PIECE = 32_768;
const HEAD = 7;
const [FULL, FIRST, MIDDLE, LAST] = [1, 2, 3, 4];

/** The records of a log, put together again from their pieces. */
function recordsOf(log: Buffer): readonly Buffer[] {
  const records: Buffer[] = [];
  let pieces: Buffer[] = [];
  for (let block = 0; block < log.length; block += PIECE) {
    const end = Math.min(block + PIECE, log.length);
    for (let at = block; at + HEAD <= end;) {
      const size = log.readUInt16LE(at + 4);
      const kind = log[at + 6];
      const piece = log.subarray(at + HEAD, at + HEAD + size);
      if (at + HEAD + size > end || kind === undefined || kind < FULL || kind > LAST) break;
      if (kind === FULL || kind === FIRST) pieces = [];
      pieces.push(piece);
      if (kind === FULL || kind === LAST) records.push(Buffer.concat(pieces));
      else if (kind === MIDDLE && pieces.length === 1) pieces = [];
      at += HEAD + size;
    }
  }
  return records;
}
