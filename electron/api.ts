/**
 * Carries the page's `/api/…` to the pinned district, as the unlocked person. The page may ask for few things only; tokens and proofs
 * are added here and never enter it. An answer that is not the district's own JSON becomes an error of ours, so that a login portal's
 * page is never taken for data.
 */
import type { CarriedError } from '../shared/bridge.ts';
import type { ErrorResponse } from '../shared/protocol/messages.ts';
import type { AskingProblem, Filed } from './district.ts';
import type { SignedAsk } from './signed-ask.ts';

export interface ApiAnswer {
  readonly status: number;
  readonly body: Uint8Array;
  /** Serial of the file in which it came. */
  readonly filed?: number;
}

const MOST_REQUEST_BYTES = 4 * 1024 * 1024;
const ALLOWED: readonly { readonly method: 'GET' | 'POST'; readonly path: RegExp }[] = [
  { method: 'POST', path: /^\/api\/handshake$/ },
  { method: 'POST', path: /^\/api\/pull$/ },
  { method: 'POST', path: /^\/api\/recovered$/ },
  { method: 'POST', path: /^\/api\/review(\/words)?$/ },
  { method: 'POST', path: /^\/api\/administer$/ },
  { method: 'POST', path: /^\/api\/password$/ },
  { method: 'GET', path: /^\/api\/history\/[A-Za-z]{1,32}_[0-9A-Z]{26}(\/check)?$/ },
];

/** What the line or this computer as a whole came to, in the words that the page knows: ours, or the district's own. */
const TOLD: Readonly<
  Record<AskingProblem, readonly [number, CarriedError] | readonly [number, ErrorResponse['error'], boolean]>
> = {
  network: [502, 'unreachable'],
  'not-the-district': [502, 'not-the-district'],
  'other-district': [502, 'other-district'],
  locked: [401, 'locked'],
  access: [401, 'unauthorised', false],
  revoked: [401, 'revoked', false],
  quarantined: [409, 'quarantined', false],
  'newer-protocol': [426, 'unsupported-protocol', false],
  server: [500, 'internal', true],
};

export interface ApiOptions {
  readonly ask: SignedAsk;
  /** Sees every good answer, e.g. to learn the durable mark from a handshake. */
  readonly onAnswer?: (path: string, body: Uint8Array, filed?: Filed) => void;
}

export async function carryApi(
  request: {
    readonly method: string;
    readonly path: string;
    /** Undefined where it is longer than so many bytes. */
    readonly body: (most: number) => Promise<Uint8Array | undefined>;
  },
  { ask, onAnswer }: ApiOptions,
): Promise<ApiAnswer> {
  const allowed = ALLOWED.find(({ method, path }) => method === request.method && path.test(request.path));
  if (!allowed) return failure(404, { error: 'unknown' });
  const body = allowed.method === 'POST' ? await request.body(MOST_REQUEST_BYTES) : undefined;
  if (allowed.method === 'POST' && !body) return failure(413, { error: 'too-large' });
  const result = await ask({
    method: allowed.method,
    path: request.path,
    as: 'person',
    ...(body && { body }),
  });
  if (!result.ok) {
    const [status, error, retry] = TOLD[result.error];
    return failure(status, { error, ...(retry !== undefined && { retry }) });
  }
  const { status, body: said, filed } = result.value;
  if (status === 200) onAnswer?.(request.path, said, filed);
  return { status, body: said, ...(filed && { filed: filed.serial }) };
}

const failure = (status: number, body: { error: CarriedError | ErrorResponse['error'] }): ApiAnswer => ({
  status,
  body: Buffer.from(JSON.stringify(body)),
});
