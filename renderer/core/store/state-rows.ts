/**
 * The state as it lies in `meta`: a row of the person, sealed under his own key; the cursors of the scopes; and, in clear, for everybody,
 * the store's format and the district's epoch, which is a random name and says nothing.
 */
import type { Vault } from '../vault/vault.ts';
import type { CursorRows, Moved } from './cursor-rows.ts';
import type { Database, Row } from './database.ts';
import { jsonIn } from './json-in.ts';
import type { SealedRows } from './sealed-rows.ts';
import { freshState, personalStateSchema, type PersonalState, type StoreState } from './state.ts';
import { FORMAT } from './store.ts';

export interface StateRows {
  readonly load: () => Promise<{ readonly state: StoreState; readonly damaged: readonly Row[] }>;
  readonly of: (state: StoreState) => Promise<Moved>;
}

interface Keeping {
  readonly database: Pick<Database, 'get'>;
  readonly vault: Vault;
  readonly rows: Pick<SealedRows, 'sealed' | 'opened'>;
  readonly cursors: CursorRows;
}

export function createStateRows({ database, vault, rows, cursors }: Keeping): StateRows {
  const personalKey = `state:${vault.own}`;
  let version = 0;
  let lying: string | undefined;

  async function loadPersonal(): Promise<{ readonly mine: PersonalState; readonly damaged: readonly Row[] }> {
    const row = await database.get('meta', personalKey);
    version = row?.version ?? 0;
    const text = row && (await rows.opened('meta', row));
    const parsed = text === undefined ? undefined : personalStateSchema.safeParse(jsonIn(text));
    if (parsed?.success) return { mine: parsed.data, damaged: [] };
    const { grants, offset } = freshState;
    return { mine: { grants, offset }, damaged: row ? [row] : [] };
  }

  async function ofPersonal(text: string): Promise<readonly Row[]> {
    if (text === lying) return [];
    const row = { key: personalKey, version: version + 1, scope: vault.own };
    return [await rows.sealed('meta', row, text)];
  }

  return {
    load: async () => {
      const { mine, damaged } = await loadPersonal();
      const epoch = await database.get('meta', 'epoch');
      const found = await cursors.load(() => true);
      return {
        state: {
          ...mine,
          epoch: epoch ? new TextDecoder().decode(epoch.bytes) : '',
          restoredHead: epoch?.version ?? 0,
          cursors: found.cursors,
        },
        damaged: [...damaged, ...found.damaged],
      };
    },

    of: async ({ epoch, restoredHead, cursors: given, ...mine }) => {
      const text = JSON.stringify(mine);
      const personal = await ofPersonal(text);
      const moved = await cursors.of(given);
      return {
        rows: [
          { key: 'format', version: FORMAT, scope: '', bytes: new Uint8Array() },
          { key: 'epoch', version: restoredHead, scope: '', bytes: new TextEncoder().encode(epoch) },
          ...personal,
          ...moved.rows,
        ],
        written: () => {
          version = personal[0]?.version ?? version;
          lying = text;
          moved.written();
        },
      };
    },
  };
}
