/**
 * Whether a table of LevelDB is what was written: every block of it carries a checksum (github.com/google/leveldb/blob/main/doc/table_format.md).
 * The index says where the blocks lie; it may be packed with Snappy (github.com/google/snappy/blob/main/format_description.txt).
 */
import { crc32c, unmasked } from './crc32c.ts';

const FOOTER = 48;
const MAGIC = Buffer.from([0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb]);
/** Kind of packing and checksum behind each block. */
const TRAILER = 5;
const PLAIN = 0;
const SNAPPY = 1;

interface Handle {
  readonly offset: number;
  readonly size: number;
}

export function isWholeTable(bytes: Buffer): boolean {
  try {
    const footer = bytes.subarray(bytes.length - FOOTER);
    if (footer.length < FOOTER || !footer.subarray(FOOTER - MAGIC.length).equals(MAGIC)) return false;
    const read = reader(footer);
    const [meta, index] = [handleFrom(read), handleFrom(read)];
    const blocks = [meta, ...handlesIn(contentOf(bytes, index))];
    return blocks.every((handle) => blockAt(bytes, handle) !== undefined);
  } catch {
    return false;
  }
}

/** Throws where it goes beyond its bytes. */
function reader(bytes: Uint8Array) {
  let at = 0;
  const byte = (): number => {
    const value = bytes[at++];
    if (value === undefined) throw new RangeError('cut');
    return value;
  };
  return {
    byte,
    /** Seven bits a byte, the lowest first. */
    number: (): number => {
      let value = 0;
      for (let factor = 1; ; factor *= 128) {
        const part = byte();
        value += (part & 127) * factor;
        if (part < 128) return value;
      }
    },
    skip: (count: number): void => {
      at += count;
    },
    take: (count: number): Uint8Array => {
      if (at + count > bytes.length) throw new RangeError('cut');
      at += count;
      return bytes.subarray(at - count, at);
    },
    at: () => at,
  };
}

type Reader = ReturnType<typeof reader>;

const handleFrom = (read: Reader): Handle => ({ offset: read.number(), size: read.number() });

/** The block and its kind of packing; undefined where it does not fit its checksum. */
function blockAt(
  bytes: Buffer,
  { offset, size }: Handle,
): { readonly content: Buffer; readonly packing: number } | undefined {
  const end = offset + size;
  if (end + TRAILER > bytes.length) return undefined;
  if (unmasked(bytes.readUInt32LE(end + 1)) !== crc32c(bytes.subarray(offset, end + 1))) return undefined;
  return { content: bytes.subarray(offset, end), packing: bytes[end] ?? PLAIN };
}

function contentOf(bytes: Buffer, handle: Handle): Uint8Array {
  const block = blockAt(bytes, handle);
  if (!block || (block.packing !== PLAIN && block.packing !== SNAPPY)) throw new RangeError('no block');
  return block.packing === SNAPPY ? unpacked(block.content) : block.content;
}

/** Entries of an index: how much of the key is shared, how much is not, how long the value is; then the key's rest and a handle. */
function handlesIn(index: Uint8Array): readonly Handle[] {
  const restarts = Buffer.from(index.buffer, index.byteOffset, index.length).readUInt32LE(index.length - 4);
  const entries = index.subarray(0, index.length - 4 - 4 * restarts);
  const read = reader(entries);
  const handles: Handle[] = [];
  while (read.at() < entries.length) {
    read.number();
    const [own, length] = [read.number(), read.number()];
    read.skip(own);
    handles.push(handleFrom(reader(read.take(length))));
  }
  return handles;
}

function unpacked(packed: Uint8Array): Uint8Array {
  const read = reader(packed);
  const out = new Uint8Array(read.number());
  let at = 0;
  const little = (count: number): number =>
    read.take(count).reduce((value, byte, index) => value + byte * 256 ** index, 0);
  while (read.at() < packed.length) {
    const tag = read.byte();
    const kind = tag & 3;
    if (kind === 0) {
      const short = tag >> 2;
      const length = (short < 60 ? short : little(short - 59)) + 1;
      out.set(read.take(length), at);
      at += length;
      continue;
    }
    const length = kind === 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
    const back = kind === 1 ? ((tag >> 5) << 8) + read.byte() : little(kind === 2 ? 2 : 4);
    if (back === 0 || back > at) throw new RangeError('no such copy');
    // A copy may reach into itself.
    for (let end = at + length; at < end; at++) out[at] = out[at - back] ?? 0;
  }
  return out;
}
