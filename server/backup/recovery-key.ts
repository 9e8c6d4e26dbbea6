/** The key of a backup, from its recovery passphrase: slow on purpose, with parameters that stand in the file. */
import { argon2id } from 'hash-wasm';
import { z } from 'zod';
import type { RandomBytes } from '../../shared/core/id.ts';

export const derivationSchema = z.object({
  name: z.literal('argon2id'),
  salt: z.string().regex(/^[A-Za-z0-9_-]{22}$/),
  /** KiB. */
  memory: z.number().int().min(8).max(4_194_304),
  passes: z.number().int().min(1).max(100),
});
export type Derivation = z.infer<typeof derivationSchema>;

/** A backup lies in drawers for years: more than a PIN's share. */
export const newDerivation = (random: RandomBytes): Derivation => ({
  name: 'argon2id',
  salt: Buffer.from(random(16)).toString('base64url'),
  memory: 128 * 1024,
  passes: 3,
});

export const LEAST_PASSPHRASE = 12;

export const recoveryKey = (passphrase: string, { salt, memory, passes }: Derivation): Promise<Uint8Array> =>
  argon2id({
    password: passphrase.normalize('NFKC'),
    salt: Buffer.from(salt, 'base64url'),
    memorySize: memory,
    iterations: passes,
    parallelism: 1,
    hashLength: 32,
    outputType: 'binary',
  });
