/**
 * AES-256-GCM and HKDF-SHA-256 of the main process (node:crypto). A sealed text is `iv (12) ‖ ciphertext ‖ tag (16)`, as
 * everywhere in the product. Opening answers undefined where key, associated data or a single bit differ.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const IV = 12;
const TAG = 16;

export function seal(key: Uint8Array, plain: Uint8Array, data: string): Buffer {
  const iv = randomBytes(IV);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  cipher.setAAD(Buffer.from(data));
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

export function open(key: Uint8Array, sealed: Uint8Array, data: string): Buffer | undefined {
  if (sealed.length < IV + TAG) return undefined;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV));
    decipher.setAAD(Buffer.from(data));
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG));
    const opened = decipher.update(sealed.subarray(IV, sealed.length - TAG));
    const plain = Buffer.concat([opened, decipher.final()]);
    // It may be a key: whoever gets the text wipes it, and there is no second one.
    opened.fill(0);
    return plain;
  } catch {
    return undefined;
  }
}

export const derived = (secret: Uint8Array, info: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), info, 32));
