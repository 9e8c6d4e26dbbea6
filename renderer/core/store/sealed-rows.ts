/**
 * Rows as they lie on disk: sealed for their place, so that none can stand for another, and opened again. A row under a key that is not
 * here is somebody else's and is never touched; one under a key that is here and that does not open is damaged.
 */
import type { Place, Vault } from '../vault/vault.ts';
import type { Base } from './base.ts';
import { packBlock } from './block.ts';
import type { Row, Table } from './database.ts';
import { keptIn, type Kept } from './kept-operation.ts';
import type { Tallied } from './tally.ts';

export interface OpenedRow {
  readonly row: Row;
  /** Undefined where the seal is broken. */
  readonly plain: Uint8Array | undefined;
  /** How much of the table comes before it, 0 to 1. */
  readonly part: number;
}

export interface SealedRows {
  readonly sealed: (table: Table, row: Omit<Row, 'bytes'>, content: string | Uint8Array) => Promise<Row>;
  readonly opened: (table: Table, row: Row) => Promise<string | undefined>;
  readonly openedBytes: (table: Table, row: Row) => Promise<Uint8Array | undefined>;
  /** The rows of some keys, in the order of the table; all of them are shown to `see` before. */
  readonly each: (
    table: 'blocks' | 'changes',
    isAsked: (key: string) => boolean,
    see?: (row: Row) => void,
  ) => AsyncIterable<OpenedRow>;
  /** @param bases of one group */
  readonly ofBlock: (key: string, version: number, bases: readonly Base[]) => Promise<Row>;
  readonly ofChange: (base: Base) => Promise<Row>;
  /** Nothing where it is somebody else's. */
  readonly keptIn: (row: Row) => Promise<Kept | 'damaged' | undefined>;
}

/** Of a row that belongs to a record in one scope. */
export const rowKey = (record: string, key: string): string => `${record}@${key}`;

interface Sealing {
  readonly database: Pick<Tallied, 'stretches' | 'expected'>;
  readonly vault: Vault;
}

export function createSealedRows({ database, vault }: Sealing): SealedRows {
  const keyFor = (via: string): string => {
    const key = vault.keyOf(via);
    if (key === undefined) throw new Error('no key for this scope');
    return key;
  };
  async function sealed(table: Table, row: Omit<Row, 'bytes'>, content: string | Uint8Array): Promise<Row> {
    const { scope, key: id, version } = row;
    return { ...row, bytes: await vault.seal(content, { key: scope, kind: table, id, version }) };
  }
  const placeOf = (table: Table, { scope, key: id, version }: Row): Place => ({
    key: scope,
    kind: table,
    id,
    version,
  });
  const openedBytes = (table: Table, row: Row): Promise<Uint8Array | undefined> =>
    vault.openBytes(row.bytes, placeOf(table, row));

  return {
    sealed,
    opened: (table, row) => vault.open(row.bytes, placeOf(table, row)),
    openedBytes,
    async *each(table, isAsked, see) {
      const expected = await database.expected();
      let read = 0;
      for await (const stretch of database.stretches(table)) {
        if (see) stretch.forEach(see);
        const asked = stretch.filter(({ scope }) => isAsked(scope));
        const plain = await Promise.all(asked.map((row) => openedBytes(table, row)));
        const part = Math.min(1, read / Math.max(1, expected));
        read += stretch.length;
        for (const [index, row] of asked.entries()) yield { row, plain: plain[index], part };
      }
    },
    ofBlock: async (key, version, bases) =>
      sealed('blocks', { key, version, scope: keyFor(bases[0]?.via ?? '') }, packBlock(bases)),
    ofChange: async (base) => {
      const scope = keyFor(base.via);
      return sealed('changes', { key: rowKey(base.id, scope), version: base.seq, scope }, packBlock([base]));
    },
    keptIn: async (row) => {
      const kept = keptIn(row);
      if (!kept) return 'damaged';
      const { author, forScope } = kept.envelope;
      const isMine = author === vault.own || (forScope && vault.scopeOf(forScope.key) !== undefined);
      if (!isMine) return undefined;
      const operation = await vault.openOperation(kept.envelope);
      return operation ? { ...kept, operation } : 'damaged';
    },
  };
}
