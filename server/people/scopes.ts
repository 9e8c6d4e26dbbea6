/**
 * The scopes that a person reads, by name: the grants' own areas, the areas around them, and every scope inside them that holds
 * data. `mayRead` alone decides; this only lists what to ask it about.
 */
import { mayRead, parseScope, scopeName, type Actor, type Roles } from '../../shared/core/access.ts';

/** Lengths of area codes from the district down. */
const LEVELS = [6, 9, 12];

export function readableScopes(actor: Actor, roles: Roles, existing: readonly string[]): readonly string[] {
  const candidates = new Set(existing);
  for (const { role, area } of actor.grants) {
    const declared = Object.hasOwn(roles, role) ? roles[role] : undefined;
    for (const name of declared?.reads ?? []) candidates.add(scopeName({ area, class: name }));
    for (const length of LEVELS.filter((level) => level <= area.length)) {
      for (const name of declared?.readsAround ?? []) {
        candidates.add(scopeName({ area: area.slice(0, length), class: name }));
      }
    }
  }
  return [...candidates].filter((scope) => mayRead(actor, parseScope(scope), roles)).sort();
}
