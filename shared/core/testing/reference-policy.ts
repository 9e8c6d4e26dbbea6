/**
 * Who may read and do what, written down a second time from security.md and architecture.md alone: entitlements are expanded over an
 * explicit tree of areas into sets of scope names, and nothing of access.ts is used. Only tests ask it.
 *
 *  - Entitlement is role × area subtree; some classes are also read in the areas around one's own.
 *  - A record is at home in one scope and shared into any number; it is read through any of them, and written through any of them by
 *    somebody whose role may do that: over the scope's area, or, where people are named instead, held anywhere.
 *  - With whom it is shared and where it is at home is decided at home alone.
 *  - A matter with named readers is read by them; whoever begins one holds the role over its area, and needs no name to begin it.
 *  - Giving a record another class takes the right to create it there as well.
 */
import type { Roles } from '../access.ts';
import type { AnyEntity } from '../entity.ts';
import type { Operation } from '../operation.ts';
import type { RecordState } from '../record.ts';

interface Person {
  readonly id: string;
  readonly grants: readonly { readonly role: string; readonly area: string }[];
}

export interface PolicyWorld {
  /** Area → the area around it. */
  readonly areas: ReadonlyMap<string, string | undefined>;
  /** Matter → the people whom it names. */
  readonly readers: ReadonlyMap<string, readonly string[]>;
  readonly roles: Roles;
}

/** Names of all scopes in which the person reads. */
function entitlements(person: Person, { areas, readers, roles }: PolicyWorld): ReadonlySet<string> {
  const scopes = new Set([`person/${person.id}`]);
  const declared = new Map(Object.entries(roles));
  for (const grant of person.grants) {
    const role = declared.get(grant.role);
    for (const area of areas.keys()) {
      if (isUnder(area, grant.area, areas)) role?.reads.forEach((name) => scopes.add(`${area}/${name}`));
      if (isUnder(grant.area, area, areas))
        role?.readsAround?.forEach((name) => scopes.add(`${area}/${name}`));
    }
  }
  for (const [matter, named] of readers) if (named.includes(person.id)) scopes.add(`readers/${matter}`);
  return scopes;
}

export const mayReadByPolicy = (person: Person, record: RecordState, world: PolicyWorld): boolean => {
  const read = entitlements(person, world);
  return [record.scope, ...(record.shares ?? [])].some((scope) => read.has(scope));
};

export function mayDoByPolicy(
  person: Person,
  { kind, record: id }: Pick<Operation, 'kind' | 'record'>,
  before: RecordState | undefined,
  after: RecordState,
  entity: AnyEntity,
  world: PolicyWorld,
): boolean {
  const read = entitlements(person, world);
  const holds = (roles: readonly string[], area: string | undefined): boolean =>
    person.grants.some(
      (grant) => roles.includes(grant.role) && (area === undefined || isUnder(area, grant.area, world.areas)),
    );
  const writes = (roles: readonly string[], scope: string): boolean =>
    read.has(scope) && holds(roles, /^\d/.test(scope) ? scope.split('/')[0] : undefined);

  const {
    create,
    change,
    advance = change,
    withdraw = change,
    share = change,
    move = change,
    merge = change,
  } = entity.access;
  if (!before) return holds(create, after.area) && (read.has(after.scope) || after.scope === `readers/${id}`);
  if (kind === 'share' || kind === 'unshare') return writes(share, before.scope);
  if (kind === 'move') return writes(move, before.scope);
  const pairing = { merge, unmerge: merge, distinguish: merge };
  const review = { accept: change, decline: change };
  const roles = { create, change, advance, withdraw, restore: withdraw, ...pairing, ...review }[kind];
  const through = [before.scope, ...(before.shares ?? [])];
  if (!through.some((scope) => writes(roles, scope))) return false;
  return before.scope === after.scope || writes(create, after.scope);
}

function isUnder(area: string, above: string, areas: PolicyWorld['areas']): boolean {
  for (let place: string | undefined = area; place !== undefined; place = areas.get(place)) {
    if (place === above) return true;
  }
  return false;
}
