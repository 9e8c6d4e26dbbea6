/**
 * The keys of an unlocked session by their ids: the person's own one and those of scopes. From each come two, so that no key seals two
 * kinds of things: one for rows of the store, one for the content keys of operations. A scope may have had several keys; all open, the
 * latest seals.
 */
import type { ScopeKey } from '../../../shared/bridge.ts';
import { derived, importKey, type Bytes } from './ciphers.ts';

const ROWS_INFO = 'linli/store/2';
const ENTRIES_INFO = 'linli/entry-for-reader/1';

export interface Keys {
  readonly rows: () => Promise<CryptoKey>;
  readonly entries: () => Promise<CryptoKey>;
}

export interface KeyRing {
  readonly own: Keys;
  readonly of: (id: string) => Keys | undefined;
  readonly keyOf: (scope: string) => string | undefined;
  readonly scopeOf: (id: string) => string | undefined;
  readonly scopes: () => readonly string[];
  readonly admit: (keys: readonly ScopeKey[]) => Promise<void>;
  readonly forget: (scopes: readonly string[]) => void;
}

export async function createKeyRing(own: {
  readonly id: string;
  readonly key: Uint8Array;
}): Promise<KeyRing> {
  const ownKeys = await keysFrom(own.key);
  const byId = new Map<string, { readonly scope: string; readonly keys: Keys }>();
  const latest = new Map<string, string>();

  return {
    own: ownKeys,
    of: (id) => (id === own.id ? ownKeys : byId.get(id)?.keys),
    keyOf: (scope) => latest.get(scope),
    scopeOf: (id) => byId.get(id)?.scope,
    scopes: () => [...latest.keys()],
    admit: async (keys) => {
      const made = await Promise.all(keys.map(({ key }) => keysFrom(key)));
      for (const [index, { id, scope }] of keys.entries()) {
        const one = made[index];
        if (one) byId.set(id, { scope, keys: one });
        latest.set(scope, id);
      }
    },
    forget: (scopes) => {
      const lost = new Set(scopes);
      for (const [id, { scope }] of byId) if (lost.has(scope)) byId.delete(id);
      for (const scope of lost) latest.delete(scope);
    },
  };
}

/** Derived at first use: a supervisor holds thousands and touches few. */
async function keysFrom(raw: Uint8Array): Promise<Keys> {
  const root = await importKey(raw as Bytes, 'HKDF');
  const made = new Map<string, Promise<CryptoKey>>();
  const once = (info: string) => (): Promise<CryptoKey> => {
    const known = made.get(info) ?? derived(root, info);
    made.set(info, known);
    return known;
  };
  return { rows: once(ROWS_INFO), entries: once(ENTRIES_INFO) };
}
