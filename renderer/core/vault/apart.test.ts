import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createRandom } from '../testing/random.ts';
import { framed, partsIn, plainPart, type TwoParts } from './apart.ts';
import { pressed, unfolded, unpressed, unpressedApart } from './pressed.ts';

const KIB = 1024;
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const first = bytesOf(`{"ids":[${'"case_01",'.repeat(900)}]}\n`);
const rest = bytesOf('{"id":"case_01","subject":"楼上漏水，双方约定下周三再谈。"}\n'.repeat(600));
const room = (length: number): ArrayBuffer => new ArrayBuffer(length + 1);

async function opened(bytes: Uint8Array): Promise<TwoParts> {
  const parts = partsIn(await unpressedApart(bytes));
  if (!parts) throw new Error('it came in one piece');
  return parts;
}

test('two parts are deflated apart, come as they lie and unfold at once; as a text they come joined', async () => {
  const lying = await pressed(framed([plainPart(first), plainPart(rest)]));
  expect(lying.length).toBeLessThan((first.length + rest.length) / 10);
  const parts = await opened(lying);
  for (const [index, plain] of [first, rest].entries()) {
    const part = parts[index as 0 | 1];
    expect(part.bytes.length).toBeLessThan(plain.length / 10);
    expect(Buffer.compare(unfolded(part, room(plain.length)), plain)).toBe(0);
  }
  expect(Buffer.compare(await unpressed(lying), Buffer.concat([first, rest]))).toBe(0);
});

test('what is no frame is kept in one piece, also where it begins like one', async () => {
  for (const size of [1, 11, 14, 200]) {
    const plain = Uint8Array.of(2, ...new Uint8Array(size).fill(size % 2));
    expect(await unpressed(await pressed(plain))).toEqual(plain);
  }
});

test('a part that would keep a screen waiting is unfolded when it is opened', async () => {
  const noise = createRandom(3).bytes(200 * KIB);
  const [, part] = await opened(await pressed(framed([plainPart(first), plainPart(noise)])));
  expect(Buffer.compare(part.bytes, noise)).toBe(0);
});

test('a part that is cut, longer or shorter than it says, or more than anything kept here is refused', async () => {
  const [, part] = await opened(await pressed(framed([plainPart(first), plainPart(rest)])));
  const bomb = Uint8Array.of(1, ...deflateRawSync(new Uint8Array(65 * 1024 * KIB)));
  for (const bad of [
    { ...part, length: part.length - 1 },
    { ...part, length: part.length + 1 },
    { ...part, bytes: part.bytes.subarray(0, part.bytes.length / 2) },
    { bytes: bomb, length: 65 * 1024 * KIB },
    { bytes: bomb, length: KIB },
  ])
    expect(() => unfolded(bad, room(bad.length))).toThrow();
  // Longer than what is unfolded at once: the platform's stream counts what comes out of it.
  const large = Buffer.concat([Uint8Array.of(1), deflateRawSync(new Uint8Array(140 * 1024 * KIB))]);
  await expect(unpressedApart(framed([plainPart(first), { bytes: large, length: KIB }]))).rejects.toThrow();
});
