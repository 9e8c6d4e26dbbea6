/**
 * Rows as they lie on disk: sealed for their place, so that none can stand for another, and opened again. Owns the numbers that stand
 * for scopes in clear; their names are sealed in the state.
 */
import type { Vault } from '../vault/vault.ts';
import { packBlock, type Base } from './block.ts';
import type { Database, Row } from './database.ts';
import { keptIn, type Kept } from './kept-operation.ts';
import { freshState, storeStateSchema, type StoreState } from './state.ts';
import { FORMAT, NEWER_STORE } from './store.ts';

interface OpenedRow {
  readonly row: Row;
  /** Undefined where the seal is broken. */
  readonly text: string | undefined;
  /** How much of the table comes before it, 0 to 1. */
  readonly part: number;
}

export interface SealedRows {
  readonly sealed: (kind: string, row: Omit<Row, 'bytes'>, text: string) => Promise<Row>;
  readonly opened: (kind: string, row: Row) => Promise<string | undefined>;
  /** In the order of the table. */
  readonly each: (table: 'blocks' | 'changes') => AsyncIterable<OpenedRow>;
  readonly ofBlock: (key: string, version: number, bases: readonly Base[]) => Promise<Row>;
  readonly ofChange: (base: Base) => Promise<Row>;
  readonly ofState: (state: StoreState) => Promise<readonly Row[]>;
  /** Throws where a newer app has written. */
  readonly loadState: () => Promise<StoreState>;
  readonly scopeOf: (row: Row) => string | undefined;
  readonly keptIn: (row: Row) => Promise<Kept | undefined>;
}

/** Rows opened at a time: the cipher works on threads of its own. */
const OPEN_STEP = 32;

export function createSealedRows({
  database,
  vault,
}: {
  readonly database: Pick<Database, 'all' | 'get'>;
  readonly vault: Vault;
}): SealedRows {
  let scopes: readonly string[] = [];
  let stateVersion = 0;

  const scopeNumber = (scope: string): number => {
    const known = scopes.indexOf(scope);
    if (known >= 0) return known + 1;
    scopes = [...scopes, scope];
    return scopes.length;
  };

  async function sealed(kind: string, row: Omit<Row, 'bytes'>, text: string): Promise<Row> {
    const { scope, key: id, version } = row;
    return { ...row, bytes: await vault.seal(text, { scope, kind, id, version }) };
  }
  const opened = (kind: string, { bytes, scope, key: id, version }: Row): Promise<string | undefined> =>
    vault.open(bytes, { scope, kind, id, version });

  async function* each(table: 'blocks' | 'changes'): AsyncGenerator<OpenedRow> {
    const all = await database.all(table);
    for (let start = 0; start < all.length; start += OPEN_STEP) {
      const step = all.slice(start, start + OPEN_STEP);
      const texts = await Promise.all(step.map((row) => opened(table, row)));
      for (const [index, row] of step.entries())
        yield { row, text: texts[index], part: (start + index) / all.length };
    }
  }

  return {
    sealed,
    opened,
    each,
    ofBlock: (key, version, bases) =>
      sealed('blocks', { key, version, scope: scopeNumber(bases[0]?.scope ?? '') }, packBlock(bases)),
    ofChange: (base) =>
      sealed(
        'changes',
        { key: base.id, version: base.seq, scope: scopeNumber(base.scope) },
        packBlock([base]),
      ),
    ofState: async (state) => {
      stateVersion += 1;
      const row = { key: 'state', version: stateVersion, scope: 0 };
      return [
        await sealed('meta', row, JSON.stringify({ ...state, scopes })),
        { key: 'format', version: FORMAT, scope: 0, bytes: new Uint8Array() },
      ];
    },
    loadState: async () => {
      const format = await database.get('meta', 'format');
      if (format && format.version > FORMAT) throw new Error(NEWER_STORE);
      const row = await database.get('meta', 'state');
      if (!row) return freshState;
      stateVersion = row.version;
      const text = await opened('meta', row);
      const parsed = text === undefined ? undefined : storeStateSchema.safeParse(JSON.parse(text));
      const state = parsed?.success ? parsed.data : freshState;
      scopes = state.scopes;
      return state;
    },
    scopeOf: ({ scope }) => scopes[scope - 1],
    keptIn: async (row) => {
      const kept = keptIn(row);
      const operation = kept && (await vault.openOperation(kept.envelope));
      return operation && { ...kept, operation };
    },
  };
}
