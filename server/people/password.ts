/**
 * The account's password: asked only when somebody comes back (docs/decisions/0010). Kept as scrypt's result with its own salt and
 * parameters, so that these can be raised later; compared in the same time whatever differs.
 */
import { scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';
import { inOrder } from '../../shared/core/in-order.ts';
import type { RandomBytes } from '../../shared/core/id.ts';

/** OWASP, Password Storage: N 2^17, r 8, p 1: 128 MiB for a fifth of a second. */
const COST = { N: 2 ** 17, r: 8, p: 1 } as const;
const BYTES = 32;
const SALT_BYTES = 16;

const derive = promisify<string, Uint8Array, number, ScryptOptions, Buffer>(scrypt);
/** One at a time: each takes 128 MiB, and whoever has several accounts must not take them all at once. */
const turn = inOrder();
const derived = (password: string, salt: Uint8Array, { N, r, p }: typeof COST | Cost): Promise<Buffer> =>
  turn(() => derive(password.normalize('NFKC'), salt, BYTES, { N, r, p, maxmem: 256 * N * r }));

interface Cost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

export async function keptPassword(
  password: string,
  random: RandomBytes,
  cost: Cost = COST,
): Promise<string> {
  const salt = Buffer.from(random(SALT_BYTES));
  const key = await derived(password, salt, cost);
  const { N, r, p } = cost;
  return ['scrypt', N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

export async function isPassword(given: string | undefined, kept: string): Promise<boolean> {
  const [kind, N, r, p, salt = '', key = ''] = kept.split('$');
  if (kind !== 'scrypt' || given === undefined) return false;
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const found = await derived(given, Buffer.from(salt, 'base64url'), cost);
  return timingSafeEqual(found, Buffer.from(key, 'base64url'));
}
