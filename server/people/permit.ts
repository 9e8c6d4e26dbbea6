/** What a caller may ask at all, by the state of device and person. Rights over records are a question of their own. */
import { ok, refuse, type Result } from '../../shared/core/result.ts';
import type { Roles } from '../../shared/core/access.ts';
import type { DistrictError } from '../district-error.ts';
import type { Person, WhoAsks } from '../ledger/transactor.ts';
import type { Asking, Authenticate, Caller } from './authenticate.ts';

/** `carry`: push, also from a revoked device; `device`: whoever sits there; `person`: somebody who is signed in. */
export type Need = 'carry' | 'device' | 'person';

export interface PersonAtDevice extends Caller {
  readonly person: Person;
}

export async function callerFor(
  reading: WhoAsks,
  asking: Asking,
  need: Need,
  authenticate: Authenticate,
): Promise<Result<Caller, DistrictError>> {
  const caller = await authenticate(reading, asking);
  return caller.ok ? permitted(caller.value, need) : caller;
}

export async function personFor(
  reading: WhoAsks,
  asking: Asking,
  authenticate: Authenticate,
): Promise<Result<PersonAtDevice, DistrictError>> {
  const caller = await callerFor(reading, asking, 'person', authenticate);
  if (!caller.ok) return caller;
  const { device, person } = caller.value;
  return person ? ok({ device, person }) : refuse({ error: 'unauthorised' });
}

/** The same caller in a later snapshot. */
export async function personAgain(
  reading: WhoAsks,
  { device, person }: PersonAtDevice,
): Promise<Result<PersonAtDevice, DistrictError>> {
  const now = await reading.caller(device.id, person.id);
  if (!now?.person) return refuse({ error: 'unauthorised' });
  const again = { device: now.device, person: now.person };
  const caller = permitted(again, 'person');
  return caller.ok ? ok(again) : caller;
}

function permitted(caller: Caller, need: Need): Result<Caller, DistrictError> {
  const { device, person } = caller;
  if (device.quarantined) return refuse({ error: 'quarantined' });
  if (device.revoked && need !== 'carry') return refuse({ error: 'revoked' });
  if (need !== 'person') return ok(caller);
  if (!person) return refuse({ error: 'unauthorised' });
  return person.disabled ? refuse({ error: 'forbidden' }) : ok(caller);
}

/** Areas in which somebody keeps accounts, devices and codes; none for everybody else. */
export const administeredAreas = ({ grants }: Pick<Person, 'grants'>, roles: Roles): readonly string[] =>
  grants.flatMap(({ role, area }) =>
    Object.hasOwn(roles, role) && roles[role]?.administers === true ? [area] : [],
  );
