/**
 * A question to the district with a token and this device's proof. Whoever asks says as whom; the tokens are fetched, kept and renewed
 * behind it. No clock of this computer decides: a token that the district does not take is replaced, once.
 *
 * The district's own errors about the question come back as its answer; what concerns this computer or the line is a refusal.
 */
import { ok, refuse, type Result } from '../shared/core/result.ts';
import { DISTRICT, type ErrorResponse } from '../shared/protocol/messages.ts';
import { PROOF } from '../shared/protocol/signing.ts';
import {
  errorOf,
  problemIn,
  strangerIn,
  type Answer,
  type Ask,
  type AskingProblem,
  type DistrictContact,
} from './district.ts';
import { proofOf } from './proof.ts';
import type { Tokens } from './tokens.ts';

export interface SignedQuestion {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Without a query: `/api/pull`. */
  readonly path: string;
  readonly body?: Uint8Array;
  /** Of the body; JSON without it. */
  readonly type?: 'application/octet-stream';
  /** A good answer is bytes, not JSON. */
  readonly bytes?: boolean;
  /** A device only carries; whatever is read or changed needs the unlocked person. */
  readonly as: 'device' | 'person';
  readonly timeoutMs?: number;
  readonly silenceMs?: number;
  readonly mostBytes?: number;
}

export type SignedAsk = (question: SignedQuestion) => Promise<Result<Answer, AskingProblem>>;

export interface SignedAskOptions {
  readonly ask: Ask;
  /** Undefined until the computer is enrolled. */
  readonly contact: () => DistrictContact | undefined;
  readonly sign: (text: string) => string;
  readonly tokens: Tokens;
}

export function createSignedAsk({ ask, contact, sign, tokens }: SignedAskOptions): SignedAsk {
  return async ({ as, path, method, body, type = 'application/json', bytes = false, ...limits }) => {
    for (let last = false; ; last = true) {
      const to = contact();
      if (!to) return refuse('locked');
      const token = await tokens.access(as);
      if (!token.ok) return token;
      const result = await ask({
        ...limits,
        method,
        url: `${to.address}${path}`,
        headers: {
          authorization: `Bearer ${token.value}`,
          [PROOF]: proofOf(sign, { method, path, token: token.value, body }),
          [DISTRICT]: to.district,
          accept: bytes ? 'application/octet-stream, application/json' : 'application/json',
          ...(body && { 'content-type': type }),
        },
        ...(body && { body }),
      });
      if (!result.ok) return result;
      const judged = judge(result.value, to.district, bytes);
      // Whoever is in between could say so: the district signs it.
      const isSaid = judged !== 'another-token' && !judged.ok && judged.error === 'revoked';
      if (isSaid && !(await tokens.askIfRevoked())) return refuse('server');
      if (judged !== 'another-token') return judged;
      if (last) return refuse('access');
      tokens.forget(token.value);
    }
  };

  function judge(
    answer: Answer,
    district: string,
    bytes: boolean,
  ): Result<Answer, AskingProblem> | 'another-token' {
    // A proxy's own 413 does not carry the district's name, and still means: smaller.
    if (answer.status === 413) return ok(answer);
    const stranger = strangerIn(answer, district, bytes && answer.status === 200);
    if (stranger) return refuse(stranger);
    if (answer.status === 200) return ok(answer);
    if (isAboutTheToken(answer)) return 'another-token';
    const problem = problemIn(answer);
    return problem ? refuse(problem) : ok(answer);
  }
}

const ABOUT_THE_TOKEN: readonly ErrorResponse['error'][] = ['expired', 'unauthorised', 'bad-proof'];

export function isAboutTheToken(answer: Answer): boolean {
  const error = errorOf(answer)?.error;
  return error !== undefined && ABOUT_THE_TOKEN.includes(error);
}
