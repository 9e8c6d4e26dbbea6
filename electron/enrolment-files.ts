/**
 * An enrolment without a network: a request file goes out, the district's answer file comes back within seven days. The answer is
 * sealed to the keys of the request and signed by the district, whose key people compare by its fingerprint before they trust it.
 */
import type { DoorRefusal } from '../shared/bridge.ts';
import { ok, refuse, type Result } from '../shared/core/result.ts';
import {
  enrolmentAnswer,
  enrolmentAnswerFile,
  type EnrolmentAnswer,
  type EnrolmentRequestFile,
} from '../shared/protocol/enrolment.ts';
import { enrolmentAnswerOf } from '../shared/protocol/sealed-box.ts';
import { fingerprintOf } from '../shared/protocol/fingerprint.ts';
import { enrolmentAnswerText } from '../shared/protocol/signing.ts';
import { jsonOf } from './district.ts';
import type { Candidate } from './native/key-types.ts';
import { isSignedBy, sha256 } from './native/signing.ts';

export function requestFile({ request }: Candidate, now: number): { name: string; bytes: Uint8Array } {
  const at = new Date(now).toISOString();
  const file: EnrolmentRequestFile = { kind: 'linli-enrolment-request', v: 1, at, request };
  return { name: '邻里台账登记申请.json', bytes: Buffer.from(`${JSON.stringify(file, null, 2)}\n`) };
}

export interface ReadAnswer extends EnrolmentAnswer {
  readonly fingerprint: string;
}

const NOT_AN_ANSWER = { code: 'not-an-answer' } as const;
/** As large as the schema lets it be, with room for white space. */
const MOST_BYTES = 64 * 1024;

export function readAnswer(
  bytes: Uint8Array,
  { request, openBox }: Candidate,
  now: number,
): Result<ReadAnswer, DoorRefusal> {
  if (bytes.length > MOST_BYTES) return refuse(NOT_AN_ANSWER);
  const file = enrolmentAnswerFile.safeParse(jsonOf(bytes)).data;
  if (!file || file.deviceKey !== request.device.key) return refuse(NOT_AN_ANSWER);
  const text = enrolmentAnswerText(sha256(file.sealed).toString('base64url'));
  if (!isSignedBy(file.signingKey, text, file.signature)) return refuse(NOT_AN_ANSWER);
  const plain = openBox(file.sealed, enrolmentAnswerOf(file.deviceKey));
  const parsed = plain && enrolmentAnswer.safeParse(jsonOf(plain)).data;
  if (!parsed || parsed.answer.district.signingKey !== file.signingKey) return refuse(NOT_AN_ANSWER);
  if (Date.parse(parsed.expiresAt) <= now) return refuse({ code: 'answer-expired' });
  return ok({ ...parsed, fingerprint: fingerprintOf(sha256(Buffer.from(file.signingKey, 'base64'))) });
}
