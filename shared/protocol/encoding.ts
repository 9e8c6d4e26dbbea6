/** Byte strings as they travel: schemas with limits. */
import { z } from 'zod';

export const base64 = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[A-Za-z0-9+/]+={0,2}$/);

/** SHA-256 in base64url without padding. */
export const hash = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** Random 96 bits of base64url behind `k_`: names a scope key of one device, and nothing about its scope. */
export const keyId = z.string().regex(/^k_[A-Za-z0-9_-]{16}$/);

/** Raw uncompressed P-256 point: 65 bytes, base64. */
export const point = z.string().regex(/^B[A-Za-z0-9+/]{86}=$/);

/** ECDSA P-256 with SHA-256, r ‖ s (IEEE P1363): 64 bytes, base64url without padding. */
export const signature = z.string().regex(/^[A-Za-z0-9_-]{86}$/);

/** 128 random bits of base64url. */
export const nonce = z.string().regex(/^[A-Za-z0-9_-]{22}$/);
