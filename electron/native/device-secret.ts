/**
 * DSK: 32 random bytes that never leave this computer. The operating system's key store guards them (safeStorage) where there is one;
 * else they lie in a file that only this account may read, and the passphrase has to carry the weight (decision 4).
 *
 * A secret that cannot be read may be readable tomorrow (a keyring that was not unlocked in time), so it is never overwritten: a fresh
 * one begins as the next one beside it, and takes its place, the old one set aside, only when somebody was admitted under it.
 */
import { randomBytes } from 'node:crypto';
import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { replaceFile, syncFolder } from './atomic-file.ts';
import { ignoreMissing } from './key-file.ts';

/** The part of Electron's safeStorage that is needed, after feature detection. */
export interface KeyStore {
  readonly available: boolean;
  readonly encrypt: (text: string) => Buffer;
  readonly decrypt: (sealed: Buffer) => string;
}

export interface DeviceSecret {
  readonly bytes: Uint8Array;
  readonly inKeyStore: boolean;
  readonly isNext: boolean;
}

const stored = z.object({ v: z.literal(1), kept: z.enum(['key-store', 'file']), secret: z.base64() });
const pathOf = (folder: string, isNext: boolean): string =>
  join(folder, isNext ? 'device-secret.next.json' : 'device-secret.json');

/** Those that can be read here, the one in force first. */
export async function readDeviceSecrets(
  folder: string,
  keyStore: KeyStore,
): Promise<readonly DeviceSecret[]> {
  const found = [await secretIn(folder, false, keyStore), await secretIn(folder, true, keyStore)];
  return found.flatMap((secret) => secret ?? []);
}

async function secretIn(
  folder: string,
  isNext: boolean,
  keyStore: KeyStore,
): Promise<DeviceSecret | undefined> {
  const text = await readFile(pathOf(folder, isNext), 'utf8').catch(ignoreMissing);
  if (text === undefined) return undefined;
  try {
    const { kept, secret } = stored.parse(JSON.parse(text));
    const inFile = kept === 'file';
    const bytes = inFile
      ? Buffer.from(secret, 'base64')
      : Buffer.from(keyStore.decrypt(Buffer.from(secret, 'base64')), 'base64');
    if (bytes.length !== 32) return undefined;
    // A key store that came later takes the secret over; people go on with their passphrases.
    const here = { bytes, inKeyStore: !inFile, isNext };
    if (!inFile || !keyStore.available) return here;
    return await keep(folder, isNext, bytes, keyStore).catch(() => here);
  } catch {
    return undefined;
  }
}

export const makeNextSecret = (folder: string, keyStore: KeyStore): Promise<DeviceSecret> =>
  keep(folder, true, randomBytes(32), keyStore);

/** From now on the next secret is the one in force. */
export async function promoteNextSecret(folder: string, stamp: string): Promise<void> {
  const path = pathOf(folder, false);
  await rename(path, `${path}.aside-${stamp}`).catch(ignoreMissing);
  await rename(pathOf(folder, true), path);
  await syncFolder(folder);
}

async function keep(
  folder: string,
  isNext: boolean,
  bytes: Buffer,
  keyStore: KeyStore,
): Promise<DeviceSecret> {
  const inKeyStore = keyStore.available;
  const text = bytes.toString('base64');
  const secret = inKeyStore ? keyStore.encrypt(text).toString('base64') : text;
  const content = JSON.stringify({ v: 1, kept: inKeyStore ? 'key-store' : 'file', secret });
  await replaceFile(pathOf(folder, isNext), content);
  return { bytes, inKeyStore, isNext };
}
