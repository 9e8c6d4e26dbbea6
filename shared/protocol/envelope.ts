/**
 * A sealed operation as anybody may carry it (security.md §Keys): the content under a key of its own; that key wrapped once to the
 * district (ECDH P-256 with the session's ephemeral key → HKDF-SHA-256 → AES-256-GCM) and once to the author's store.
 *
 * All byte strings are base64. An AES-GCM text is `iv (12 bytes) ‖ ciphertext ‖ tag (16 bytes)`.
 * HKDF: salt empty, info `linli/entry/1`. Associated data everywhere: `linli/entry/1|<device>|<id>`.
 */
import { z } from 'zod';
import { isId } from '../core/id.ts';

const base64 = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[A-Za-z0-9+/]+={0,2}$/);

/** An operation is at most 256 KiB of JSON; base64 makes a third more of it. */
export const MAX_OPERATION_BYTES = 256 * 1024;

export const envelopeSchema = z.object({
  v: z.literal(1),
  id: z.string().refine((value) => isId(value, 'operation')),
  device: z.string().max(64),
  /** The author; only routes the entry to the right reader on this computer. The district trusts what is sealed inside. */
  author: z.string().max(64),
  /** The unlocked session's ephemeral public key, raw uncompressed P-256 point (65 bytes). */
  session: base64(120),
  /** The content key for the district. */
  forDistrict: base64(120),
  /** The content key for the author's store on this device. */
  forStore: base64(120),
  /** The operation's JSON. */
  content: base64(Math.ceil((MAX_OPERATION_BYTES + 64) / 3) * 4),
});

export type Envelope = z.infer<typeof envelopeSchema>;

export const ENTRY_INFO = 'linli/entry/1';
export const entryData = (device: string, id: string): string => `${ENTRY_INFO}|${device}|${id}`;
