/**
 * The chain of one device (sync.md, Devices): every operation that it makes gets the device's next number and is chained to the one
 * before. Each link is signed with its author's key; because a link holds the hash of the one before, the last signature of a run of
 * one author's entries vouches for all of them.
 *
 * hash = SHA-256(`linli/link/1|<device>|<number>|<previous>|<author>|<id>|<commitment>`), base64url.
 * signature = ECDSA P-256 / SHA-256 by the author's signing key over the text of `linkSignedText(hash)`.
 */
import { z } from 'zod';
import { hash, signature } from './encoding.ts';
import type { Envelope } from './envelope.ts';

/** SHA-256 of the raw point, its first 16 bytes in base64url: names a signing key. */
const signingKeyId = z.string().regex(/^[A-Za-z0-9_-]{22}$/);

export const linkSchema = z.object({
  /** The device's own count of operations, from 1, without gaps. */
  number: z.number().int().min(1),
  /** Hash of the link before; 43 `A`s in front of the first one. */
  previous: hash,
  hash,
  key: signingKeyId,
  signature,
});
export type Link = z.infer<typeof linkSchema>;

/** An entry's author has dealt with it: over `settledText`, with any key with which the author signs on this device. */
export const settlementSchema = z.object({ key: signingKeyId, signature });
export type Settlement = z.infer<typeof settlementSchema>;

export const CHAIN_START = 'A'.repeat(43);

export const linkText = (
  { device, author, id, commitment }: Pick<Envelope, 'device' | 'author' | 'id' | 'commitment'>,
  { number, previous }: Pick<Link, 'number' | 'previous'>,
): string => `linli/link/1|${device}|${number}|${previous}|${author}|${id}|${commitment}`;

export const linkSignedText = (hashOfLink: string): string => `linli/link-signature/1|${hashOfLink}`;

export const settledText = (hashOfLink: string): string => `linli/settled/1|${hashOfLink}`;
