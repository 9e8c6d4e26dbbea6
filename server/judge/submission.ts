/**
 * What reaches the judge: an operation with the digest of its content, or the reason why what was sealed is none, and its place in the
 * device's chain. Envelopes are opened and signatures checked before (`open-envelope.ts`); the demo and the administrator's commands
 * come in here directly, without a link.
 */
import { createHash } from 'node:crypto';
import type { Operation } from '../../shared/core/operation.ts';
import type { Refusal } from '../../shared/core/refusal.ts';
import type { Verdict } from '../../shared/protocol/messages.ts';
import type { Said } from '../ledger/said.ts';

export interface Submission {
  readonly id: string;
  readonly author: string;
  readonly device: string;
  readonly digest: string;
  readonly text: string;
  readonly link: {
    readonly number: number;
    readonly previous: string;
    readonly hash: string;
    /** Names the author's signing key; the signature over the link; and, base64, the salt of the content, unless that was no content. */
    readonly key: string;
    readonly signature: string;
    readonly salt: string | null;
    /** The entry as it came, to be kept where it is another branch of the chain. */
    readonly entry: string;
  } | null;
  /** Closes a gap of the chain and takes no effect: its author has dealt with it. */
  readonly settled?: boolean;
  /** Its desk sent it to a former life of the district: it arrives late. */
  readonly late?: boolean;
  /** The device was revoked: nothing takes effect before a supervisor has looked at it. */
  readonly revoked?: boolean;
  /** The district's own word in a former life, proven by its receipt. */
  readonly earlier?: Said | undefined;
  /** The operation, or why there is none. */
  readonly content:
    | { readonly kind: 'operation'; readonly operation: Operation }
    | { readonly kind: 'refused' | 'held'; readonly reason: Refusal };
}

/** What comes of a submission: a verdict; or nothing, because of a gap before it or a second branch. */
export type Outcome =
  | { readonly kind: 'judged'; readonly verdict: Verdict }
  /** The chain goes on at this number, behind the link with this hash. */
  | { readonly kind: 'gap'; readonly expects: number; readonly previous: string }
  | { readonly kind: 'forked' };

export const digestOf = (content: Uint8Array | string): string =>
  createHash('sha256').update(content).digest('base64url');

export function submissionOf(operation: Operation): Submission {
  const text = JSON.stringify(operation);
  const { id, author, device } = operation;
  const content = { kind: 'operation' as const, operation };
  return { id, author, device, digest: digestOf(text), text, link: null, content };
}
