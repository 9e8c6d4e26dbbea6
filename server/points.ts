/** P-256 points as they travel (raw, uncompressed, base64) and as node:crypto wants them. */
import { createPublicKey, type KeyObject } from 'node:crypto';

export const POINT_BYTES = 65;

/** Throws where the bytes are no point of the curve. */
export function publicKeyOf(point: Uint8Array): KeyObject {
  if (point.length !== POINT_BYTES || point[0] !== 4) throw new Error('not an uncompressed point');
  const half = (from: number): string => Buffer.from(point.subarray(from, from + 32)).toString('base64url');
  return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: half(1), y: half(33) }, format: 'jwk' });
}

export function rawPointOf(key: KeyObject): Buffer {
  const { x = '', y = '' } = createPublicKey(key).export({ format: 'jwk' });
  return Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
}
