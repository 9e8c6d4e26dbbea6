/** Who administers, and how far it reaches: nobody touches an account or a device beyond their own area. */
import { isWithin, type Grant } from '../../../shared/core/access.ts';
import type { AdministerRefusal } from '../../../shared/protocol/administer.ts';
import { refuse, type Result } from '../../../shared/core/result.ts';
import type { Device, Person, Reading } from '../../ledger/transactor.ts';
import type { Parts } from '../../parts.ts';

export interface Office {
  readonly parts: Parts;
  readonly areas: readonly string[];
  /** Undefined beside the server, where somebody without an account may be the one who makes the first. */
  readonly person: string | undefined;
}

/** The prefix of every area. */
export const EVERYWHERE = '';

export type Done = { readonly done: true };
export const DONE: Done = { done: true };
export type Carried<T> = Promise<Result<T, AdministerRefusal>>;

const covers = ({ areas }: Office, area: string): boolean => areas.some((around) => isWithin(area, around));

/** By the rights that somebody has, or had last: an account without any still opens what its owner was once shown. */
export function reaches(office: Office, { grants, former }: Person): boolean {
  const areas = (grants.length > 0 ? grants : former).map(({ area }) => area);
  return areas.length > 0 ? areas.every((area) => covers(office, area)) : office.areas.includes(EVERYWHERE);
}

/** A device is everybody's who uses it: all of them must be within reach. */
export async function reachesDevice(office: Office, reading: Reading, { id }: Device): Promise<boolean> {
  const people = await reading.peopleAt(id);
  return people.length > 0
    ? people.every((person) => reaches(office, person))
    : office.areas.includes(EVERYWHERE);
}

/** @returns why these rights may not be given out here */
export function whyNotGrants(
  office: Office,
  grants: readonly Grant[],
): Result<never, AdministerRefusal> | undefined {
  const { roles } = office.parts.registry;
  if (!grants.every(({ area }) => AREA.test(area))) return refuse('malformed');
  if (!grants.every(({ role }) => Object.hasOwn(roles, role))) return refuse('unknown-role');
  return grants.every(({ area }) => covers(office, area)) ? undefined : refuse('outside-area');
}

/** District, sub-district, committee. */
export const AREA = /^\d{6}(\d{3}(\d{3})?)?$/;
