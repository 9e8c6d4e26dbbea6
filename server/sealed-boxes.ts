/** Sealed boxes of `shared/protocol/sealed-box.ts`, and the AES-GCM texts inside them: `iv (12) ‖ ciphertext ‖ tag (16)`. */
import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import type { Purpose } from '../shared/protocol/sealed-box.ts';
import { POINT_BYTES, publicKeyOf, rawPointOf } from './points.ts';

/** HKDF-SHA-256 without salt. */
export const derivedKey = (secret: Uint8Array, info: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), info, 32));

/** The key that both sides of an exchange arrive at. Throws where the point is none. */
export const agreedKey = (privateKey: KeyObject, point: Uint8Array, info: string): Buffer =>
  derivedKey(diffieHellman({ privateKey, publicKey: publicKeyOf(point) }), info);

/** @param key not its bytes: node:crypto takes five times as long to begin with these. Throws where key or data do not fit, or a bit has changed. */
export function openText(key: KeyObject, sealed: Buffer, data: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
  decipher.setAAD(Buffer.from(data));
  decipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
}

/** @returns undefined where the box is not for this key and purpose, or damaged */
export function openBox(privateKey: KeyObject, box: string, { info, data }: Purpose): Uint8Array | undefined {
  try {
    const bytes = Buffer.from(box, 'base64');
    const key = agreedKey(privateKey, bytes.subarray(0, POINT_BYTES), info);
    return new Uint8Array(openText(createSecretKey(key), bytes.subarray(POINT_BYTES), data));
  } catch {
    return undefined;
  }
}

/** @returns undefined where the receiver's point is none */
export function sealBox(content: Uint8Array, receiver: string, { info, data }: Purpose): string | undefined {
  try {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const iv = randomBytes(12);
    const cipher = createCipheriv(
      'aes-256-gcm',
      agreedKey(privateKey, Buffer.from(receiver, 'base64'), info),
      iv,
    );
    cipher.setAAD(Buffer.from(data));
    const sealed = Buffer.concat([cipher.update(content), cipher.final(), cipher.getAuthTag()]);
    return Buffer.concat([rawPointOf(privateKey), iv, sealed]).toString('base64');
  } catch {
    return undefined;
  }
}
