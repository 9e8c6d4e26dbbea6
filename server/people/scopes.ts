/**
 * The scopes that a person reads, by name: the grants' own areas, the areas around them, every scope inside them that holds data, the
 * person's own, and the confidential matters that name them. `mayRead` alone decides; this only lists what to ask it about.
 */
import { mayRead, type Actor, type Grant, type Roles } from '../../shared/core/access.ts';
import { areaScope, parseScope, scopeName } from '../../shared/core/scope.ts';

/** Lengths of area codes from the district down. */
const SHORTEST = 6;
const LEVELS = [SHORTEST, 9, 12];

/** How the names of all area scopes begin that lie in the areas of these grants, or around them. */
export const beginningsOf = (grants: readonly Grant[]): readonly string[] => [
  ...new Set(
    grants.flatMap(({ area }) => [
      area,
      ...Array.from(
        { length: Math.max(0, area.length - SHORTEST) },
        (_, more) => `${area.slice(0, SHORTEST + more)}/`,
      ),
    ]),
  ),
];

export function readableScopes(actor: Actor, roles: Roles, existing: readonly string[]): readonly string[] {
  const candidates = new Set(existing);
  candidates.add(scopeName({ form: 'person', person: actor.id }));
  for (const { role, area } of actor.grants) {
    const declared = Object.hasOwn(roles, role) ? roles[role] : undefined;
    for (const name of declared?.reads ?? []) candidates.add(scopeName(areaScope(area, name)));
    for (const length of LEVELS.filter((level) => level <= area.length)) {
      for (const name of declared?.readsAround ?? []) {
        candidates.add(scopeName(areaScope(area.slice(0, length), name)));
      }
    }
  }
  return [...candidates]
    .filter((name) => {
      const scope = parseScope(name);
      return scope !== undefined && mayRead(actor, scope, roles);
    })
    .sort();
}
