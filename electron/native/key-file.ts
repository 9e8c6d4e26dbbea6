/**
 * keys.json, its copy, and its mirror beside the journal: all that this computer keeps of its keys, wrapped. In clear stand random ids
 * and public keys; names, tokens, addresses and the names of scopes are sealed, so a stolen disk shows nothing. A sum over the whole
 * tells damage from a wrong passphrase and from a lost device secret.
 */
import { createHash } from 'node:crypto';
import { copyFile, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { keyId, point } from '../../shared/protocol/encoding.ts';
import { replaceFile } from './atomic-file.ts';

export const kdfSchema = z.object({
  algorithm: z.literal('argon2id'),
  memoryKiB: z.number().int().min(19_456).max(1_048_576),
  passes: z.number().int().min(2).max(20),
  lanes: z.number().int().min(1).max(8),
  salt: z.base64(),
});
export type KdfParameters = z.infer<typeof kdfSchema>;

/** What one person's passphrase opens here. */
const lockSchema = z.object({
  person: z.string(),
  kdf: kdfSchema,
  /** The user key under the key that passphrase and device secret yield. */
  userKey: z.base64(),
  /** The user key under the words of the recovery sheet. */
  sheet: z.object({ salt: z.base64(), userKey: z.base64() }).optional(),
  /** PKCS8 under the user key. */
  signing: z.base64(),
  signingPoint: point,
  /** Of keys that signed before somebody came back: entries on their way still carry their signatures. */
  formerPoints: z.array(point),
  exchange: z.base64(),
  /** Whether the district holds the user key for the day when the passphrase is forgotten. */
  escrowed: z.boolean(),
  /** The life of the district in which it took what is marked as escrowed: restored, it may have lost that. */
  epoch: z.string(),
  /** Scope, key and lease under the user key. */
  ring: z.array(z.object({ id: keyId, wrapped: z.base64(), escrowed: z.boolean() })),
  /** Names of the scopes left since the district was last told, under the user key. */
  left: z.base64().optional(),
});
export type Lock = z.infer<typeof lockSchema>;

export const unescrowed = (ring: Lock['ring']): Lock['ring'] =>
  ring.map((key) => ({ ...key, escrowed: false }));

const bodySchema = z.object({
  v: z.literal(2),
  /** In clear, because they are needed to come back when the device secret is lost. */
  device: z.string(),
  district: z.string(),
  publicKey: point,
  signingKey: point,
  /** `Belonging`, under the device secret. */
  sealed: z.base64(),
  locks: z.array(lockSchema),
});
export type KeyFileBody = z.infer<typeof bodySchema>;
const fileSchema = z.object({ sum: z.string(), body: z.string() });

export interface KeyPlaces {
  readonly folder: string;
  /** The third copy, outside the folder. */
  readonly mirror: string;
}

const sumOf = (body: string): string => createHash('sha256').update(body).digest('hex');
export const keyFilesIn = ({ folder, mirror }: KeyPlaces): readonly string[] => [
  join(folder, 'keys.json'),
  join(folder, 'keys.copy.json'),
  mirror,
];

/** The body; undefined when this computer was never enrolled; 'damaged' when nothing of it can be read. */
export async function readKeyFile(places: KeyPlaces): Promise<KeyFileBody | undefined | 'damaged'> {
  let missing = 0;
  const paths = keyFilesIn(places);
  for (const path of paths) {
    try {
      const { sum, body } = fileSchema.parse(JSON.parse(await readFile(path, 'utf8')));
      if (sumOf(body) === sum) return bodySchema.parse(JSON.parse(body));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') missing += 1;
    }
  }
  return missing === paths.length ? undefined : 'damaged';
}

/** The first is the commit point; the others follow it, and one of the three is always whole. */
export async function writeKeyFile(places: KeyPlaces, value: KeyFileBody): Promise<void> {
  const body = JSON.stringify(value);
  const text = JSON.stringify({ sum: sumOf(body), body });
  const [first = '', ...others] = keyFilesIn(places);
  await replaceFile(first, text);
  // What is written must not be said to have failed for want of a copy: the next write makes good for it.
  for (const path of others) await replaceFile(path, text).catch(() => undefined);
}

/** Copies what cannot be opened now, before something else takes its place. */
export async function setKeyFilesAside(places: KeyPlaces, stamp: string): Promise<void> {
  for (const path of keyFilesIn(places))
    await copyFile(path, join(places.folder, `${basename(path)}.aside-${stamp}`)).catch(ignoreMissing);
}

export function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
