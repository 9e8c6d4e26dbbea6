/**
 * What is large is deflated before it is sealed (RFC 1951): most of a block is what its records repeat, and everything that comes after
 * costs by the byte: the cipher, IndexedDB's copies, the disk. A row that stays below 64 KiB does not become a file of its own either
 * (Chromium's IDBValueWrapper). Sizes go on being filled up to whole steps (padding.ts).
 */
import { inflateSync } from 'fflate';
import { APART, framed, partsIn, type Part } from './apart.ts';
import { joined, type Bytes } from './ciphers.ts';

/** No JSON begins with it; what does is pressed, however small. */
const MARK = 0x01;
/** Less than this gains nothing. */
export const LEAST = 4 * 1024;
/** More than any block comes to: whoever may seal for a scope must not make its readers run out of memory. */
const MOST = 64 * 1024 * 1024;
/**
 * A part that lies in more than this is unfolded when it is opened: whoever looks at it later waits for it, and deflated bytes may
 * unfold to a thousand times as many (1 032). Blocks of records lie in a tenth of this.
 */
const MOST_AT_ONCE = 128 * 1024;

/** Parts that lie apart are deflated apart. */
export async function pressed(plain: Uint8Array): Promise<Uint8Array> {
  const parts = partsIn(plain);
  if (!parts?.every(({ bytes, length }) => bytes.length === length)) return pressedWhole(plain);
  const [first, rest] = parts;
  return framed([await pressedPart(first), await pressedPart(rest)]);
}

const pressedPart = async ({ bytes, length }: Part): Promise<Part> => ({
  bytes: await pressedWhole(bytes),
  length,
});

async function pressedWhole(plain: Uint8Array): Promise<Uint8Array> {
  if (plain.length < LEAST && plain[0] !== MARK && plain[0] !== APART) return plain;
  return through(new CompressionStream('deflate-raw'), plain, Uint8Array.of(MARK));
}

/** Throws where it is damaged or comes to more than anything that is kept here. What lies apart comes joined. */
export async function unpressed(bytes: Uint8Array): Promise<Uint8Array> {
  const parts = partsIn(bytes);
  if (!parts) return unpressedWhole(bytes);
  return joined(...(await Promise.all(parts.map((part) => unpressedWhole(part.bytes)))));
}

/** The same, but what lies apart comes as it lies, for `unfolded`: but for what would keep a screen waiting. */
export async function unpressedApart(bytes: Uint8Array): Promise<Uint8Array> {
  const parts = partsIn(bytes);
  if (!parts) return unpressedWhole(bytes);
  if (parts.every((part) => part.bytes.length <= MOST_AT_ONCE)) return bytes;
  const [first, rest] = parts;
  return framed([await unpressedPart(first), await unpressedPart(rest)]);
}

const unpressedPart = async ({ bytes, length }: Part): Promise<Part> => ({
  bytes: await unpressedWhole(bytes),
  length,
});

const unpressedWhole = async (bytes: Uint8Array): Promise<Uint8Array> =>
  isPressed(bytes) ? through(new DecompressionStream('deflate-raw'), bytes.subarray(1)) : bytes;

export const isPressed = (bytes: Uint8Array): boolean => bytes[0] === MARK;

/**
 * A part at once, where the platform's streams would let the screen wait for a turn. Throws where it is not as long as it says.
 * @param room for one byte more than it says, at least: what is longer is cut there, and is seen to be
 */
export function unfolded({ bytes, length }: Part, room: ArrayBuffer): Uint8Array {
  if (length > MOST || bytes.length > MOST_AT_ONCE) throw new Error('more than anything that is kept here');
  const plain = inflateSync(bytes.subarray(1), { out: new Uint8Array(room, 0, length + 1) });
  if (plain.length !== length) throw new Error('not as long as it says');
  return plain;
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
