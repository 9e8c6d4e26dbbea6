/**
 * The rows on disk, as little of a database as the store needs: read a table, write several tables in one transaction. What is in
 * `bytes` is sealed; everything beside it is a random id or a sequence (security.md: nothing else in the clear).
 */
export const TABLES = ['blocks', 'changes', 'journal', 'archive', 'history', 'drafts', 'meta'] as const;
export type Table = (typeof TABLES)[number];

export interface Row {
  readonly key: string;
  /** Grows with every writing of the row; part of what its seal binds. */
  readonly version: number;
  /** Id of the key that it is sealed under (`k_…`); a person's id for what is his alone; empty for what is everybody's. */
  readonly scope: string;
  /** The record that an operation is about. */
  readonly record?: string;
  readonly bytes: Uint8Array;
}

export interface Writing {
  readonly table: Table;
  readonly put?: readonly Row[];
  readonly drop?: readonly string[];
}

export interface Database {
  readonly all: (table: Table) => Promise<readonly Row[]>;
  /** The same a stretch at a time, the next one being fetched meanwhile. */
  readonly stretches: (table: Table) => AsyncIterable<readonly Row[]>;
  readonly get: (table: Table, key: string) => Promise<Row | undefined>;
  readonly ofRecord: (table: 'archive', record: string) => Promise<readonly Row[]>;
  /** One transaction: all of it or nothing, in the order given. */
  readonly write: (writings: readonly Writing[]) => Promise<void>;
  readonly close: () => Promise<void>;
}
