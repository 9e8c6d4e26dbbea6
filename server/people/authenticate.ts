/**
 * Who is asking: the access token says it, the device's signature over this very request proves it, and both are looked up every time,
 * so that revoking works at once. What the caller may do is not decided here (`permit.ts`).
 */
import { ok, refuse, type Result } from '../../shared/core/result.ts';
import { nonce as nonceSchema, signature as signatureSchema } from '../../shared/protocol/encoding.ts';
import { requestText } from '../../shared/protocol/signing.ts';
import type { DistrictError } from '../district-error.ts';
import type { DistrictKeys } from '../keys.ts';
import type { Device, Person, WhoAsks } from '../ledger/transactor.ts';
import { isOver, readAccessToken } from './access-token.ts';
import type { Nonces } from './nonces.ts';

/** A request as far as it says who asks. */
export interface Asking {
  /** The token of the `authorization` header. */
  readonly access?: string | undefined;
  /** The proof header. */
  readonly proof?: string | undefined;
  readonly method: string;
  /** Without a query. */
  readonly path: string;
  /** SHA-256 of the body before compression, base64url. */
  readonly bodyHash: string;
}

export interface Caller {
  readonly device: Device;
  /** Who sits there; undefined where the device only carries. */
  readonly person: Person | undefined;
}

export type Authenticate = (reading: WhoAsks, asking: Asking) => Promise<Result<Caller, DistrictError>>;

export interface AuthenticateGiven {
  readonly keys: Pick<DistrictKeys, 'mac' | 'hash' | 'verify'>;
  readonly nonces: Nonces;
  readonly clock: () => number;
}

const unknown = refuse({ error: 'unauthorised' } as const);

export const createAuthenticate =
  ({ keys, nonces, clock }: AuthenticateGiven): Authenticate =>
  async (reading, asking) => {
    const claims = asking.access === undefined ? undefined : readAccessToken(asking.access, keys.mac);
    if (!claims) return unknown;
    // Both names are the district's own word; of the person nothing is used before everything else has been found right.
    const found = await reading.caller(claims.device, claims.person);
    if (!found || keys.hash(found.device.key) !== claims.key) return unknown;
    const { device, person, isMember } = found;
    const nonce = provenNonce(asking, device.key, keys.verify);
    if (nonce === undefined) return refuse({ error: 'bad-proof' });
    if (isOver(claims, clock())) return refuse({ error: 'expired' });
    const taken = nonces.take(claims, nonce);
    if (taken !== 'fresh') return refuse({ error: taken === 'over' ? 'expired' : 'bad-proof' });
    if (claims.person === undefined) return ok({ device, person: undefined });
    return person && isMember ? ok({ device, person }) : unknown;
  };

/** @returns the proof's nonce, where the device's key has signed this very request */
export function provenNonce(
  { access, proof, method, path, bodyHash }: Asking,
  key: string,
  verify: DistrictKeys['verify'],
): string | undefined {
  const [nonce = '', signature = '', more] = (proof ?? '').split('.');
  const isWellFormed =
    nonceSchema.safeParse(nonce).success &&
    signatureSchema.safeParse(signature).success &&
    more === undefined;
  if (!isWellFormed || access === undefined) return undefined;
  const text = requestText({ method, path, token: access, nonce, bodyHash });
  return verify(text, signature, key) ? nonce : undefined;
}
