/**
 * keys.json and its copy: what this computer knows of its district, its people and their wrapped keys. Names and tokens are sealed
 * under the device secret, so a stolen disk shows opaque ids only. A sum over the whole tells damage from a wrong passphrase.
 */
import { createHash } from 'node:crypto';
import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { replaceFile } from './atomic-file.ts';

export const kdfSchema = z.object({
  algorithm: z.literal('argon2id'),
  memoryKiB: z.number().int().min(19_456).max(1_048_576),
  passes: z.number().int().min(2).max(20),
  lanes: z.number().int().min(1).max(8),
  salt: z.base64(),
});
export type KdfParameters = z.infer<typeof kdfSchema>;

const lockSchema = z.object({
  person: z.string(),
  kdf: kdfSchema,
  /** The user key under the key that passphrase and device secret yield. */
  userKey: z.base64(),
  /** The person's token under the user key. */
  token: z.base64(),
});
export type Lock = z.infer<typeof lockSchema>;

const bodySchema = z.object({ v: z.literal(1), sealed: z.base64(), locks: z.array(lockSchema) });
export type KeyFileBody = z.infer<typeof bodySchema>;
const fileSchema = z.object({ sum: z.string(), body: z.string() });

const sumOf = (body: string): string => createHash('sha256').update(body).digest('hex');
const NAMES = ['keys.json', 'keys.copy.json'] as const;

/** The body; undefined when this computer was never enrolled; 'damaged' when neither copy can be read. */
export async function readKeyFile(folder: string): Promise<KeyFileBody | undefined | 'damaged'> {
  let missing = 0;
  for (const name of NAMES) {
    try {
      const { sum, body } = fileSchema.parse(JSON.parse(await readFile(join(folder, name), 'utf8')));
      if (sumOf(body) === sum) return bodySchema.parse(JSON.parse(body));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') missing += 1;
    }
  }
  return missing === NAMES.length ? undefined : 'damaged';
}

/** The copy follows only after the first is durable: one of them is always whole. */
export async function writeKeyFile(folder: string, value: KeyFileBody): Promise<void> {
  const body = JSON.stringify(value);
  for (const name of NAMES) await replaceFile(join(folder, name), JSON.stringify({ sum: sumOf(body), body }));
}

/** Keeps what cannot be read before something else takes its name. */
export async function setKeyFileAside(folder: string, stamp: string): Promise<void> {
  for (const name of NAMES)
    await rename(join(folder, name), join(folder, `${name}.damaged-${stamp}`)).catch(() => undefined);
}
