/** What the parts of the store share. */
import type { Vault } from '../vault/vault.ts';
import type { CursorRows, Moved } from './cursor-rows.ts';
import type { Writing } from './database.ts';
import type { Layout } from './layout.ts';
import type { Guarded } from './newer-store.ts';
import type { SealedRows } from './sealed-rows.ts';
import type { StateRows } from './state-rows.ts';
import type { Unfolded } from './unfolded.ts';

export interface Parts {
  readonly database: Guarded;
  readonly vault: Vault;
  readonly rows: SealedRows;
  readonly states: StateRows;
  readonly cursors: CursorRows;
  readonly layout: Layout;
  readonly texts: Unfolded;
  /** Gives the screen its turn between two pieces of work. */
  readonly pause: () => Promise<void>;
}

/** One transaction, with the state where it has moved. */
export async function write({ database }: Parts, writings: readonly Writing[], moved?: Moved): Promise<void> {
  await database.write(moved ? [...writings, { table: 'meta', put: moved.rows }] : writings);
  moved?.written();
}
