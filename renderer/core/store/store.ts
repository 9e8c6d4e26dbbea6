/** What the engine asks of the store; `sealed-store.ts` keeps it. */
import type { Draft } from '../desk.ts';
import type { Base } from './block.ts';
import type { Kept } from './kept-operation.ts';
import type { StoreState } from './state.ts';

/** Measured (performance.md): 64 records a block keep single blocks short and 100 000 records quick. */
export const BLOCK = 64;
/** Of everything on disk. What a newer app has written is not touched (sync.md S11). */
export const FORMAT = 1;
export const NEWER_STORE = 'newer-store';
export interface Loading {
  /** Comes first: sequences compare only within its epoch. */
  readonly begin?: (state: StoreState) => void;
  /** Several times; a record may come again in a newer state. */
  readonly take: (bases: readonly Base[]) => void;
  /** Part of it that is done, 0 to 1. */
  readonly onProgress?: ((part: number) => void) | undefined;
}

export interface Loaded {
  readonly state: StoreState;
  /** Journal lines that the mirror contains. */
  readonly mirrored: number;
  readonly operations: readonly Kept[];
  readonly drafts: readonly Draft[];
  /** Rows whose seal is broken: their scopes are pulled again. */
  readonly damaged: number;
}

export interface Page {
  readonly bases: readonly Base[];
  readonly state: StoreState;
  /** Own operations that these records contain. */
  readonly contained: readonly Kept[];
}

export interface Store {
  readonly load: (loading: Loading) => Promise<Loaded>;
  readonly keepPage: (page: Page) => Promise<void>;
  readonly keepState: (state: StoreState) => Promise<void>;
  readonly keepOperations: (operations: readonly Kept[], mirrored?: number) => Promise<void>;
  /** Own operations about a record that the district's records contain already. */
  readonly containedOf: (record: string) => Promise<readonly Kept[]>;
  readonly keepHistory: (record: string, text: string) => Promise<void>;
  readonly historyOf: (record: string) => Promise<string | undefined>;
  readonly keepDraft: (draft: Draft) => Promise<void>;
  readonly dropDraft: (key: string) => Promise<void>;
  /** Lets go of records that this person may no longer read. */
  readonly forget: (records: readonly string[], state: StoreState, baseOf: BaseOf) => Promise<void>;
  /** Moves single changes into blocks; `baseOf` says what memory holds. */
  readonly fold: (baseOf: BaseOf) => Promise<void>;
  /** Records that lie outside a block or beside their block. */
  readonly loose: () => number;
  readonly close: () => Promise<void>;
}

export type BaseOf = (record: string) => Base | undefined;
