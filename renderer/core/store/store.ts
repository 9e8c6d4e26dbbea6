/**
 * What the engine asks of the store; `sealed-store.ts` keeps it. One store a computer, for everybody who uses it: a person sees what
 * the keys in the vault open, and rows under other keys lie untouched beside it.
 */
import type { Draft } from '../desk.ts';
import type { Base } from './base.ts';
import type { Kept } from './kept-operation.ts';
import type { StoreState } from './state.ts';

/** Measured (performance.md): 64 records a block keep single blocks short and 100 000 records quick. */
export const BLOCK = 64;
/** Of everything on disk. What a newer app has written is read as far as it is understood, and not touched (sync.md S11). */
export const FORMAT = 4;
/** Why `keepDraft` rejects there, and `load` where nothing can be read at all; every other writing does nothing. */
export const NEWER_STORE = 'newer-store';

export interface Loading {
  /** Comes first: sequences compare only within its epoch. */
  readonly begin?: (state: StoreState) => void;
  /** Several times; a record comes once for each scope through which it is here, and may come again in a newer state. */
  readonly take: (bases: readonly Base[]) => void;
  /** Part of it that is done, 0 to 1. */
  readonly onProgress?: ((part: number) => void) | undefined;
}

export interface Loaded {
  /** With the cursors of all scopes whose key is in the vault, whoever pulled them. */
  readonly state: StoreState;
  /** Journal lines that the mirror contains for this person; 0 has them all read again. */
  readonly mirrored: number;
  /**
   * Everybody's operations that open here, in the device's order. Those of others stay until their authors have let them go
   * (`contained`), so the bases may contain some of them already.
   */
  readonly operations: readonly Kept[];
  readonly drafts: readonly Draft[];
  /** Rows that should open and do not. They are dropped with the cursors of their scopes, which are pulled again. */
  readonly damaged: number;
  /** A newer app has written here: nothing is written, and what this one does not understand lies untouched. */
  readonly isNewer: boolean;
}

export interface LoadedScopes {
  /** Of the asked scopes, where somebody on this computer has pulled them before. */
  readonly cursors: StoreState['cursors'];
  readonly damaged: number;
}

export interface Page {
  /** Each record once for each scope through which it is kept; also in a known state where it is new to that scope. */
  readonly bases: readonly Base[];
  /** What has left a scope. */
  readonly removed?: readonly { readonly scope: string; readonly id: string }[];
  readonly state: StoreState;
  /** Local operations that these records contain. The person's own ones leave the mirror for the archive. */
  readonly contained: readonly Kept[];
}

export interface Store {
  /** Everything whose key is in the vault. */
  readonly load: (loading: Loading) => Promise<Loaded>;
  /** What lies here of scopes whose keys came into the vault afterwards: a lease renewed, a scope gained. */
  readonly loadScopes: (scopes: readonly string[], take: Loading['take']) => Promise<LoadedScopes>;
  /** Throws where the vault has no key for a base's scope. */
  readonly keepPage: (page: Page) => Promise<void>;
  readonly keepState: (state: StoreState) => Promise<void>;
  readonly keepOperations: (operations: readonly Kept[], mirrored?: number) => Promise<void>;
  /** Local operations about a record that the district's records contain already. */
  readonly containedOf: (record: string) => Promise<readonly Kept[]>;
  /** @param via a scope through which the record is here */
  readonly keepHistory: (record: string, via: string, text: string) => Promise<void>;
  readonly historyOf: (record: string, via: readonly string[]) => Promise<string | undefined>;
  readonly keepDraft: (draft: Draft) => Promise<void>;
  readonly dropDraft: (key: string) => Promise<void>;
  /**
   * Lets go of scopes that this person has lost.
   * @param gone keys that nobody on this computer holds any more: all their rows go; what others still read stays
   */
  readonly forgetScopes: (scopes: readonly string[], gone: readonly string[]) => Promise<void>;
  /** Moves single changes into blocks; `baseOf` says what memory holds. */
  readonly fold: (baseOf: BaseOf) => Promise<void>;
  /** Rows that lie outside a block or beside their block. */
  readonly loose: () => number;
  /** How often anything that matters was ever written here; grows with every such transaction. */
  readonly writings: () => number;
  readonly close: () => Promise<void>;
}

/** What memory holds of a record that is here through this scope; undefined where it is not. */
export type BaseOf = (record: string, via: string) => Base | undefined;
