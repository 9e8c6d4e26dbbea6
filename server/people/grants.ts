/** Rights given and taken. What is taken is remembered: operations written under it are held for review, not refused (S14). */
import type { Grant } from '../../shared/core/access.ts';
import type { Person } from '../ledger/transactor.ts';

const sameGrant = (one: Grant, other: Grant): boolean => one.role === other.role && one.area === other.area;

export function withGrants(person: Person, grants: readonly Grant[]): Person {
  const taken = person.grants.filter((grant) => !grants.some((other) => sameGrant(grant, other)));
  const former = [
    ...person.former.filter((grant) => !taken.some((other) => sameGrant(grant, other))),
    ...taken,
  ];
  return { ...person, grants, former };
}
