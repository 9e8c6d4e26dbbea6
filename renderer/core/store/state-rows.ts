/**
 * The rows in `meta` that make up the state: one of the person, sealed under his own key; a cursor for each scope, sealed under the
 * scope's key; the epoch and the format in clear, for everybody. Only what has changed is written, and a cursor goes only when asked.
 */
import { z } from 'zod';
import type { Vault } from '../vault/vault.ts';
import type { Database, Row } from './database.ts';
import type { SealedRows } from './sealed-rows.ts';
import { freshState, personalStateSchema, type Cursor, type StoreState } from './state.ts';
import { FORMAT, NEWER_STORE } from './store.ts';

export interface StateRows {
  /** Throws where a newer app has written. */
  readonly load: () => Promise<{ readonly state: StoreState; readonly damaged: readonly Row[] }>;
  readonly cursorsOf: (scopes: ReadonlySet<string>) => Promise<LoadedCursors>;
  readonly of: (state: StoreState) => Promise<Moved>;
  readonly ofCursors: (cursors: StoreState['cursors']) => Promise<Moved>;
  /** Cursors that were dropped from the disk. */
  readonly dropped: (keys: readonly string[]) => void;
}

/** Rows of `meta` to be written; `written` is called when the transaction has succeeded. */
export interface Moved {
  readonly rows: readonly Row[];
  readonly written: () => void;
}

export interface LoadedCursors {
  readonly cursors: Record<string, Cursor>;
  readonly damaged: readonly Row[];
}

export const CURSOR = 'cursor:';
const inCursor = z.object({ scope: z.string(), epoch: z.string() });

interface Keeping {
  readonly database: Pick<Database, 'all' | 'get'>;
  readonly vault: Vault;
  readonly rows: Pick<SealedRows, 'sealed' | 'opened'>;
}

export function createStateRows({ database, vault, rows }: Keeping): StateRows {
  const personalKey = `state:${vault.own}`;
  /** What lies on disk, by row key. */
  const lying = new Map<string, string>();
  let personalVersion = 0;

  async function personal(): Promise<{ readonly text: string | undefined; readonly row: Row | undefined }> {
    const row = await database.get('meta', personalKey);
    personalVersion = row?.version ?? 0;
    return { row, text: row && (await rows.opened('meta', row)) };
  }

  async function cursorsOf(isAsked: (scope: string) => boolean): Promise<LoadedCursors> {
    const cursors: Record<string, Cursor> = {};
    const damaged: Row[] = [];
    for (const row of await database.all('meta')) {
      const scope = row.key.startsWith(CURSOR) ? vault.scopeOf(row.scope) : undefined;
      if (scope === undefined || !isAsked(scope)) continue;
      const text = await rows.opened('meta', row);
      const parsed = text === undefined ? undefined : inCursor.safeParse(JSON.parse(text));
      if (!parsed?.success) {
        damaged.push(row);
        continue;
      }
      const cursor = { epoch: parsed.data.epoch, cursor: row.version };
      const isOfPresentKey = vault.keyOf(scope) === row.scope;
      lying.set(row.key, markOf(cursor));
      // Under a former key: counts until the rows lie under the present one (renewed-rows.ts).
      if (isOfPresentKey || !Object.hasOwn(cursors, scope)) cursors[scope] = cursor;
    }
    return { cursors, damaged };
  }

  async function cursorRow(scope: string, { epoch, cursor }: Cursor): Promise<Row | undefined> {
    const key = vault.keyOf(scope);
    if (key === undefined || lying.get(CURSOR + key) === markOf({ epoch, cursor })) return undefined;
    const row = { key: CURSOR + key, version: cursor, scope: key };
    return rows.sealed('meta', row, JSON.stringify({ scope, epoch }));
  }

  async function ofCursors(cursors: StoreState['cursors']): Promise<Moved> {
    const moved = await Promise.all(
      Object.entries(cursors).map(async ([scope, cursor]) => ({
        cursor,
        row: await cursorRow(scope, cursor),
      })),
    );
    return {
      rows: moved.flatMap(({ row }) => row ?? []),
      written: () => {
        for (const { row, cursor } of moved) if (row) lying.set(row.key, markOf(cursor));
      },
    };
  }

  return {
    load: async () => {
      const format = await database.get('meta', 'format');
      if (format && format.version > FORMAT) throw new Error(NEWER_STORE);
      const { text, row } = await personal();
      const parsed = text === undefined ? undefined : personalStateSchema.safeParse(JSON.parse(text));
      const mine = parsed?.success ? parsed.data : { grants: freshState.grants, offset: freshState.offset };
      const epoch = await database.get('meta', 'epoch');
      const { cursors, damaged } = await cursorsOf(() => true);
      return {
        state: {
          ...mine,
          epoch: epoch ? new TextDecoder().decode(epoch.bytes) : '',
          restoredHead: epoch?.version ?? 0,
          cursors,
        },
        damaged: row && !parsed?.success ? [...damaged, row] : damaged,
      };
    },

    cursorsOf: (scopes) => cursorsOf((scope) => scopes.has(scope)),

    ofCursors,

    of: async ({ epoch, restoredHead, cursors, ...mine }) => {
      const text = JSON.stringify(mine);
      const own = { key: personalKey, version: personalVersion + 1, scope: vault.own };
      const personal = lying.get(personalKey) === text ? [] : [await rows.sealed('meta', own, text)];
      const moved = await ofCursors(cursors);
      return {
        rows: [
          { key: 'format', version: FORMAT, scope: '', bytes: new Uint8Array() },
          { key: 'epoch', version: restoredHead, scope: '', bytes: new TextEncoder().encode(epoch) },
          ...personal,
          ...moved.rows,
        ],
        written: () => {
          if (personal.length > 0) personalVersion = own.version;
          lying.set(personalKey, text);
          moved.written();
        },
      };
    },

    dropped: (keys) => {
      for (const key of keys) lying.delete(key);
    },
  };
}

const markOf = ({ epoch, cursor }: Cursor): string => `${epoch}|${cursor}`;
