/**
 * Coming in, with a code over the network or with a pair of files (docs/protocol.md, Enrolling). The slow password is compared before
 * the district's head is locked, so that nobody else waits for it.
 */
import { ok, refuse, type Result } from '../../shared/core/result.ts';
import type {
  EnrolmentAnswer,
  EnrolmentAnswerFile,
  EnrolRequest,
  EnrolResponse,
} from '../../shared/protocol/enrolment.ts';
import { enrolmentAnswerOf, userKeyReturnOf } from '../../shared/protocol/sealed-box.ts';
import { enrolmentAnswerText } from '../../shared/protocol/signing.ts';
import type { DistrictError } from '../district-error.ts';
import type { Parts } from '../parts.ts';
import { hashOf, tidyCode } from './codes.ts';
import { digestOfRequest, enrol, isSignedBothWays, memberOf, needsPassword, type Trust } from './enrol.ts';
import { isPassword } from './password.ts';

const ANSWER_DAYS = 7;
const DAY_MS = 86_400_000;

export interface Vouched {
  readonly person: string;
  /** Where somebody comes back there. */
  readonly device?: string | undefined;
  readonly request: EnrolRequest;
}

export async function enrolByCode(
  parts: Parts,
  request: EnrolRequest,
): Promise<Result<EnrolResponse, DistrictError>> {
  const wrong = whatIsWrong(parts, request);
  if (wrong) return refuse(wrong);
  const tidy = tidyCode(request.code);
  if (tidy === undefined) return refuse({ error: 'code-unknown' });
  const code = hashOf(tidy);
  const trust = await trustIn(parts, request, code);
  if (!trust.ok) return trust;
  const { transactor, clock, random, keys } = parts;
  const given = { now: clock(), random, keys, code, trust: trust.value };
  return transactor.transact((writing) => enrol(writing, request, given));
}

/** The administrator says whose request it is. The same request gets the same device again, however often it is answered. */
export async function enrolByFile(
  parts: Parts,
  { person, device, request }: Vouched,
): Promise<Result<EnrolmentAnswerFile, DistrictError>> {
  const wrong = whatIsWrong(parts, request);
  if (wrong) return refuse(wrong);
  const { transactor, clock, random, keys, address } = parts;
  const now = clock();
  const code = hashOf(`linli/enrolment-file|${digestOfRequest(request, keys)}`);
  const expiresAt = new Date(now + ANSWER_DAYS * DAY_MS).toISOString();
  const enrolled = await transactor.transact(async (writing) => {
    const known = await writing.code(code);
    if (known && known.person !== person) return refuse({ error: 'code-used' as const });
    const use = known ?? { usedAt: null, usedBy: null, became: null };
    await writing.saveCode({ ...use, hash: code, person, device: device ?? null, expiresAt });
    return enrol(writing, request, { now, random, keys, code, trust: { kind: 'administrator' } });
  });
  if (!enrolled.ok) return enrolled;
  const answer: EnrolmentAnswer = { answer: enrolled.value, address, expiresAt };
  const content = Buffer.from(JSON.stringify(answer));
  const deviceKey = request.device.key;
  const sealed = keys.sealBox(content, request.person.exchangeKey, enrolmentAnswerOf(deviceKey));
  if (sealed === undefined) return refuse({ error: 'malformed' });
  const signature = keys.sign(enrolmentAnswerText(keys.hash(sealed)));
  const { signingKey } = keys;
  return ok({ kind: 'linli-enrolment-answer', v: 1, deviceKey, signingKey, signature, sealed });
}

function whatIsWrong({ keys, speaks }: Parts, request: EnrolRequest): DistrictError | undefined {
  if (!speaks(request.protocol)) return { error: 'unsupported-protocol' };
  if (!isSignedBothWays(request, keys)) return { error: 'bad-proof' };
  // A point that nothing can be sealed to would lock its owner out later.
  const trial = keys.sealBox(new Uint8Array(), request.person.exchangeKey, userKeyReturnOf('', ''));
  return trial === undefined ? { error: 'malformed' } : undefined;
}

/** Whoever has no good code learns nothing about a password. */
async function trustIn(
  { transactor, clock, tries }: Parts,
  { device, password }: EnrolRequest,
  hash: string,
): Promise<Result<Trust, DistrictError>> {
  const person = await transactor.read(async (reading) => {
    const code = await reading.code(hash);
    const isGood = code && code.usedAt === null && Date.parse(code.expiresAt) > clock();
    if (!isGood || device.id === undefined || code.device !== device.id) return undefined;
    const [account] = await reading.persons([code.person]);
    const member = await memberOf(reading, device.id, code.person);
    return account && member && needsPassword(account, member) ? account : undefined;
  });
  if (!person || person.password === null) return ok({ kind: 'none' });
  if (password === undefined) return refuse({ error: 'password-wrong' });
  if (!tries.take(person.id)) return refuse({ error: 'too-many-tries' });
  const isRight = await isPassword(password, person.password);
  return isRight ? ok({ kind: 'password', kept: person.password }) : refuse({ error: 'password-wrong' });
}
