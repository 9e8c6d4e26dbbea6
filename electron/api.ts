/**
 * Carries the page's `/api/…` to the pinned district. The page may ask for three things only; address and tokens are added here and
 * never enter it. An answer that is not the district's own JSON becomes an error of ours, so that a login portal's page is never
 * taken for data.
 */
import type { CarriedError } from '../shared/bridge.ts';
import { DISTRICT, PERSON_TOKEN } from '../shared/protocol/messages.ts';
import { strangerIn, type Ask, type DistrictContact } from './district.ts';

export interface ApiAnswer {
  readonly status: number;
  readonly body: Uint8Array;
}

const MOST_REQUEST_BYTES = 4 * 1024 * 1024;
const ALLOWED: readonly { readonly method: 'GET' | 'POST'; readonly path: RegExp }[] = [
  { method: 'POST', path: /^\/api\/handshake$/ },
  { method: 'POST', path: /^\/api\/pull$/ },
  { method: 'GET', path: /^\/api\/history\/[A-Za-z]{1,32}_[0-9A-Z]{26}$/ },
];

export interface ApiOptions {
  readonly ask: Ask;
  readonly contact: () => DistrictContact | undefined;
  readonly personToken: () => string | undefined;
  /** Sees every good answer, e.g. to learn the durable mark from a handshake. */
  readonly onAnswer?: (path: string, body: Uint8Array) => void;
}

export async function carryApi(
  request: { readonly method: string; readonly path: string; readonly body: () => Promise<Uint8Array> },
  { ask, contact, personToken, onAnswer }: ApiOptions,
): Promise<ApiAnswer> {
  const allowed = ALLOWED.find(({ method, path }) => method === request.method && path.test(request.path));
  if (!allowed) return failure(404, 'unknown');
  const to = contact();
  const person = personToken();
  if (!to || person === undefined) return failure(401, 'locked');
  const body = allowed.method === 'POST' ? await request.body() : undefined;
  if (body && body.length > MOST_REQUEST_BYTES) return failure(413, 'too-large');
  const result = await ask({
    method: allowed.method,
    url: `${to.address}${request.path}`,
    headers: {
      authorization: `Bearer ${to.deviceToken}`,
      [PERSON_TOKEN]: person,
      [DISTRICT]: to.district,
      accept: 'application/json',
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body }),
  });
  if (!result.ok) return failure(502, 'unreachable');
  const stranger = strangerIn(result.value, to.district);
  if (stranger) return failure(502, stranger === 'network' ? 'unreachable' : stranger);
  if (result.value.status === 200) onAnswer?.(request.path, result.value.body);
  return { status: result.value.status, body: result.value.body };
}

const failure = (status: number, error: CarriedError): ApiAnswer => ({
  status,
  body: Buffer.from(JSON.stringify({ error })),
});
