/** Where a person's new record may be at home: the areas of the entity's level on which a grant allows a creation. */
import { mayDo, type Actor, type Roles } from '../../../shared/core/access.ts';
import { classOf, type AnyEntity } from '../../../shared/core/entity.ts';
import type { KitArea } from '../ports.tsx';

const LEVELS = { district: 6, subdistrict: 9, committee: 12 } as const;

interface Given {
  readonly actor: Actor;
  readonly roles: Roles;
  readonly areas: readonly KitArea[];
}

/** The person's own areas first, then the known ones inside them, in the order of their codes. */
export function homeAreas(entity: AnyEntity, { actor, roles, areas }: Given): readonly string[] {
  const { level } = entity.scope;
  const fits = (code: string): boolean => level === undefined || code.length === LEVELS[level];
  const own = actor.grants.map(({ area }) => area).filter(fits);
  const inside = areas
    .map(({ code }) => code)
    .filter(fits)
    .sort();
  const name = classOf(entity, {});
  return [...new Set([...own, ...inside])].filter((area) =>
    mayDo(actor, 'create', entity.access, { area, class: name }, roles),
  );
}
