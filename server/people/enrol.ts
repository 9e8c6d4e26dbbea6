/** A one-time code becomes a device with its first person, or a further person on a device that is known already. */
import { isId, newId, type RandomBytes } from '../../shared/core/id.ts';
import { ok, refuse, type Result } from '../../shared/core/result.ts';
import type { EnrolRequest } from '../../shared/protocol/messages.ts';
import type { DistrictError } from '../district-error.ts';
import type { Device, Head, Person, Writing } from '../ledger/transactor.ts';
import { CODE_MINUTES, hashOf, newCode, newToken, tidyCode } from './tokens.ts';

export interface Enrolled {
  readonly head: Head;
  readonly person: Person;
  readonly personToken: string;
  readonly device: Device;
  readonly deviceToken: string;
}

export interface Enrolling {
  readonly now: number;
  readonly random: RandomBytes;
  /** The caller's device token, where a further person joins a known device. */
  readonly deviceToken: string | undefined;
}

export async function enrol(
  writing: Writing,
  request: EnrolRequest,
  { now, random, deviceToken }: Enrolling,
): Promise<Result<Enrolled, DistrictError>> {
  // One enrolment at a time: device numbers are given out and codes used up under the head's lock.
  const head = await writing.lockHead();
  let known: Device | undefined;
  /** Enrolled before the backup from which this district came back: with a code it is let in again under its old id. */
  let forgotten: string | undefined;
  if (request.device !== undefined) {
    known = deviceToken === undefined ? undefined : await writing.deviceByToken(hashOf(deviceToken));
    const isUnheardOf = !known && deviceToken !== undefined && isId(request.device, 'device');
    if (isUnheardOf && !(await writing.device(request.device))) forgotten = request.device;
    else if (!known || known.id !== request.device || known.revoked) return refuse({ error: 'unauthorised' });
  }
  const tidy = tidyCode(request.code);
  const code = tidy === undefined ? undefined : await writing.code(hashOf(tidy));
  if (!code) return refuse({ error: 'code-unknown' });
  if (Date.parse(code.expiresAt) <= now) return refuse({ error: 'code-expired' });
  const [person] = await writing.persons([code.person]);
  if (!person || person.disabled) return refuse({ error: 'code-unknown' });
  if (!(await writing.useCode(code.hash, new Date(now).toISOString()))) return refuse({ error: 'code-used' });

  const token = (known || forgotten) && deviceToken !== undefined ? deviceToken : newToken(random);
  const device = known ?? {
    id: forgotten ?? newId('device', now, random),
    number: await writing.nextDeviceNumber(),
    tokenHash: hashOf(token),
    revoked: false,
  };
  if (!known) await writing.saveDevice(device);
  const personToken = newToken(random);
  await writing.saveMember({ device: device.id, person: person.id, tokenHash: hashOf(personToken) });
  return ok({ head, person, personToken, device, deviceToken: token });
}

/** @returns the code to read out; undefined for somebody whom the district does not know or has disabled */
export async function issueCode(
  writing: Writing,
  person: string,
  { now, random }: Pick<Enrolling, 'now' | 'random'>,
): Promise<string | undefined> {
  const [known] = await writing.persons([person]);
  if (!known || known.disabled) return undefined;
  const code = newCode(random);
  const expiresAt = new Date(now + CODE_MINUTES * 60_000).toISOString();
  await writing.saveCode({ hash: hashOf(code), person, expiresAt, usedAt: null });
  return code;
}
