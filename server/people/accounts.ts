/** Accounts: how one begins and changes, and how its owner sets the password. */
import type { Grant } from '../../shared/core/access.ts';
import { ok, refuse, type Result } from '../../shared/core/result.ts';
import type { DistrictError } from '../district-error.ts';
import type { Person } from '../ledger/transactor.ts';
import type { Parts } from '../parts.ts';
import type { Asking } from './authenticate.ts';
import { withGrants } from './grants.ts';
import { isPassword, keptPassword } from './password.ts';
import { personFor } from './permit.ts';

export interface NewPerson {
  readonly id: string;
  readonly name: string;
  readonly grants: readonly Grant[];
}

/** @returns false where the id is taken: nobody's account becomes another's */
export const addPerson = ({ transactor }: Pick<Parts, 'transactor'>, person: NewPerson): Promise<boolean> =>
  transactor.transact(async (writing) => {
    await writing.lockHead();
    if ((await writing.persons([person.id])).length > 0) return false;
    await writing.savePerson({ ...person, former: [], disabled: false, password: null });
    return true;
  });

export interface PersonChange {
  readonly grants?: readonly Grant[];
  readonly disabled?: boolean;
}

export async function changePerson(
  { change }: Pick<Parts, 'change'>,
  id: string,
  { grants, ...rest }: PersonChange,
): Promise<boolean> {
  const changed = await change(async (writing) => {
    const [person] = await writing.persons([id]);
    if (!person) return refuse('unknown-person' as const);
    await writing.savePerson({ ...(grants ? withGrants(person, grants) : person), ...rest });
    return ok([`person:${id}`]);
  });
  return changed.ok;
}

type Changed = { readonly changed: true };

/** POST /api/password. The slow part runs outside of any transaction; what it found must still be so at the end. */
export async function changePassword(
  parts: Parts,
  asking: Asking,
  { old, password }: { readonly old?: string | undefined; readonly password: string },
): Promise<Result<Changed, DistrictError>> {
  const { transactor, authenticate, tries, random } = parts;
  const caller = await personFor(transactor, asking, authenticate);
  if (!caller.ok) return caller;
  const { id, password: kept } = caller.value.person;
  if (!tries.take(id)) return refuse({ error: 'too-many-tries' });
  if (kept !== null && !(await isPassword(old, kept))) return refuse({ error: 'password-wrong' });
  const fresh = await keptPassword(password, random);
  return transactor.transact(async (writing): Promise<Result<Changed, DistrictError>> => {
    await writing.lockHead();
    const [person] = await writing.persons([id]);
    const isStillSo = (one: Person): boolean => !one.disabled && one.password === kept;
    if (!person || !isStillSo(person)) return refuse({ error: 'password-wrong' });
    await writing.savePerson({ ...person, password: fresh });
    return ok({ changed: true });
  });
}
