/**
 * Cheap stand-ins for keys: what is "signed" can be checked, and what is "sealed" lies open. Hashes are real, so that the chain of a
 * device is the one that the district computes.
 */
import { createHash, hash } from 'node:crypto';
import type { Purpose } from '../../../shared/protocol/sealed-box.ts';
import type { DistrictKeys } from '../../../server/keys.ts';

export const sha256 = (text: string | Uint8Array): string => hash('sha256', text, 'base64url');

/** A world has few keys, and asks for each of them thousands of times; what is signed is looked at soon after, or never again. */
function remembered(make: (words: string) => string, most = 1000): (words: string) => string {
  const made = new Map<string, string>();
  return (words) => {
    const known = made.get(words);
    if (known !== undefined) return known;
    if (made.size === most) made.clear();
    const fresh = make(words);
    made.set(words, fresh);
    return fresh;
  };
}

/** In the shape of a raw P-256 point, base64; the same for the same words. */
export const plainPoint = remembered(
  (words) => `B${createHash('sha512').update(words).digest('base64').slice(0, 86)}=`,
);

/** First 16 bytes of SHA-256 of the raw point (shared/protocol/link.ts). */
export const plainKeyId = remembered((point) =>
  createHash('sha256').update(Buffer.from(point, 'base64')).digest().subarray(0, 16).toString('base64url'),
);

/** Whoever knows the public key can make it: good enough where nobody forges on purpose. */
const signature = remembered((words) => sha256(`1|${words}`) + sha256(`2|${words}`));
export const plainSignature = (point: string, text: string): string => signature(`${point}|${text}`);

/** Says in clear what it is bound to, and holds the content beside it. */
export const sealPlainBox = (content: Uint8Array, { data }: Purpose): string =>
  Buffer.concat([Buffer.from(`${data}\n`), content]).toString('base64');

export function openPlainBox(box: string, { data }: Purpose): Uint8Array<ArrayBuffer> | undefined {
  const bytes = Buffer.from(box, 'base64');
  const mark = Buffer.from(`${data}\n`);
  const isBound = bytes.subarray(0, mark.length).equals(mark);
  return isBound ? new Uint8Array(bytes.subarray(mark.length)) : undefined;
}

export const DISTRICT_POINT = plainPoint('district');

/** In the place of everything cryptographic that the district does. */
export const plainDistrictKeys: DistrictKeys = {
  publicKey: plainPoint('district exchange'),
  signingKey: DISTRICT_POINT,
  open: async ({ content }) => new Uint8Array(Buffer.from(content, 'base64')),
  openBox: openPlainBox,
  sealBox: (content, _receiver, purpose) => sealPlainBox(content, purpose),
  sign: (text) => plainSignature(DISTRICT_POINT, text),
  verify: (text, signature, point) => signature === plainSignature(point, text),
  hash: sha256,
  mac: (text) => sha256(`mac|${text}`),
};
