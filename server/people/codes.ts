/**
 * One-time codes. Only their hashes are kept: a stolen database opens no door. A code has 49 bits, fifteen minutes and a limited number
 * of tries, so a plain SHA-256 cannot be turned back in time.
 */
import { createHash } from 'node:crypto';
import type { RandomBytes } from '../../shared/core/id.ts';
import type { Writing } from '../ledger/transactor.ts';

/** Read out over the telephone: no 0/O, 1/I/L, U/V. */
const CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTWXYZ';
const CODE_LENGTH = 10;
const CODE_MINUTES = 15;

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

function newCode(random: RandomBytes): string {
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

export interface IssuedCode {
  readonly code: string;
  readonly expiresAt: string;
}

/**
 * @param device where the code brings somebody back; any other device may use one without
 * @returns the code to read out; undefined for somebody whom the district does not know or has disabled
 */
export async function issueCode(
  writing: Writing,
  { person, device }: { readonly person: string; readonly device?: string | undefined },
  { now, random }: { readonly now: number; readonly random: RandomBytes },
): Promise<IssuedCode | undefined> {
  const [known] = await writing.persons([person]);
  if (!known || known.disabled) return undefined;
  const code = newCode(random);
  const expiresAt = new Date(now + CODE_MINUTES * 60_000).toISOString();
  const unused = { usedAt: null, usedBy: null, became: null };
  await writing.saveCode({ hash: hashOf(code), person, device: device ?? null, expiresAt, ...unused });
  return { code, expiresAt };
}
