import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pressed, unpressed } from './pressed.ts';

const KIB = 1024;
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const records = bytesOf(
  '{"id":"case_01","stage":"mediating","subject":"楼上漏水，双方约定下周三再谈。"}\n'.repeat(600),
);

test('what is large and repeats itself becomes small; what is small stays as it is', async () => {
  expect((await pressed(records)).length).toBeLessThan(records.length / 20);
  const small = records.subarray(0, KIB);
  expect(await pressed(small)).toEqual(small);
});

test('everything comes back as it was, whatever it begins with and however long it is', async () => {
  const anything = fc.tuple(
    fc.constantFrom(0, 1, 2, 0x7b),
    fc.uint8Array({ maxLength: 64 }),
    fc.constantFrom(0, 1, 70, 4 * KIB, 200 * KIB),
  );
  await fc.assert(
    fc.asyncProperty(anything, async ([first, rest, more]) => {
      const plain = new Uint8Array(1 + rest.length + more);
      plain[0] = first;
      plain.set(rest, 1);
      expect(Buffer.compare(await unpressed(await pressed(plain)), plain)).toBe(0);
    }),
  );
});

test('what is cut, what is no deflated text and what would fill the memory is refused', async () => {
  const whole = await pressed(records);
  const marked = (bytes: Uint8Array): Uint8Array => Uint8Array.of(1, ...bytes);
  const bomb = marked(deflateRawSync(new Uint8Array(65 * KIB * KIB)));
  expect(bomb.length).toBeLessThan(80 * KIB);
  for (const bad of [
    whole.subarray(0, whole.length / 2),
    marked(bytesOf('楼上漏水')),
    marked(new Uint8Array()),
    bomb,
  ])
    await expect(unpressed(bad)).rejects.toThrow();
});
