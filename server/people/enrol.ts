/**
 * A one-time code becomes a device with its first person, a further person on a known device, or somebody's way back in. The code is
 * the authority; the signatures show that whoever asks holds the new keys. Sent again, the same request gets the same answer.
 */
import { isId, newId, type RandomBytes } from '../../shared/core/id.ts';
import { ok, refuse, type Result } from '../../shared/core/result.ts';
import type { EnrolRequest, EnrolResponse } from '../../shared/protocol/enrolment.ts';
import { CHAIN_START } from '../../shared/protocol/link.ts';
import { userKeyEscrowOf, userKeyReturnOf } from '../../shared/protocol/sealed-box.ts';
import { enrolText } from '../../shared/protocol/signing.ts';
import type { DistrictError } from '../district-error.ts';
import type { DistrictKeys } from '../keys.ts';
import type { Code } from '../ledger/code.ts';
import type { Member } from '../ledger/on-device.ts';
import type { Device, Head, Person, Reading, Writing } from '../ledger/transactor.ts';
import { nextRefresh } from './refresh-token.ts';

export interface Enrolling {
  readonly now: number;
  readonly random: RandomBytes;
  readonly keys: DistrictKeys;
  /** Hash under which the code is kept. */
  readonly code: string;
  readonly trust: Trust;
}

/** What stands beside the code: nothing, the account's password (the kept text that it fits), or the administrator in person. */
export type Trust =
  | { readonly kind: 'none' | 'administrator' }
  | { readonly kind: 'password'; readonly kept: string };

type Answer = Result<EnrolResponse, DistrictError>;

/** Whoever asks holds the private halves of the device's and of the person's key. */
export function isSignedBothWays(
  { code, device, person, nonce, signatures }: EnrolRequest,
  { verify }: Pick<DistrictKeys, 'verify'>,
): boolean {
  const { signingKey, exchangeKey } = person;
  const text = enrolText({ code, device: device.id, deviceKey: device.key, signingKey, exchangeKey, nonce });
  return verify(text, signatures.device, device.key) && verify(text, signatures.person, signingKey);
}

export const digestOfRequest = (
  { device, person }: EnrolRequest,
  { hash }: Pick<DistrictKeys, 'hash'>,
): string =>
  hash(['linli/enrol', device.id ?? '', device.key, person.signingKey, person.exchangeKey].join('\n'));

export async function enrol(writing: Writing, request: EnrolRequest, given: Enrolling): Promise<Answer> {
  const { now, keys } = given;
  // One enrolment at a time: device numbers are given out and codes used up under the head's lock.
  const head = await writing.lockHead();
  const code = await writing.code(given.code);
  if (!code) return refuse({ error: 'code-unknown' });
  if (Date.parse(code.expiresAt) <= now) return refuse({ error: 'code-expired' });
  const [person] = await writing.persons([code.person]);
  if (!person || person.disabled) return refuse({ error: 'code-unknown' });
  const digest = digestOfRequest(request, keys);
  if (code.usedAt !== null) {
    const device = code.became === null ? undefined : await writing.device(code.became);
    if (code.usedBy !== digest || device?.key !== request.device.key) return refuse({ error: 'code-used' });
    if (device.revoked) return refuse({ error: 'revoked' });
    return ok(
      await answerTo(writing, { head, person, device, exchangeKey: request.person.exchangeKey }, keys),
    );
  }
  const device = await deviceFor(writing, request, code, given);
  if (!device.ok) return device;
  const member = await memberOf(writing, device.value.id, person.id);
  if (member?.userKey && !isForReturning(code, request, given.trust))
    return refuse({ error: 'code-unknown' });
  if (member && needsPassword(person, member) && !isTrusted(person, given.trust)) {
    return refuse({ error: 'password-wrong' });
  }
  const { id } = device.value;
  if (
    !(await writing.useCode({ hash: code.hash, at: new Date(now).toISOString(), usedBy: digest, became: id }))
  )
    return refuse({ error: 'code-used' });
  await keep(writing, { request, device: device.value, person, member }, keys);
  const { exchangeKey } = request.person;
  return ok(await answerTo(writing, { head, person, device: device.value, exchangeKey }, keys));
}

