/**
 * The sealed records and operations on this computer. Owns what lies on disk and how it is written: everything is sealed before a
 * transaction and opened after it, a page of records and its cursors are one transaction (sync.md S4), and an operation leaves the
 * journal's mirror only when the district's records contain it. Local operations are never folded into records (decision 2).
 */
import type { Vault } from '../vault/vault.ts';
import { createCursorRows } from './cursor-rows.ts';
import type { Database } from './database.ts';
import { createDraftRows } from './draft-rows.ts';
import { fold } from './folding.ts';
import type { Kept } from './kept-operation.ts';
import { keptRows } from './kept-rows.ts';
import { createLayout } from './layout.ts';
import { load, loadScopes, mirrorKey } from './loading.ts';
import { guarded } from './newer-store.ts';
import { keepPage } from './page-keeping.ts';
import { write, type Parts } from './parts.ts';
import { forgetScopes } from './scope-forgetting.ts';
import { createSealedRows, rowKey } from './sealed-rows.ts';
import { createStateRows } from './state-rows.ts';
import type { Store } from './store.ts';
import { tallied } from './tally.ts';
import { createUnfolded } from './unfolded.ts';

interface Opening {
  readonly database: Database;
  readonly vault: Vault;
  /** Gives the screen its turn; without it, much is written in one piece. */
  readonly pause?: () => Promise<void>;
}

export function createStore({ database: given, vault, pause = () => Promise.resolve() }: Opening): Store {
  const database = guarded(tallied(given));
  const rows = createSealedRows({ database, vault });
  const cursors = createCursorRows({ database, vault, rows });
  const states = createStateRows({ database, vault, rows, cursors });
  const layout = createLayout();
  const parts: Parts = { database, vault, rows, states, cursors, layout, texts: createUnfolded(), pause };
  const drafts = createDraftRows(parts);

  return {
    load: (loading) => load(parts, drafts, loading),
    loadScopes: (scopes, take) => loadScopes(parts, scopes, take),
    keepPage: (page) => keepPage(parts, page),
    keepState: async (state) => write(parts, [], await states.of(state)),

    keepOperations: async (operations, mirrored) => {
      const mark = { key: mirrorKey(vault.own), scope: vault.own, bytes: new Uint8Array() };
      return write(parts, [
        { table: 'journal', put: await keptRows(parts, operations) },
        ...(mirrored === undefined
          ? []
          : [{ table: 'meta' as const, put: [{ ...mark, version: mirrored }] }]),
      ]);
    },

    containedOf: async (record) => {
      const found: Kept[] = [];
      for (const row of await database.ofRecord('archive', record)) {
        const kept = await rows.keptIn(row);
        if (kept && kept !== 'damaged') found.push(kept);
      }
      return found;
    },

    keepHistory: async (record, via, text) => {
      const scope = vault.keyOf(via);
      if (scope === undefined) return;
      const row = await rows.sealed('history', { key: rowKey(record, scope), version: 1, scope }, text);
      await write(parts, [{ table: 'history', put: [row] }]);
    },

    historyOf: async (record, via) => {
      for (const scope of via) {
        const key = vault.keyOf(scope);
        const row = key === undefined ? undefined : await database.get('history', rowKey(record, key));
        const text = row && (await rows.opened('history', row));
        if (text !== undefined) return text;
      }
      return undefined;
    },

    keepDraft: drafts.keep,
    dropDraft: drafts.drop,
    forgetScopes: (scopes, gone) => forgetScopes(parts, scopes, gone),
    fold: (baseOf) => fold(parts, baseOf),
    loose: () => parts.layout.looseCount(),
    writings: database.writings,
    close: () => database.close(),
  };
}
