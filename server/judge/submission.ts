/**
 * What reaches the judge: an operation with the digest of its content, or the reason why what was sealed is none. Envelopes are
 * opened before (`open-envelope.ts`); the demo and the administrator's commands come in here directly.
 */
import { createHash } from 'node:crypto';
import type { Operation } from '../../shared/core/operation.ts';
import type { Refusal } from '../../shared/core/refusal.ts';

export interface Submission {
  readonly id: string;
  readonly author: string;
  readonly device: string;
  readonly digest: string;
  readonly text: string;
  /** The operation, or why there is none. */
  readonly content:
    | { readonly kind: 'operation'; readonly operation: Operation }
    | { readonly kind: 'refused' | 'held'; readonly reason: Refusal };
}

export const digestOf = (content: Uint8Array | string): string =>
  createHash('sha256').update(content).digest('base64url');

export function submissionOf(operation: Operation): Submission {
  const text = JSON.stringify(operation);
  const { id, author, device } = operation;
  return { id, author, device, digest: digestOf(text), text, content: { kind: 'operation', operation } };
}
