/**
 * What is large is deflated before it is sealed (RFC 1951): most of a block is what its records repeat, and everything that comes after
 * costs by the byte: the cipher, IndexedDB's copies, the disk. A row that stays below 64 KiB does not become a file of its own either
 * (Chromium's IDBValueWrapper). Sizes go on being filled up to whole steps (padding.ts).
 */
import { joined, type Bytes } from './ciphers.ts';

/** No JSON begins with it; what does is pressed, however small. */
const MARK = 0x01;
/** Less than this gains nothing. */
export const LEAST = 4 * 1024;
/** More than any block comes to: whoever may seal for a scope must not make its readers run out of memory. */
const MOST = 64 * 1024 * 1024;

export async function pressed(plain: Uint8Array): Promise<Uint8Array> {
  if (plain.length < LEAST && plain[0] !== MARK) return plain;
  return through(new CompressionStream('deflate-raw'), plain, Uint8Array.of(MARK));
}

/** Throws where it is damaged or comes to more than anything that is kept here. */
export async function unpressed(bytes: Uint8Array): Promise<Uint8Array> {
  return bytes[0] === MARK ? through(new DecompressionStream('deflate-raw'), bytes.subarray(1)) : bytes;
}

async function through(
  stream: CompressionStream | DecompressionStream,
  bytes: Uint8Array,
  ...before: readonly Uint8Array[]
): Promise<Bytes> {
  const writer = stream.writable.getWriter();
  // What goes wrong here is told to whoever reads.
  writer.write(bytes as Uint8Array<ArrayBuffer>).catch(() => undefined);
  writer.close().catch(() => undefined);
  const parts = [...before];
  let length = before.reduce((sum, part) => sum + part.length, 0);
  const reader = stream.readable.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    parts.push(next.value);
    length += next.value.length;
    if (length <= MOST) continue;
    await reader.cancel();
    throw new Error('more than anything that is kept here');
  }
  return joined(...parts);
}
