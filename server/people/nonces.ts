/**
 * The nonces of every access token, for as long as it lives: a request that comes a second time is nobody's. In memory and bounded; a
 * token whose nonces had to go, or that an earlier process gave out, is over before its time, and the desk asks for another one.
 */
import { ACCESS_SECONDS, type AccessClaims } from './access-token.ts';

export interface Nonces {
  /** When a token given out now counts as issued: after everything that is forgotten. */
  readonly issuedAt: () => number;
  /** Takes the nonce down. */
  readonly take: (claims: AccessClaims, nonce: string) => 'fresh' | 'replayed' | 'over';
}

const MOST = 200_000;

export function createNonces(clock: () => number, most = MOST): Nonces {
  const seen = new Map<string, { readonly issuedAt: number; readonly nonces: Set<string> }>();
  let count = 0;
  /** Tokens issued up to here are not taken, unless their nonces are still known. */
  let floor = clock();
  const drop = (serial: string): void => {
    const known = seen.get(serial);
    if (!known) return;
    count -= known.nonces.size;
    floor = Math.max(floor, known.issuedAt);
    seen.delete(serial);
  };
  const makeRoom = (): void => {
    const old = clock() - ACCESS_SECONDS * 1000;
    for (const [serial, { issuedAt }] of seen) {
      if (count < most && issuedAt > old) break;
      drop(serial);
    }
  };
  return {
    issuedAt: () => Math.max(clock(), floor + 1),
    take: ({ serial, issuedAt }, nonce) => {
      const known = seen.get(serial);
      if (known?.nonces.has(nonce)) return 'replayed';
      if (!known && issuedAt <= floor) return 'over';
      const { nonces } = known ?? { nonces: new Set<string>() };
      if (!known) {
        makeRoom();
        if (issuedAt <= floor) return 'over';
        seen.set(serial, { issuedAt, nonces });
      }
      nonces.add(nonce);
      count += 1;
      return 'fresh';
    },
  };
}
