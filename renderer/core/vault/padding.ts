/** Sizes say something, too: what is sealed is filled up to whole steps (one byte 0x80, then zeros: ISO/IEC 7816-4). */
import type { Bytes } from './ciphers.ts';

const STEP = 256;
const END = 0x80;

export function padded(bytes: Uint8Array): Bytes {
  const filled = new Uint8Array(Math.ceil((bytes.length + 1) / STEP) * STEP);
  filled.set(bytes);
  filled[bytes.length] = END;
  return filled;
}

/** The seal has vouched for it. */
export const unpadded = (bytes: Bytes): Bytes => bytes.subarray(0, bytes.lastIndexOf(END));
