/** Electron's safeStorage as the key store, where it really is one: Linux without a keyring only scrambles with a fixed password. */
import { safeStorage } from 'electron';
import type { KeyStore } from './device-secret.ts';

export function osKeyStore(): KeyStore {
  const newer = safeStorage as Partial<Pick<typeof safeStorage, 'getSelectedStorageBackend'>>;
  const backend = process.platform === 'linux' ? newer.getSelectedStorageBackend?.() : undefined;
  const available = safeStorage.isEncryptionAvailable() && backend !== 'basic_text' && backend !== 'unknown';
  return {
    available,
    encrypt: (text) => safeStorage.encryptString(text),
    decrypt: (sealed) => safeStorage.decryptString(sealed),
  };
}
