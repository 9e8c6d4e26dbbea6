/**
 * Blocks are deflated before they are sealed (RFC 1951): what lists and records repeat is most of them, and everything that comes
 * after costs by the byte: the cipher, IndexedDB's copies, the disk.
 */

/** No JSON and no frame begins with it. */
const MARK = 0x01;
/** More than any block comes to; whoever can seal for a scope cannot make its readers run out of memory. */
const MOST_BYTES = 256 * 1024 * 1024;

/** A block with its mark. */
export async function pressed(plain: Uint8Array): Promise<Uint8Array> {
  return through(new CompressionStream('deflate-raw'), plain, Uint8Array.of(MARK));
}

/** What was pressed; anything else as it is, for blocks from before. Throws where it is damaged. */
export async function unpressed(bytes: Uint8Array): Promise<Uint8Array> {
  return bytes[0] === MARK ? through(new DecompressionStream('deflate-raw'), bytes.subarray(1)) : bytes;
}

async function through(
  stream: CompressionStream | DecompressionStream,
  bytes: Uint8Array,
  ...before: readonly Uint8Array[]
): Promise<Uint8Array> {
  const writer = stream.writable.getWriter();
  // What goes wrong is told to whoever reads.
  void writer.write(bytes as Uint8Array<ArrayBuffer>).catch(() => undefined);
  void writer.close().catch(() => undefined);
  const parts = [...before];
  let length = before.reduce((sum, part) => sum + part.length, 0);
  for (const reader = stream.readable.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    length += value.length;
    if (length > MOST_BYTES) {
      await reader.cancel();
      throw new Error('larger than any block');
    }
  }
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
