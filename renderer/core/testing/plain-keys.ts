/**
 * Cheap stand-ins for keys: what is "signed" can be checked, and what is "sealed" lies open. Hashes are real, so that the chain of a
 * device is the one that the district computes.
 */
import { createHash } from 'node:crypto';

export const sha256 = (text: string | Uint8Array): string =>
  createHash('sha256').update(text).digest('base64url');

/** In the shape of a raw P-256 point, base64; the same for the same words. */
export const plainPoint = (words: string): string =>
  `B${createHash('sha512').update(words).digest('base64').slice(0, 86)}=`;

/** First 16 bytes of SHA-256 of the raw point (shared/protocol/link.ts). */
export const plainKeyId = (point: string): string =>
  createHash('sha256').update(Buffer.from(point, 'base64')).digest().subarray(0, 16).toString('base64url');

/** Whoever knows the public key can make it: good enough where nobody forges on purpose. */
export const plainSignature = (point: string, text: string): string =>
  sha256(`1|${point}|${text}`) + sha256(`2|${point}|${text}`);
