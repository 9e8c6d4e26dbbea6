/**
 * ECDSA and ECDH keys on P-256 in the main process (node:crypto): private halves as PKCS8, public ones as raw uncompressed points in
 * base64, signatures as r ‖ s (IEEE P1363) in base64url: what WebCrypto and the district speak.
 */
import {
  createECDH,
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign as signed,
  verify as verified,
  type KeyObject,
} from 'node:crypto';
import { derived } from './sealing.ts';

export const newPrivateKey = (): KeyObject =>
  generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey;

/** The same key for the same secret and purpose, for ever. */
export function privateKeyFrom(secret: Uint8Array, info: string): KeyObject {
  for (let round = 0; ; round++) {
    const scalar = derived(secret, `${info}|${round}`);
    try {
      const ecdh = createECDH('prime256v1');
      ecdh.setPrivateKey(scalar);
      const point = ecdh.getPublicKey();
      const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'));
      const jwk = { kty: 'EC', crv: 'P-256', d: scalar.toString('base64url'), x: x ?? '', y: y ?? '' };
      return createPrivateKey({ key: jwk, format: 'jwk' });
    } catch (error) {
      // One number in four thousand million is none of the curve's.
      if (round > 3) throw error;
    } finally {
      scalar.fill(0);
    }
  }
}

export const pkcs8Of = (key: KeyObject): Buffer => key.export({ type: 'pkcs8', format: 'der' });
export const privateKeyOf = (pkcs8: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.from(pkcs8), type: 'pkcs8', format: 'der' });

export function pointOf(key: KeyObject): string {
  const { x = '', y = '' } = createPublicKey(key).export({ format: 'jwk' });
  const halves = [Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')];
  return Buffer.concat([Buffer.of(4), ...halves]).toString('base64');
}

/** Throws where the bytes are no point of the curve. */
export function publicKeyOf(point: string): KeyObject {
  const bytes = Buffer.from(point, 'base64');
  if (bytes.length !== 65 || bytes[0] !== 4) throw new Error('not an uncompressed point');
  const half = (from: number): string => bytes.subarray(from, from + 32).toString('base64url');
  return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: half(1), y: half(33) }, format: 'jwk' });
}

export const signText = (key: KeyObject, text: string): string =>
  signed('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url');

/** False, too, where the point is none. */
export function isSignedBy(point: string, text: string, signature: string): boolean {
  try {
    const key = { key: publicKeyOf(point), dsaEncoding: 'ieee-p1363' } as const;
    return verified('sha256', Buffer.from(text), key, Buffer.from(signature, 'base64url'));
  } catch {
    return false;
  }
}

export const sha256 = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest();

/** `signingKeyId` of link.ts. */
export const signingKeyIdOf = (point: string): string =>
  sha256(Buffer.from(point, 'base64')).subarray(0, 16).toString('base64url');
