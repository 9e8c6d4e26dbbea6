/** One batch to the district, and what its answer means. An answer that is no verdict leaves everything as it was. */
import {
  pushRequest,
  pushResponse,
  type PushEntry,
  type PushResponse,
  type Verdict,
} from '../shared/protocol/messages.ts';
import { PROTOCOL } from '../shared/protocol/version.ts';
import { verdictsText } from '../shared/protocol/signing.ts';
import { errorOf, jsonOf, silenceFor, type AskingProblem, type DistrictContact } from './district.ts';
import { toldToWait } from './carrier-pauses.ts';
import type { Life } from './epoch-watch.ts';
import type { ChainGap } from './native/journal-chain.ts';
import { sha256, type isSignedBy } from './native/signing.ts';
import type { SignedAsk } from './signed-ask.ts';

export type CarrierProblem = Exclude<AskingProblem, 'locked'> | 'storage';

export interface Heard {
  readonly verdicts: readonly Verdict[];
  readonly life: Life | undefined;
  readonly gap: ChainGap | undefined;
}

export type Sent =
  | Heard
  /** The district is busy: milliseconds until it is this computer's turn. */
  | { readonly comeAgain: number }
  | { readonly failed: CarrierProblem; readonly tooLarge?: boolean };

export const heardIn = ({ epoch, restoredHead, verdicts, expects, previous }: PushResponse): Heard => ({
  verdicts,
  life: restoredHead === undefined ? undefined : { epoch, restoredHead },
  gap: expects === undefined ? undefined : { number: expects, previous },
});

const LONGEST = 10 * 60_000;

/** Whose word counts, and for whom. */
export interface SignedBy extends Pick<DistrictContact, 'device' | 'signingKey'> {
  readonly verify: typeof isSignedBy;
}

/** As the device, whoever is signed in (sync.md S13), to the life of the district that was heard last. Verdicts that the district has not signed for this very push are none. */
export async function sendEntries(
  ask: SignedAsk,
  to: SignedBy,
  entries: readonly PushEntry[],
  epoch?: string,
): Promise<Sent> {
  const message = pushRequest.parse({ protocol: PROTOCOL, epoch, entries });
  const body = Buffer.from(JSON.stringify(message));
  // What cannot be halved any more gets the time that it needs, or it would never get through.
  const alone = entries.length === 1 && { silenceMs: silenceFor(body.length, LONGEST) };
  const result = await ask({ method: 'POST', path: '/api/push', body, as: 'device', ...alone });
  if (!result.ok) return { failed: result.error === 'locked' ? 'access' : result.error };
  const answer = result.value;
  if (answer.status === 503) return { comeAgain: toldToWait(answer.headers['retry-after']) };
  if (answer.status === 413) return { failed: 'server', tooLarge: true };
  if (answer.status === 200) {
    const parsed = pushResponse.safeParse(jsonOf(answer.body));
    if (!parsed.success) return { failed: 'server' };
    const isSaid = isSaidByDistrict(to, body, answer.body, parsed.data);
    return isSaid ? heardIn(parsed.data) : { failed: 'not-the-district' };
  }
  switch (errorOf(answer)?.error) {
    case 'forbidden':
      return { failed: 'access' };
    case 'malformed':
    case 'too-large':
      return { failed: 'server', tooLarge: true };
    default:
      return { failed: 'server' };
  }
}

function isSaidByDistrict(
  { device, signingKey, verify }: SignedBy,
  asked: Uint8Array,
  answered: Uint8Array,
  { verdicts: _, signature, ...said }: PushResponse,
): boolean {
  // As it stands in the answer: a newer district may say more of a verdict than this build reads.
  const { verdicts } = jsonOf(answered) as { readonly verdicts: unknown };
  const [bodyHash, hash] = [hashOf(asked), hashOf(Buffer.from(JSON.stringify(verdicts)))];
  const text = verdictsText({ device, bodyHash, ...said, verdicts: hash });
  return signature !== undefined && verify(signingKey, text, signature);
}

const hashOf = (bytes: Uint8Array): string => sha256(bytes).toString('base64url');