/** A code for any computer is no way back to what somebody keeps on this one. */
const isForReturning = (code: Code, { device }: EnrolRequest, trust: Trust): boolean =>
  trust.kind === 'administrator' || code.device === device.id;

/** Only whoever gets a user key back is asked for the password. */
export const needsPassword = ({ password }: Person, { userKey }: Member): boolean =>
  password !== null && userKey !== null;

/** The password that fitted must still be in force. */
const isTrusted = ({ password }: Person, trust: Trust): boolean =>
  trust.kind === 'administrator' || (trust.kind === 'password' && trust.kept === password);

async function deviceFor(
  writing: Writing,
  request: EnrolRequest,
  code: Code,
  { now, random }: Enrolling,
): Promise<Result<Device, DistrictError>> {
  const { id, key } = request.device;
  if (code.device !== null && code.device !== id) return refuse({ error: 'code-unknown' });
  const known = id === undefined ? undefined : await writing.lockDevice(id);
  if (known) {
    if (known.revoked) return refuse({ error: 'revoked' });
    if (known.quarantined) return refuse({ error: 'quarantined' });
    // Another key takes the device's place only with a code for this very device, and for somebody who uses it.
    const mayReplace = code.device === id && (await memberOf(writing, known.id, code.person)) !== undefined;
    if (known.key !== key && !mayReplace) return refuse({ error: 'bad-proof' });
    return ok({ ...known, key });
  }
  if (id !== undefined && !isId(id, 'device')) return refuse({ error: 'malformed' });
  return ok({
    // An id that the district does not know was given before the backup from which it came back.
    id: id ?? newId('device', now, random),
    number: await writing.nextDeviceNumber(),
    key,
    refresh: 0,
    graceUntil: null,
    revoked: false,
    quarantined: false,
    seenAt: new Date(now).toISOString(),
    app: request.app,
    pending: null,
  });
}

export const memberOf = async (
  reading: Reading,
  device: string,
  person: string,
): Promise<Member | undefined> => (await reading.members(device)).find((member) => member.person === person);

interface Kept {
  readonly request: EnrolRequest;
  readonly device: Device;
  readonly person: Person;
  readonly member: Member | undefined;
}

async function keep(
  writing: Writing,
  { request, device, person, member }: Kept,
  keys: DistrictKeys,
): Promise<void> {
  const { signingKey, exchangeKey } = request.person;
  await writing.saveDevice(device);
  await writing.saveMember({
    device: device.id,
    person: person.id,
    exchangeKey,
    userKey: member?.userKey ?? null,
  });
  const id = signingKeyIdOf(signingKey, keys);
  await writing.saveSigningKey({ id, device: device.id, person: person.id, key: signingKey });
}

/** First 16 bytes of the point's hash (shared/protocol/link.ts). */
const signingKeyIdOf = (point: string, { hash }: DistrictKeys): string =>
  Buffer.from(hash(Buffer.from(point, 'base64')), 'base64url')
    .subarray(0, 16)
    .toString('base64url');

interface Answering {
  readonly head: Head;
  readonly person: Person;
  readonly device: Device;
  readonly exchangeKey: string;
}

async function answerTo(
  writing: Writing,
  { head, person, device, exchangeKey }: Answering,
  keys: DistrictKeys,
): Promise<EnrolResponse> {
  const member = await memberOf(writing, device.id, person.id);
  const plain = member?.userKey
    ? keys.openBox(member.userKey, userKeyEscrowOf(device.id, person.id))
    : undefined;
  const userKey = plain && keys.sealBox(plain, exchangeKey, userKeyReturnOf(device.id, person.id));
  const [chain] = await writing.chains([device.id]);
  const { number = 0, hash = CHAIN_START } = chain ?? {};
  return {
    device: {
      id: device.id,
      label: `D${device.number}`,
      refresh: nextRefresh(device, keys.mac),
      chain: { number, hash },
    },
    person: {
      id: person.id,
      name: person.name,
      grants: person.grants.map(({ role, area }) => ({ role, area })),
      ...(userKey !== undefined && { userKey }),
    },
    district: {
      id: head.district,
      name: head.name,
      epoch: head.epoch,
      publicKey: keys.publicKey,
      signingKey: keys.signingKey,
    },
  };
}
