/**
 * Forms that were begun, sealed under their author's own key. A draft's name says which form and sometimes which stage, so on disk it
 * lies under a number of its author.
 */
import type { Draft } from '../desk.ts';
import { broken, type Broken } from './healing.ts';
import { write, type Parts } from './parts.ts';
import { NEWER_STORE } from './store.ts';

export interface DraftRows {
  readonly load: () => Promise<{ readonly drafts: readonly Draft[]; readonly damaged: readonly Broken[] }>;
  readonly keep: (draft: Draft) => Promise<void>;
  readonly drop: (key: string) => Promise<void>;
}

export function createDraftRows(parts: Parts): DraftRows {
  const { database, rows, vault } = parts;
  /** Row of each draft. */
  const lying = new Map<string, { readonly key: string; readonly version: number }>();
  let last = 0;

  return {
    load: async () => {
      // Their shape may be another one, and nobody can register from them now.
      if (await database.isNewer()) return { drafts: [], damaged: [] };
      const mine = (await database.all('drafts')).filter(({ scope }) => scope === vault.own);
      const texts = await Promise.all(mine.map((row) => rows.opened('drafts', row)));
      const drafts: Draft[] = [];
      for (const [index, { key, version }] of mine.entries()) {
        last = Math.max(last, Number(key.slice(vault.own.length + 1)));
        const text = texts[index];
        if (text === undefined) continue;
        const draft = JSON.parse(text) as Draft;
        lying.set(draft.key, { key, version });
        drafts.push(draft);
      }
      return {
        drafts,
        damaged: broken(
          'drafts',
          mine.filter((_, index) => texts[index] === undefined),
        ),
      };
    },

    keep: async (draft) => {
      if (await database.isNewer()) throw new Error(NEWER_STORE);
      const { key, version } = lying.get(draft.key) ?? { key: `${vault.own}/${++last}`, version: 0 };
      const row = { key, version: version + 1, scope: vault.own };
      lying.set(draft.key, row);
      const put = [await rows.sealed('drafts', row, JSON.stringify(draft))];
      await write(parts, [{ table: 'drafts', put }]);
    },

    drop: async (name) => {
      const row = lying.get(name);
      if (!row) return;
      await write(parts, [{ table: 'drafts', drop: [row.key] }]);
      lying.delete(name);
    },
  };
}
