/**
 * An enrolment by code: the request goes out, the district's answer comes back, and everything that is not the district's, or not the
 * one that this computer belongs to, has a word of its own. Nothing is kept here.
 */
import type { DoorRefusal } from '../shared/bridge.ts';
import { ok, refuse, type Result } from '../shared/core/result.ts';
import { enrolResponse, type EnrolRequest, type EnrolResponse } from '../shared/protocol/enrolment.ts';
import { DISTRICT } from '../shared/protocol/messages.ts';
import { errorOf, isJson, jsonOf, type Answer, type Ask } from './district.ts';
import type { Keys } from './native/key-types.ts';

export async function askToEnrol(
  ask: Ask,
  address: string,
  request: EnrolRequest,
  keys: Pick<Keys, 'known'>,
): Promise<Result<EnrolResponse, DoorRefusal>> {
  const known = keys.known();
  const result = await ask({
    method: 'POST',
    url: `${address}/api/enrol`,
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(known && { [DISTRICT]: known.district }),
    },
    body: Buffer.from(JSON.stringify(request)),
    mostBytes: 1024 * 1024,
    timeoutMs: 20_000,
  });
  if (!result.ok) return refuse({ code: 'unreachable' });
  const answer = result.value;
  if (answer.status !== 200) return refuse(refusalOf(answer, known?.district));
  const parsed = isJson(answer) ? enrolResponse.safeParse(jsonOf(answer.body)) : undefined;
  if (!parsed?.success) return refuse({ code: 'not-a-district' });
  const named = answer.headers[DISTRICT];
  if (named !== undefined && named !== parsed.data.district.id) return refuse({ code: 'not-a-district' });
  return isOurs(parsed.data, keys) ? ok(parsed.data) : refuse({ code: 'other-district' });
}

/** From the district, and for the computer, that this one already is, with the keys that were pinned; anything goes while it is none. */
export function isOurs({ district, device }: EnrolResponse, keys: Pick<Keys, 'known'>): boolean {
  const known = keys.known();
  return (
    known === undefined ||
    (known.district === district.id &&
      known.device === device.id &&
      known.publicKey === district.publicKey &&
      known.signingKey === district.signingKey)
  );
}

/** The district's own words where it has them; a stranger's page is no district; what is broken there may work later. */
function refusalOf(answer: Answer, knownDistrict: string | undefined): DoorRefusal {
  const error = isJson(answer) ? errorOf(answer)?.error : undefined;
  const named = answer.headers[DISTRICT];
  if (knownDistrict !== undefined && typeof named === 'string' && named !== knownDistrict)
    return { code: 'other-district' };
  switch (error) {
    case undefined:
      return { code: answer.status >= 502 && answer.status <= 504 ? 'unreachable' : 'not-a-district' };
    case 'code-unknown':
    case 'code-used':
    case 'code-expired':
    case 'too-many-tries':
    case 'unsupported-protocol':
    case 'password-wrong':
    case 'revoked':
    case 'quarantined':
      return { code: error };
    case 'malformed':
    case 'too-large':
    // A code for another computer than this one, which comes with a key of its own.
    case 'bad-proof':
      return { code: 'code-unknown' };
    case 'wrong-district':
      return { code: 'other-district' };
    case 'unauthorised':
    case 'forbidden':
    case 'expired':
      return { code: 'unknown-person' };
    case 'not-found':
      return { code: 'not-a-district' };
    case 'wrong-epoch':
    case 'disk-full':
    case 'other-content':
    case 'internal':
      return { code: 'unreachable' };
  }
}
