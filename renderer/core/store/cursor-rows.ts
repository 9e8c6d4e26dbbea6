/**
 * How far each scope has been pulled: one row a scope, sealed under its key, so that everybody on this computer who reads the scope goes
 * on where the last one stopped. Only what has moved is written, and a cursor goes from the disk only when it is asked to.
 */
import { z } from 'zod';
import type { Vault } from '../vault/vault.ts';
import type { Database, Row } from './database.ts';
import { jsonIn } from './json-in.ts';
import type { SealedRows } from './sealed-rows.ts';
import type { Cursor, StoreState } from './state.ts';

export const CURSOR = 'cursor:';
const inCursor = z.object({ scope: z.string(), epoch: z.string() });

export interface LoadedCursors {
  readonly cursors: Record<string, Cursor>;
  readonly damaged: readonly Row[];
}

/** Rows of `meta` to be written; `written` is called when the transaction has succeeded. */
export interface Moved {
  readonly rows: readonly Row[];
  readonly written: () => void;
}

export interface CursorRows {
  readonly load: (isAsked: (scope: string) => boolean) => Promise<LoadedCursors>;
  readonly of: (cursors: StoreState['cursors']) => Promise<Moved>;
  /** Cursors that are being dropped from the disk. */
  readonly dropped: (keys: readonly string[]) => void;
}

interface Keeping {
  readonly database: Pick<Database, 'all'>;
  readonly vault: Vault;
  readonly rows: Pick<SealedRows, 'sealed' | 'opened'>;
}

export function createCursorRows({ database, vault, rows }: Keeping): CursorRows {
  /** What lies on disk, by row key. */
  const lying = new Map<string, string>();

  async function cursorIn(row: Row): Promise<Cursor | undefined> {
    const text = await rows.opened('meta', row);
    const parsed = inCursor.safeParse(text === undefined ? undefined : jsonIn(text));
    return parsed.success ? { epoch: parsed.data.epoch, cursor: row.version } : undefined;
  }

  async function rowOf(scope: string, { epoch, cursor }: Cursor): Promise<Row | undefined> {
    const key = vault.keyOf(scope);
    if (key === undefined || lying.get(CURSOR + key) === markOf({ epoch, cursor })) return undefined;
    const row = { key: CURSOR + key, version: cursor, scope: key };
    return rows.sealed('meta', row, JSON.stringify({ scope, epoch }));
  }

  return {
    load: async (isAsked) => {
      const cursors: Record<string, Cursor> = {};
      const damaged: Row[] = [];
      for (const row of await database.all('meta')) {
        const scope = row.key.startsWith(CURSOR) ? vault.scopeOf(row.scope) : undefined;
        if (scope === undefined || !isAsked(scope)) continue;
        const cursor = await cursorIn(row);
        if (!cursor) {
          damaged.push(row);
          continue;
        }
        lying.set(row.key, markOf(cursor));
        // Under a former key it counts until the rows lie under the present one (renewal.ts).
        if (vault.keyOf(scope) === row.scope || !Object.hasOwn(cursors, scope)) cursors[scope] = cursor;
      }
      return { cursors, damaged };
    },

    of: async (cursors) => {
      const moved = await Promise.all(
        Object.entries(cursors).map(async ([scope, cursor]) => ({
          cursor,
          row: await rowOf(scope, cursor),
        })),
      );
      return {
        rows: moved.flatMap(({ row }) => row ?? []),
        written: () => {
          for (const { row, cursor } of moved) if (row) lying.set(row.key, markOf(cursor));
        },
      };
    },

    dropped: (keys) => {
      for (const key of keys) lying.delete(key);
    },
  };
}

const markOf = ({ epoch, cursor }: Cursor): string => `${epoch}|${cursor}`;
