/** Who is asking: the device by its token, the person by theirs. Checked at every request, so that revoking works at once. */
import { ok, refuse, type Result } from '../../shared/core/result.ts';
import type { DistrictError } from '../district-error.ts';
import type { Device, Person, Reading } from '../ledger/transactor.ts';
import { hashOf } from './tokens.ts';

/** Tokens as they came. */
export interface Credentials {
  readonly device?: string | undefined;
  readonly person?: string | undefined;
}

export async function deviceOf(
  reading: Reading,
  { device }: Credentials,
): Promise<Result<Device, DistrictError>> {
  const known = device === undefined ? undefined : await reading.deviceByToken(hashOf(device));
  return known && !known.revoked ? ok(known) : refuse({ error: 'unauthorised' });
}

export interface Principal {
  readonly device: Device;
  readonly person: Person;
}

export async function principalOf(
  reading: Reading,
  credentials: Credentials,
): Promise<Result<Principal, DistrictError>> {
  const device = await deviceOf(reading, credentials);
  if (!device.ok) return device;
  if (credentials.person === undefined) return refuse({ error: 'unauthorised' });
  const hash = hashOf(credentials.person);
  const member = (await reading.members(device.value.id)).find(({ tokenHash }) => tokenHash === hash);
  const [person] = member ? await reading.persons([member.person]) : [];
  if (!person) return refuse({ error: 'unauthorised' });
  return person.disabled ? refuse({ error: 'forbidden' }) : ok({ device: device.value, person });
}
