/**
 * Files of attachments, sealed piece by piece under a key of their own that stands in the record (docs/protocol.md): whoever may read the
 * record opens the file, on every desk alike. A key seals one file, once, so a counter is a safe iv.
 */
import { paddedSize, PIECE, piecesOf, sealedSize, TAG } from '../../../shared/core/attachment/sealed-size.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { encode, importKey, sha256, type Bytes } from './ciphers.ts';

export interface SealedFile {
  readonly bytes: Bytes;
  /** Base64url, and so are the hashes. */
  readonly key: string;
  readonly id: string;
}

/** The sealed bytes, the key that opens them, and the hash of the content. */
export async function sealFile(content: Bytes): Promise<SealedFile> {
  const raw = crypto.getRandomValues(new Uint8Array(32));
  const key = await importKey(raw, 'AES-GCM');
  const count = piecesOf(content.length);
  const padded = paddedSize(content.length);
  const bytes = new Uint8Array(sealedSize(content.length));
  for (let index = 0; index < count; index++) {
    const from = index * PIECE;
    const piece = new Uint8Array(Math.min(PIECE, padded - from));
    piece.set(content.subarray(from, from + PIECE));
    const sealed = await crypto.subtle.encrypt(parametersOf(index, count), key, piece);
    bytes.set(new Uint8Array(sealed), index * (PIECE + TAG));
  }
  return { bytes, key: urlSafe(raw), id: urlSafe(await sha256(content)) };
}

/** @returns undefined where it is not the file that the record means */
export async function openFile(
  sealed: Bytes,
  { key: text, id, size }: { readonly key: string; readonly id: string; readonly size: number },
): Promise<Bytes | undefined> {
  if (sealed.length !== sealedSize(size)) return undefined;
  const key = await importKey(fromBase64(ordinary(text)), 'AES-GCM');
  const count = piecesOf(size);
  const content = new Uint8Array(paddedSize(size));
  for (let index = 0; index < count; index++) {
    const piece = sealed.subarray(index * (PIECE + TAG), (index + 1) * (PIECE + TAG));
    const opened = await crypto.subtle.decrypt(parametersOf(index, count), key, piece).catch(() => undefined);
    if (!opened) return undefined;
    content.set(new Uint8Array(opened), index * PIECE);
  }
  const file = content.subarray(0, size);
  return urlSafe(await sha256(file)) === id ? file : undefined;
}

function parametersOf(index: number, count: number): AesGcmParams {
  const iv = new Uint8Array(12);
  new DataView(iv.buffer).setUint32(8, index);
  return { name: 'AES-GCM', iv, additionalData: encode(`linli/file/1|${index}|${count}`) };
}

const urlSafe = (bytes: Bytes): string =>
  toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const ordinary = (text: string): string =>
  `${text.replaceAll('-', '+').replaceAll('_', '/')}${'='.repeat((4 - (text.length % 4)) % 4)}`;
