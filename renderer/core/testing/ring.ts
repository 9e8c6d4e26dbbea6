/** The scope keys of everybody who uses one computer, in memory; which key a scope has on this device, the district says. */
import type { ScopeKey } from '../../../shared/bridge.ts';
import type { Random } from './random.ts';

export interface Ring {
  /** What an unlocked session begins with. */
  readonly session: () => { readonly scopeKeys: ScopeKey[]; readonly leaseOver: string[] };
  /** Of every key that lies here, also while its lease is over. */
  readonly ids: () => readonly string[];
  readonly open: (scopes: readonly string[]) => Promise<readonly ScopeKey[]>;
  readonly begin: (scope: string) => ScopeKey;
  /** @returns keys that nobody on this computer holds any more */
  readonly leave: (scopes: readonly string[]) => readonly string[];
  /** No contact for a month: everything stays closed until there is one. */
  readonly lapse: () => void;
}

interface Options {
  readonly random: Random;
  /** The keys that count, of those scopes that the person may read; undefined where the district is not reached. */
  readonly offer: (
    person: string,
    candidates: readonly ScopeKey[],
  ) => Promise<readonly ScopeKey[] | undefined>;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

interface Held {
  readonly keys: Map<string, ScopeKey>;
  /** Begun here, and not known to the district yet. */
  readonly begun: Set<string>;
  isOver: boolean;
}

export function createRings({ random, offer }: Options): (person: string) => Ring {
  const rings = new Map<string, Held>();
  const newKey = (scope: string): ScopeKey => ({
    scope,
    id: `k_${Array.from({ length: 16 }, () => LETTERS[random.whole(64)]).join('')}`,
    key: new Uint8Array(32),
  });
  return (person) => {
    const ring = rings.get(person) ?? {
      keys: new Map<string, ScopeKey>(),
      begun: new Set<string>(),
      isOver: false,
    };
    rings.set(person, ring);
    return {
      session: () =>
        ring.isOver
          ? { scopeKeys: [], leaseOver: [...ring.keys.keys()] }
          : { scopeKeys: [...ring.keys.values()], leaseOver: [] },
      ids: () => [...ring.keys.values()].map(({ id }) => id),
      open: async (scopes) => {
        const asked = ring.isOver ? scopes : scopes.filter((scope) => !ring.keys.has(scope));
        const candidates = [...asked, ...ring.begun].map((scope) => ring.keys.get(scope) ?? newKey(scope));
        const answered = await offer(person, candidates);
        if (answered) ring.isOver = false;
        for (const key of answered ?? []) {
          if (!ring.keys.has(key.scope)) ring.keys.set(key.scope, key);
          ring.begun.delete(key.scope);
        }
        return ring.isOver ? [] : scopes.flatMap((scope) => ring.keys.get(scope) ?? []);
      },
      begin: (scope) => {
        const key = ring.keys.get(scope) ?? newKey(scope);
        ring.keys.set(scope, key);
        ring.begun.add(scope);
        return key;
      },
      leave: (scopes) => {
        const left = scopes.flatMap((scope) => ring.keys.get(scope) ?? []);
        for (const { scope } of left) {
          ring.keys.delete(scope);
          ring.begun.delete(scope);
        }
        const held = new Set(
          [...rings.values()].flatMap(({ keys }) => [...keys.values()].map(({ id }) => id)),
        );
        return left.map(({ id }) => id).filter((id) => !held.has(id));
      },
      lapse: () => (ring.isOver = true),
    };
  };
}
