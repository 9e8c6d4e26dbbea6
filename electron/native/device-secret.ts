/**
 * DSK: 32 random bytes that never leave this computer. The operating system's key store guards them (safeStorage) where there is
 * one; else they lie in a file that only this account may read, and the passphrase has to carry the weight (decision 4).
 */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { replaceFile } from './atomic-file.ts';

/** The part of Electron's safeStorage that is needed, after feature detection. */
export interface KeyStore {
  readonly available: boolean;
  readonly encrypt: (text: string) => Buffer;
  readonly decrypt: (sealed: Buffer) => string;
}

export interface DeviceSecret {
  readonly bytes: Uint8Array;
  readonly inKeyStore: boolean;
}

const stored = z.object({ v: z.literal(1), kept: z.enum(['key-store', 'file']), secret: z.base64() });

/** Undefined when there is a secret that cannot be read here: a copied profile, a changed account, damage. */
export async function openDeviceSecret(
  folder: string,
  keyStore: KeyStore,
): Promise<DeviceSecret | undefined> {
  const path = join(folder, 'device-secret.json');
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return keep(path, randomBytes(32), keyStore);
  try {
    const { kept, secret } = stored.parse(JSON.parse(text));
    const inFile = kept === 'file';
    const bytes = inFile
      ? Buffer.from(secret, 'base64')
      : Buffer.from(keyStore.decrypt(Buffer.from(secret, 'base64')), 'base64');
    if (bytes.length !== 32) return undefined;
    // A key store that came later takes the secret over; people then may go on with their passphrases.
    return inFile && keyStore.available ? await keep(path, bytes, keyStore) : { bytes, inKeyStore: !inFile };
  } catch {
    return undefined;
  }
}

/** A fresh secret in place of one that cannot be read. The caller has set aside what the old one locked. */
export const renewDeviceSecret = (folder: string, keyStore: KeyStore): Promise<DeviceSecret> =>
  keep(join(folder, 'device-secret.json'), randomBytes(32), keyStore);

async function keep(path: string, bytes: Buffer, keyStore: KeyStore): Promise<DeviceSecret> {
  const inKeyStore = keyStore.available;
  const text = bytes.toString('base64');
  const secret = inKeyStore ? keyStore.encrypt(text).toString('base64') : text;
  await replaceFile(path, JSON.stringify({ v: 1, kept: inKeyStore ? 'key-store' : 'file', secret }));
  return { bytes, inKeyStore };
}
