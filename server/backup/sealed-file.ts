/**
 * The file in which a backup lies: one line that anybody may read, then its content in chunks of AES-256-GCM under the recovery key. A
 * chunk's nonce is its number and whether it is the last one, so chunks cannot be exchanged, left out or cut off: a file that lost
 * its end is refused, and so is one whose first line was changed.
 *
 * `linli-backup/1 {…}\n`, then each chunk as `length (4 bytes, big-endian) ‖ ciphertext ‖ tag (16)`.
 */
import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { z } from 'zod';
import { derivationSchema } from './recovery-key.ts';

const MAGIC = 'linli-backup/1 ';
const CHUNK = 1024 * 1024;
const TAG = 16;

const openingSchema = z.object({
  district: z.string().max(64),
  at: z.iso.datetime(),
  derivation: derivationSchema,
});
/** What stands before the seal. */
export type Opening = z.infer<typeof openingSchema>;

/** Damaged, cut, changed, or another passphrase: nobody can tell which. */
export class Unreadable extends Error {}

const lineOf = (opening: Opening): Buffer => Buffer.from(`${MAGIC}${JSON.stringify(opening)}\n`);

const nonceOf = (number: number, isLast: boolean): Buffer => {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(number, 5, 6);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
};

/** For `pipeline`: bytes in, the file's bytes out. */
export const sealing = (key: Uint8Array, opening: Opening) =>
  async function* (source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
    const line = lineOf(opening);
    const bound = createHash('sha256').update(line).digest();
    const sealed = (content: Buffer, number: number, isLast: boolean): Buffer => {
      const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number, isLast));
      cipher.setAAD(bound);
      const text = Buffer.concat([cipher.update(content), cipher.final(), cipher.getAuthTag()]);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(text.length);
      return Buffer.concat([length, text]);
    };
    yield line;
    let rest = Buffer.alloc(0);
    let number = 0;
    for await (const bytes of source) {
      rest = Buffer.concat([rest, bytes]);
      // Never to its end: the last chunk is marked as such.
      while (rest.length > CHUNK) {
        yield sealed(rest.subarray(0, CHUNK), number++, false);
        rest = Buffer.from(rest.subarray(CHUNK));
      }
    }
    yield sealed(rest, number, true);
  };

/** @returns undefined where the file is no backup */
export async function readOpening(path: string): Promise<Opening | undefined> {
  let start = Buffer.alloc(0);
  for await (const bytes of createReadStream(path, { end: 4095 }) as AsyncIterable<Buffer>)
    start = Buffer.concat([start, bytes]);
  return openingIn(start)?.opening;
}

function openingIn(start: Buffer): { readonly opening: Opening; readonly line: Buffer } | undefined {
  const end = start.indexOf(0x0a);
  if (end < 0 || !start.subarray(0, MAGIC.length).equals(Buffer.from(MAGIC))) return undefined;
  try {
    const parsed = openingSchema.safeParse(JSON.parse(start.toString('utf8', MAGIC.length, end)));
    return parsed.success ? { opening: parsed.data, line: start.subarray(0, end + 1) } : undefined;
  } catch {
    return undefined;
  }
}

/** The content, as it was before it was sealed. @throws Unreadable */
export async function* opened(path: string, key: Uint8Array): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0);
  let bound: Buffer | undefined;
  let number = 0;
  let isEnded = false;
  for await (const bytes of createReadStream(path, { highWaterMark: CHUNK }) as AsyncIterable<Buffer>) {
    rest = Buffer.concat([rest, bytes]);
    if (!bound) {
      const start = openingIn(rest);
      if (!start) throw new Unreadable('no backup');
      bound = createHash('sha256').update(start.line).digest();
      rest = rest.subarray(start.line.length);
    }
    while (rest.length >= 4) {
      const length = rest.readUInt32BE();
      if (length < TAG || length > CHUNK + TAG || isEnded) throw new Unreadable('not a chunk');
      if (rest.length < 4 + length) break;
      const chunk = rest.subarray(4, 4 + length);
      rest = rest.subarray(4 + length);
      const middle = unsealed(key, chunk, nonceOf(number, false), bound);
      const content = middle ?? unsealed(key, chunk, nonceOf(number, true), bound);
      if (!content) throw new Unreadable('a chunk does not open');
      isEnded = !middle;
      number += 1;
      yield content;
    }
  }
  if (!isEnded || rest.length > 0) throw new Unreadable('cut off');
}

function unsealed(key: Uint8Array, chunk: Buffer, nonce: Buffer, bound: Buffer): Buffer | undefined {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce);
    decipher.setAAD(bound);
    decipher.setAuthTag(chunk.subarray(-TAG));
    return Buffer.concat([decipher.update(chunk.subarray(0, -TAG)), decipher.final()]);
  } catch {
    return undefined;
  }
}
