/**
 * A sealed operation as anybody may carry it (security.md §Keys): the content under a key of its own, and that key wrapped three times:
 * to the district (ECDH P-256 with the session's ephemeral key → HKDF-SHA-256 → AES-256-GCM), to the scope of the record, so that its
 * readers on this computer can rebuild the store, and to its author, who keeps reading his own words when a scope is lost (decision 7).
 *
 * All byte strings are base64. An AES-GCM text is `iv (12 bytes) ‖ ciphertext ‖ tag (16 bytes)`.
 * HKDF: salt empty, info `linli/entry/2`. Associated data everywhere: `linli/entry/2|<device>|<author>|<id>`.
 * Content: `salt (16 random bytes) ‖ the operation's JSON in UTF-8`.
 * Commitment: SHA-256(`linli/commitment/1|` ‖ salt ‖ SHA-256(JSON)), base64url: what the chain holds of a content. When a content is
 * erased by law, its salt goes with it: the chain still verifies, and nobody can guess the content back.
 */
import { z } from 'zod';
import { isId } from '../core/id.ts';
import { base64, hash, keyId } from './encoding.ts';

/** An operation is at most 256 KiB of JSON; base64 makes a third more of it. */
export const MAX_OPERATION_BYTES = 256 * 1024;
export const SALT_BYTES = 16;

export const envelopeSchema = z.object({
  v: z.literal(2),
  id: z.string().refine((value) => isId(value, 'operation')),
  device: z.string().max(64),
  /** Routes the entry on this computer and says whose signature its link carries; the district compares it with what is sealed. */
  author: z.string().max(64),
  /** The unlocked session's ephemeral public key, raw uncompressed P-256 point (65 bytes). */
  session: base64(120),
  /** The content key for the district. */
  forDistrict: base64(120),
  /** The content key under the key of the record's scope on this device; absent where the author has none. */
  forScope: z.object({ key: keyId, wrapped: base64(120) }).optional(),
  /** The content key under the author's own key. */
  forAuthor: base64(120),
  commitment: hash,
  /** Sealed files of attachments that lie on its computer and that it names: they follow it. The district reads its own out of the content. */
  files: z.array(hash).max(200).optional(),
  content: base64(Math.ceil((MAX_OPERATION_BYTES + 128) / 3) * 4),
});

export type Envelope = z.infer<typeof envelopeSchema>;

export const ENTRY_INFO = 'linli/entry/2';
export const COMMITMENT_INFO = 'linli/commitment/1|';
export const entryData = ({ device, author, id }: Pick<Envelope, 'device' | 'author' | 'id'>): string =>
  `${ENTRY_INFO}|${device}|${author}|${id}`;
