/**
 * The only place of the window that seals and opens (architecture.md law 3). Rows of the store are sealed under a key derived from
 * the user key; operations are sealed as envelopes that anybody may carry: their content under a key of its own, which is wrapped to
 * the district and to the author's store (shared/protocol/envelope.ts). One key for all scopes of a user for now.
 *
 * Associated data binds every row to its place, so that rows cannot be swapped: format, store, scope, kind, id, version, key id.
 */
import type { Operation } from '../../../shared/core/operation.ts';
import type { Envelope } from '../../../shared/protocol/envelope.ts';

/** Where a sealed row lies. */
export interface Place {
  /** Opaque number of the scope; 0 for what belongs to the user alone. */
  readonly scope: number;
  readonly kind: string;
  readonly id: string;
  readonly version: number;
}

export interface Vault {
  readonly seal: (text: string, place: Place) => Promise<Uint8Array>;
  /** @returns undefined where the bytes are damaged, moved or under another key */
  readonly open: (bytes: Uint8Array, place: Place) => Promise<string | undefined>;
  readonly sealOperation: (operation: Operation) => Promise<Envelope>;
  /** @returns undefined where it is damaged or somebody else's */
  readonly openOperation: (envelope: Envelope) => Promise<Operation | undefined>;
}
