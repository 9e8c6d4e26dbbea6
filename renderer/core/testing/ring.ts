/**
 * The scope keys of one computer, in memory: a ring for each person, and what the district keeps of them for this device. The first key
 * of a scope is the one for everybody here.
 */
import type { ScopeKey } from '../../../shared/bridge.ts';
import type { Random } from './random.ts';

export interface Ring {
  /** What an unlocked session begins with. */
  readonly session: () => { readonly scopeKeys: ScopeKey[]; readonly leaseOver: string[] };
  readonly open: (scopes: readonly string[]) => Promise<readonly ScopeKey[]>;
  readonly begin: (scope: string) => ScopeKey;
  /** @returns keys that nobody on this computer holds any more */
  readonly leave: (scopes: readonly string[]) => readonly string[];
  /** No contact for a month: everything stays closed until there is one. */
  readonly lapse: () => void;
}

interface Options {
  readonly random: Random;
  /** Which of these scopes the district lets the person read; undefined where it is not reached. */
  readonly mayRead: (person: string, scopes: readonly string[]) => Promise<readonly string[] | undefined>;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

export function createRings({ random, mayRead }: Options): (person: string) => Ring {
  /** By scope; the district keeps it, whoever leaves. */
  const escrow = new Map<string, ScopeKey>();
  const rings = new Map<string, { readonly keys: Map<string, ScopeKey>; isOver: boolean }>();
  const newKey = (scope: string): ScopeKey => ({
    scope,
    id: `k_${Array.from({ length: 16 }, () => LETTERS[random.whole(64)]).join('')}`,
    key: new Uint8Array(32),
  });
  const keyOf = (scope: string): ScopeKey => {
    const key = escrow.get(scope) ?? newKey(scope);
    escrow.set(scope, key);
    return key;
  };
  return (person) => {
    const ring = rings.get(person) ?? { keys: new Map<string, ScopeKey>(), isOver: false };
    rings.set(person, ring);
    return {
      session: () =>
        ring.isOver
          ? { scopeKeys: [], leaseOver: [...ring.keys.keys()] }
          : { scopeKeys: [...ring.keys.values()], leaseOver: [] },
      open: async (scopes) => {
        const readable = await mayRead(person, scopes);
        if (readable) {
          ring.isOver = false;
          for (const scope of readable) ring.keys.set(scope, keyOf(scope));
        }
        return ring.isOver ? [] : scopes.flatMap((scope) => ring.keys.get(scope) ?? []);
      },
      begin: (scope) => {
        const key = keyOf(scope);
        ring.keys.set(scope, key);
        return key;
      },
      leave: (scopes) => {
        const left = scopes.flatMap((scope) => ring.keys.get(scope) ?? []);
        for (const { scope } of left) ring.keys.delete(scope);
        const held = new Set([...rings.values()].flatMap(({ keys }) => [...keys.values()].map(({ id }) => id)));
        return left.map(({ id }) => id).filter((id) => !held.has(id));
      },
      lapse: () => (ring.isOver = true),
    };
  };
}
