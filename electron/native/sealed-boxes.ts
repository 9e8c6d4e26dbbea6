/** Sealed boxes as shared/protocol/sealed-box.ts describes them, in the main process. */
import { diffieHellman, type KeyObject } from 'node:crypto';
import type { Purpose } from '../../shared/protocol/sealed-box.ts';
import { derived, open, seal } from './sealing.ts';
import { newPrivateKey, pointOf, publicKeyOf } from './signing.ts';

const POINT = 65;

/** @param point of the receiver; base64 of a raw point */
export function sealTo(point: string, plain: Uint8Array, { info, data }: Purpose): string {
  const ephemeral = newPrivateKey();
  const secret = diffieHellman({ privateKey: ephemeral, publicKey: publicKeyOf(point) });
  const key = derived(secret, info);
  const box = Buffer.concat([Buffer.from(pointOf(ephemeral), 'base64'), seal(key, plain, data)]);
  secret.fill(0);
  key.fill(0);
  return box.toString('base64');
}

/** @returns undefined where it was sealed to another key, for another purpose, or damaged */
export function openBox(privateKey: KeyObject, box: string, { info, data }: Purpose): Buffer | undefined {
  const bytes = Buffer.from(box, 'base64');
  try {
    const publicKey = publicKeyOf(bytes.subarray(0, POINT).toString('base64'));
    const secret = diffieHellman({ privateKey, publicKey });
    const key = derived(secret, info);
    const plain = open(key, bytes.subarray(POINT), data);
    secret.fill(0);
    key.fill(0);
    return plain;
  } catch {
    // A point off the curve.
    return undefined;
  }
}
