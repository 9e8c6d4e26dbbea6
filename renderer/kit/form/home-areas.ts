/** Where a person's new record may be at home: the areas of the entity's level on which a grant allows a creation. */
import { holdsRole, mayDo, type Actor, type Roles } from '../../../shared/core/access.ts';
import type { AnyEntity } from '../../../shared/core/entity.ts';
import { areaScope } from '../../../shared/core/scope.ts';
import type { KitArea } from '../ports.tsx';

const LEVELS = { district: 6, subdistrict: 9, committee: 12 } as const;

export const isOfLevel = ({ scope: { level } }: AnyEntity, code: string): boolean =>
  level === undefined || code.length === LEVELS[level];

interface Given {
  readonly actor: Actor;
  readonly roles: Roles;
  readonly areas: readonly KitArea[];
}

/** The person's own areas first, then the known ones inside them, in the order of their codes. */
export function homeAreas(entity: AnyEntity, { actor, roles, areas }: Given): readonly string[] {
  const fits = (code: string): boolean => isOfLevel(entity, code);
  const own = actor.grants.map(({ area }) => area).filter(fits);
  const inside = areas
    .map(({ code }) => code)
    .filter(fits)
    .sort();
  const { scope, access } = entity;
  const name = 'class' in scope ? scope.class : undefined;
  // Where the values decide about the class, or people are named instead of an area, the role's own area is all that is known yet.
  const may = (area: string): boolean =>
    typeof name === 'string'
      ? mayDo(actor, 'create', access, areaScope(area, name), roles)
      : holdsRole(actor, 'create', access, area);
  return [...new Set([...own, ...inside])].filter(may);
}
