/**
 * Keys of a desk with WebCrypto, written against docs/protocol.md (Keys, and who holds them) and not against the district's own code:
 * the two must agree byte by byte.
 */
import { webcrypto } from 'node:crypto';

const { subtle } = webcrypto;
const ECDH = { name: 'ECDH', namedCurve: 'P-256' } as const;
const ECDSA = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' } as const;

export type Bytes = Uint8Array<ArrayBuffer>;

export const bytesOf = (text: string): Bytes => new Uint8Array(Buffer.from(text));
export const fromBase64 = (text: string): Bytes => new Uint8Array(Buffer.from(text, 'base64'));
export const base64 = (bytes: ArrayBuffer | Uint8Array): string =>
  Buffer.from(bytes as Uint8Array).toString('base64');
export const base64url = (bytes: ArrayBuffer | Uint8Array): string =>
  Buffer.from(bytes as Uint8Array).toString('base64url');
export const sha256 = async (bytes: Bytes): Promise<Bytes> =>
  new Uint8Array(await subtle.digest('SHA-256', bytes));
export const randomNonce = (): string => base64url(webcrypto.getRandomValues(new Uint8Array(16)));

export interface Signer {
  readonly point: string;
  /** First 16 bytes of the point's hash. */
  readonly id: string;
  readonly sign: (text: string) => Promise<string>;
}

export async function newSigner(): Promise<Signer> {
  const { privateKey, publicKey } = await subtle.generateKey(ECDSA, true, ['sign']);
  const point = new Uint8Array(await subtle.exportKey('raw', publicKey));
  return {
    point: base64(point),
    id: base64url((await sha256(point)).subarray(0, 16)),
    sign: async (text) => base64url(await subtle.sign(SIGNING, privateKey, bytesOf(text))),
  };
}

export async function isSigned(point: string, text: string, signature: string): Promise<boolean> {
  const key = await subtle.importKey('raw', fromBase64(point), ECDSA, false, ['verify']);
  return subtle.verify(SIGNING, key, new Uint8Array(Buffer.from(signature, 'base64url')), bytesOf(text));
}

export interface Receiver {
  readonly point: string;
  /** Throws where the box is for somebody or something else. */
  readonly open: (box: string, info: string, bound: readonly string[]) => Promise<Bytes>;
}

export async function newReceiver(): Promise<Receiver> {
  const { privateKey, publicKey } = await subtle.generateKey(ECDH, true, ['deriveBits']);
  return {
    point: base64(await subtle.exportKey('raw', publicKey)),
    open: async (box, info, bound) => {
      const bytes = fromBase64(box);
      const key = await agree(privateKey, bytes.slice(0, 65), info);
      return decrypt(key, bytes.slice(65), [info, ...bound].join('|'));
    },
  };
}

/** `ephemeral point ‖ iv ‖ ciphertext ‖ tag`. */
export async function sealBox(
  content: Bytes,
  receiver: string,
  info: string,
  bound: readonly string[],
): Promise<string> {
  const { privateKey, publicKey } = await subtle.generateKey(ECDH, true, ['deriveBits']);
  const key = await agree(privateKey, fromBase64(receiver), info);
  const point = new Uint8Array(await subtle.exportKey('raw', publicKey));
  return base64(Buffer.concat([point, await encrypt(key, content, [info, ...bound].join('|'))]));
}

export const newSession = (): Promise<webcrypto.CryptoKeyPair> =>
  subtle.generateKey(ECDH, true, ['deriveBits']) as Promise<webcrypto.CryptoKeyPair>;
export const pointOf = async (key: webcrypto.CryptoKey): Promise<string> =>
  base64(await subtle.exportKey('raw', key));

export async function agree(
  privateKey: webcrypto.CryptoKey,
  point: Bytes,
  info: string,
): Promise<webcrypto.CryptoKey> {
  const other = await subtle.importKey('raw', point, ECDH, false, []);
  const secret = await subtle.deriveBits({ name: 'ECDH', public: other }, privateKey, 256);
  return subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: bytesOf(info) },
    await subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']),
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

export const contentKeyOf = (key: Bytes): Promise<webcrypto.CryptoKey> =>
  subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt']);

/** `iv ‖ ciphertext ‖ tag`. */
export async function encrypt(key: webcrypto.CryptoKey, content: Bytes, data: string): Promise<Bytes> {
  const iv = webcrypto.getRandomValues(new Uint8Array(12));
  const sealed = await subtle.encrypt({ name: 'AES-GCM', iv, additionalData: bytesOf(data) }, key, content);
  return new Uint8Array(Buffer.concat([iv, new Uint8Array(sealed)]));
}

async function decrypt(key: webcrypto.CryptoKey, sealed: Bytes, data: string): Promise<Bytes> {
  const algorithm = { name: 'AES-GCM', iv: sealed.slice(0, 12), additionalData: bytesOf(data) };
  return new Uint8Array(await subtle.decrypt(algorithm, key, sealed.slice(12)));
}
