import { sign, verify, type KeyObject } from 'node:crypto';
import { expect, test } from 'vitest';
import { newPrivateKey } from './keys.ts';
import { rawPointOf, publicKeyOf } from './points.ts';
import { isSignedBy, signText } from './signatures.ts';

const key = newPrivateKey();
const point = rawPointOf(key).toString('base64');
const withoutOurs = (one: KeyObject) => ({ key: one, dsaEncoding: 'ieee-p1363' }) as const;

test('signatures are those of everybody else, whatever zeros r and s begin with', () => {
  const publicKey = publicKeyOf(Buffer.from(point, 'base64'));
  let short = 0;
  // One in 128 has a half that begins with a zero byte.
  for (let round = 0; round < 600; round++) {
    const text = `第${round}句`;
    const ours = signText(key, text);
    expect(verify('sha256', Buffer.from(text), withoutOurs(publicKey), Buffer.from(ours, 'base64url'))).toBe(
      true,
    );
    const theirs = sign('sha256', Buffer.from(text), withoutOurs(key));
    if (theirs[0] === 0 || theirs[32] === 0) short += 1;
    expect(isSignedBy(text, theirs.toString('base64url'), point)).toBe(true);
  }
  expect(short).toBeGreaterThan(0);
});

test('another text, point or length, a flipped bit and what is no signature at all are false', () => {
  const good = signText(key, 'a');
  const bytes = Buffer.from(good, 'base64url');
  const flipped = Buffer.from(bytes);
  flipped[40] = (flipped[40] ?? 0) ^ 1;
  const other = rawPointOf(newPrivateKey()).toString('base64');
  expect(isSignedBy('a', good, point)).toBe(true);
  for (const [text, signature, by] of [
    ['b', good, point],
    ['a', good, other],
    ['a', good, 'no point'],
    ['a', good, Buffer.alloc(65, 4).toString('base64')],
    ['a', flipped.toString('base64url'), point],
    ['a', bytes.subarray(0, 63).toString('base64url'), point],
    ['a', Buffer.concat([bytes, Buffer.of(0)]).toString('base64url'), point],
    ['a', Buffer.alloc(64).toString('base64url'), point],
    ['a', Buffer.alloc(64, 255).toString('base64url'), point],
    ['a', '', point],
  ] as const)
    expect(isSignedBy(text, signature, by)).toBe(false);
});
