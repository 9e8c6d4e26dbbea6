/**
 * Tokens and one-time codes. Only their hashes are kept: a stolen database opens no door. Both are random enough that a plain
 * SHA-256 cannot be turned back (256 bits; a code has 49 bits, fifteen minutes and a limited number of tries).
 */
import { createHash } from 'node:crypto';
import type { RandomBytes } from '../../shared/core/id.ts';

/** Read out over the telephone: no 0/O, 1/I/L, U/V. */
const CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTWXYZ';
const CODE_LENGTH = 10;
export const CODE_MINUTES = 15;

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

export const newToken = (random: RandomBytes): string => Buffer.from(random(32)).toString('base64url');

export function newCode(random: RandomBytes): string {
  const most = 256 - (256 % CODE_ALPHABET.length);
  let code = '';
  while (code.length < CODE_LENGTH) {
    for (const byte of random(16)) {
      if (byte < most && code.length < CODE_LENGTH) code += CODE_ALPHABET[byte % CODE_ALPHABET.length];
    }
  }
  return code;
}

/** Forgives spaces, dashes and lower case; undefined where it cannot be a code at all. */
export function tidyCode(given: string): string | undefined {
  const code = given.replace(/[\s\-–—]/g, '').toUpperCase();
  const isCode = code.length === CODE_LENGTH && [...code].every((letter) => CODE_ALPHABET.includes(letter));
  return isCode ? code : undefined;
}
