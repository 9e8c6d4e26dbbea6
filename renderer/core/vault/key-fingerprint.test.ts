import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { fingerprintOf } from '../../../shared/protocol/fingerprint.ts';
import { keyFingerprint } from './key-fingerprint.ts';

test('a key reads the same in the window as beside the district', async () => {
  const point = Buffer.from([4, ...Array.from({ length: 64 }, (_, index) => index)]);
  const beside = fingerprintOf(createHash('sha256').update(point).digest());
  expect(await keyFingerprint(point.toString('base64'))).toBe(beside);
  expect(beside).toMatch(/^\d{4}( \d{4}){7}$/);
});
