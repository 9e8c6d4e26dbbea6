import { expect, test } from 'vitest';
import { sampleFiles } from '../../../shared/core/attachment/sample-files.ts';
import { sealFile as sealedByNode } from '../../../server/attachments/file-seal.ts';
import { openFile, sealFile } from './file-seal.ts';

const bytesOf = (size: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length: size }, (_, index) => (index * 7919) % 251);

test('FILE-7 what the window seals is what the district and every other desk opens', async () => {
  for (const size of [1, 16_384, 262_144, 700_001]) {
    const content = bytesOf(size);
    const { bytes, key, id } = await sealFile(content);
    expect(Buffer.from(bytes).equals(sealedByNode(content, key))).toBe(true);
    expect(await openFile(bytes, { key, id, size })).toEqual(content);
  }
  const { attachment, content } = sampleFiles.ceiling;
  const plain = Buffer.from(content, 'base64');
  const opened = await openFile(new Uint8Array(sealedByNode(plain, attachment.key)), attachment);
  expect(opened && Buffer.from(opened).equals(plain)).toBe(true);
});

test('FILE-9 nothing opens that is cut, changed, moved or another file', async () => {
  const content = bytesOf(600_000);
  const { bytes, key, id } = await sealFile(content);
  const size = content.length;
  const changed = Uint8Array.from(bytes);
  changed[300_000] = (changed[300_000] ?? 0) ^ 1;
  const swapped = Uint8Array.from([
    ...bytes.subarray(262_160, 524_320),
    ...bytes.subarray(0, 262_160),
    ...bytes.subarray(524_320),
  ]);
  const other = await sealFile(bytesOf(600_001));
  const opened = [
    await openFile(bytes.subarray(0, -1), { key, id, size }),
    await openFile(changed, { key, id, size }),
    await openFile(swapped, { key, id, size }),
    await openFile(bytes, { key, id, size: size - 1 }),
    await openFile(bytes, { key: other.key, id, size }),
    await openFile(bytes, { key, id: other.id, size }),
  ];
  expect(opened).toEqual(opened.map(() => undefined));
});
