/**
 * What each scope holds in memory, in 64 bits, kept as states come and go (sync.md S7). States of a former life of the district count
 * for themselves: it does not know them any more.
 */
import { combined, EMPTY_HASH, hashOfRecord, type ScopeHash } from '../../../shared/protocol/scope-hash.ts';
import type { Base } from '../store/base.ts';

export interface ScopeHashes {
  readonly replace: (before: readonly Base[], now: readonly Base[]) => void;
  readonly of: (epoch: string, scope: string) => ScopeHash;
}

const nameOf = (epoch: string, scope: string): string => `${epoch} ${scope}`;

export function createScopeHashes(): ScopeHashes {
  const hashes = new Map<string, ScopeHash>();
  /** The same step takes in and takes out. */
  const toggle = ({ id, seq, epoch, via }: Base): void => {
    const name = nameOf(epoch, via);
    hashes.set(name, combined(hashes.get(name) ?? EMPTY_HASH, hashOfRecord(id, seq)));
  };
  return {
    replace: (before, now) => {
      for (const base of before) if (!now.includes(base)) toggle(base);
      for (const base of now) if (!before.includes(base)) toggle(base);
    },
    of: (epoch, scope) => hashes.get(nameOf(epoch, scope)) ?? EMPTY_HASH,
  };
}
