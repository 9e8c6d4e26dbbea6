/**
 * ECDSA on P-256 with SHA-256. Signatures travel as r ‖ s (IEEE P1363), base64url, and meet node:crypto as DER (RFC 3279, 2.2.3) beside a
 * ready key: anything else that it may be given costs it more than half of the signature itself. Keys are read from their points once.
 */
import { sign as signed, verify as verified, type KeyObject } from 'node:crypto';
import { publicKeyOf } from './points.ts';

const HALF = 32;
const INTEGER = 0x02;
const SEQUENCE = 0x30;

/** Of the devices and people of a large morning. */
const KEPT = 5_000;
const keys = new Map<string, KeyObject>();

/** @param point raw, base64. Throws where it is none */
function keyAt(point: string): KeyObject {
  const known = keys.get(point);
  if (known) return known;
  const key = publicKeyOf(Buffer.from(point, 'base64'));
  if (keys.size >= KEPT) keys.delete(keys.keys().next().value as string);
  keys.set(point, key);
  return key;
}

export const signText = (key: KeyObject, text: string): string =>
  fromDer(signed('sha256', Buffer.from(text), key)).toString('base64url');

/** False, too, where the point is none or the signature has another length. */
export function isSignedBy(text: string, signature: string, point: string): boolean {
  try {
    const bytes = Buffer.from(signature, 'base64url');
    return bytes.length === 2 * HALF && verified('sha256', Buffer.from(text), keyAt(point), toDer(bytes));
  } catch {
    return false;
  }
}

function toDer(signature: Buffer): Buffer {
  const halves = [signature.subarray(0, HALF), signature.subarray(HALF)].map(integerOf);
  const [r, s] = halves as [Buffer, Buffer];
  return Buffer.concat([Buffer.of(SEQUENCE, r.length + s.length), r, s]);
}

/** Without leading zeros, but for one where the number would be negative. */
function integerOf(half: Buffer): Buffer {
  let from = 0;
  while (from < HALF - 1 && half[from] === 0) from += 1;
  const sign = (half[from] ?? 0) > 0x7f ? [0] : [];
  const digits = half.subarray(from);
  return Buffer.concat([Buffer.of(INTEGER, sign.length + digits.length, ...sign), digits]);
}

/** Our own: two integers of at most 33 bytes, so that every length is one byte. */
function fromDer(der: Buffer): Buffer {
  const signature = Buffer.alloc(2 * HALF);
  let at = 2;
  for (const end of [HALF, 2 * HALF]) {
    const length = der[at + 1] ?? 0;
    const digits = der.subarray(at + 2, at + 2 + length);
    const number = digits.length > HALF ? digits.subarray(1) : digits;
    number.copy(signature, end - number.length);
    at += 2 + length;
  }
  return signature;
}
