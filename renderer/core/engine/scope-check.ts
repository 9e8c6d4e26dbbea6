/**
 * Whether this computer holds in each scope what the district holds there (sync.md S7), asked where a pull has reached the head. What
 * differs is pulled again from zero, once; nothing that is here is let go for it, and no hash is taken over. Where it still differs
 * after that, the scope stays as it is, and the district is told.
 */
import type { PullRequest, PullResponse } from '../../../shared/protocol/messages.ts';
import { EMPTY_HASH, hashText, type ScopeHash } from '../../../shared/protocol/scope-hash.ts';

type Report = NonNullable<PullRequest['differing']>;

export interface ScopeCheck {
  /** @returns scopes that are to be pulled again */
  readonly compare: (asked: readonly string[], theirs: PullResponse['hashes']) => readonly string[];
  /** What the district has not been told yet. */
  readonly report: () => Report | undefined;
  /** It has answered a request with this report. */
  readonly told: (report: Report | undefined) => void;
  /** Every scope that has differed since the desk was opened. */
  readonly seen: ReadonlySet<string>;
}

export function createScopeCheck(hashOf: (scope: string) => ScopeHash): ScopeCheck {
  const again = new Set<string>();
  const lasting = new Set<string>();
  const seen = new Set<string>();
  let untold: Report = { found: [], lasting: [] };
  return {
    compare: (asked, theirs) => {
      if (!theirs) return [];
      const told = new Map(theirs.map(({ scope, hash }) => [scope, hash]));
      const begun: string[] = [];
      for (const scope of asked) {
        const isSame = (told.get(scope) ?? hashText(EMPTY_HASH)) === hashText(hashOf(scope));
        const wasPulledAgain = again.delete(scope);
        if (isSame) lasting.delete(scope);
        else if (wasPulledAgain) lasting.add(scope);
        else if (!lasting.has(scope)) begun.push(scope);
        if (!isSame && wasPulledAgain) untold = { ...untold, lasting: [...untold.lasting, scope] };
      }
      for (const scope of begun) {
        again.add(scope);
        seen.add(scope);
      }
      untold = { ...untold, found: [...untold.found, ...begun] };
      return begun;
    },
    report: () => (untold.found.length + untold.lasting.length > 0 ? untold : undefined),
    told: (report) => {
      const without = (scopes: readonly string[], gone: readonly string[] = []): string[] =>
        scopes.filter((scope) => !gone.includes(scope));
      untold = {
        found: without(untold.found, report?.found),
        lasting: without(untold.lasting, report?.lasting),
      };
    },
    seen,
  };
}
