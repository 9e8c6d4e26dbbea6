/**
 * The only place of the window that seals and opens (architecture.md law 3). A row of the store is sealed under the key of its scope on
 * this device, or, where it belongs to one person alone (drafts, the state of his store), under that person's own key. Operations are
 * sealed as envelopes that anybody may carry (shared/protocol/envelope.ts).
 *
 * Associated data binds every row to its place, so that rows cannot be swapped: format, store, kind, id, version, key id.
 */
import type { ScopeKey } from '../../../shared/bridge.ts';
import type { Operation } from '../../../shared/core/operation.ts';
import type { Envelope } from '../../../shared/protocol/envelope.ts';

/** Where a sealed row lies. */
export interface Place {
  /** Id of the key that it is sealed under: of a scope (`k_…`), or of the person (their id). Stands beside the row in clear. */
  readonly key: string;
  readonly kind: string;
  readonly id: string;
  readonly version: number;
}

export interface Vault {
  /** Key id of what belongs to the unlocked person alone: their id. */
  readonly own: string;
  /** Key id of a scope; undefined where its key is not here. */
  readonly keyOf: (scope: string) => string | undefined;
  /** The scope of a key id; undefined where the key is not here. */
  readonly scopeOf: (key: string) => string | undefined;
  readonly scopes: () => readonly string[];
  readonly admit: (keys: readonly ScopeKey[]) => Promise<void>;
  readonly forget: (scopes: readonly string[]) => void;

  /** Throws where the place's key is not here: callers ask `keyOf` first. A text is sealed in UTF-8. */
  readonly seal: (content: string | Uint8Array, place: Place) => Promise<Uint8Array>;
  /** @returns undefined where the bytes are damaged, moved, or the key is not here */
  readonly open: (bytes: Uint8Array, place: Place) => Promise<string | undefined>;
  /** The same, before it is read as a text; one of two parts comes with its parts as they lie (apart.ts). */
  readonly openBytes: (bytes: Uint8Array, place: Place) => Promise<Uint8Array | undefined>;
  /** @param scope of the record; its readers on this computer can open the entry, where the key is here */
  readonly sealOperation: (operation: Operation, scope: string | undefined) => Promise<Envelope>;
  /** @returns undefined where it is damaged, or neither mine nor of a scope whose key is here */
  readonly openOperation: (envelope: Envelope) => Promise<Operation | undefined>;
  /** Ends the thread that seals for it. Nothing is asked of it any more. */
  readonly close: () => void;
}
