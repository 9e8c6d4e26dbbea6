/** AES-256-GCM and HKDF-SHA-256 as the vault uses them: `iv (12 bytes) ‖ ciphertext ‖ tag (16 bytes)`, keys that cannot be read back. */
const IV = 12;

export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });
export const encode = (text: string): Bytes => encoder.encode(text) as Bytes;
/** Throws where it is no UTF-8. */
export const decode = (bytes: Bytes): string => decoder.decode(bytes);

export async function sealBytes(key: CryptoKey, plain: Bytes, data: Bytes): Promise<Bytes> {
  const iv = crypto.getRandomValues(new Uint8Array(IV));
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: data }, key, plain);
  const bytes = new Uint8Array(IV + sealed.byteLength);
  bytes.set(iv);
  bytes.set(new Uint8Array(sealed), IV);
  return bytes;
}

/** @returns undefined where the seal is broken */
export async function openBytes(key: CryptoKey, bytes: Bytes, data: Bytes): Promise<Bytes | undefined> {
  const parameters = { name: 'AES-GCM', iv: bytes.subarray(0, IV), additionalData: data };
  const opened = await crypto.subtle.decrypt(parameters, key, bytes.subarray(IV)).catch(() => undefined);
  return opened && new Uint8Array(opened);
}

export const importKey = (raw: Bytes, name: 'AES-GCM' | 'HKDF'): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', raw, name, false, name === 'HKDF' ? ['deriveKey'] : ['encrypt', 'decrypt']);

export const derived = (root: CryptoKey, info: string): Promise<CryptoKey> =>
  crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: encode(info) },
    root,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );

export const sha256 = async (bytes: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));

export function joined(...parts: readonly Uint8Array[]): Bytes {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let start = 0;
  for (const part of parts) {
    bytes.set(part, start);
    start += part.length;
  }
  return bytes;
}
