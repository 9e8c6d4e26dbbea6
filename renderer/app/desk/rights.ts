/** What this person may reach, for navigation and quick registration. The judge decides; this only spares people closed doors. */
import type { Actor, Roles } from '../../../shared/core/access.ts';
import type { AnyEntity } from '../../../shared/core/entity.ts';
import type { Language } from '../../../shared/core/label.ts';
import type { Registry } from '../../../shared/core/registry.ts';

function mayCreate(entity: AnyEntity, me: Actor): boolean {
  return me.grants.some(({ role }) => entity.access.create.includes(role));
}

function maySee(entity: AnyEntity, me: Actor, roles: Roles): boolean {
  const { scope, access } = entity;
  // Named readers and one's own need no role to read; whose work it is, has it in sight.
  if (!('class' in scope))
    return me.grants.some(({ role }) => [...access.create, ...access.change].includes(role));
  const { class: name } = scope;
  if (typeof name !== 'string') return true;
  return me.grants.some(({ role }) =>
    [...(roles[role]?.reads ?? []), ...(roles[role]?.readsAround ?? [])].includes(name),
  );
}

/** Keeps accounts, devices and codes inside some area. */
export const mayAdminister = ({ roles }: Registry, me: Actor): boolean =>
  me.grants.some(({ role }) => roles[role]?.administers === true);

/** The entities that stand in the navigation, in the registry's order. */
export const entitiesInNavigation = ({ entities, roles }: Registry, me: Actor): readonly AnyEntity[] =>
  [...entities.values()]
    .filter(({ place }) => place === 'navigation')
    .filter((entity) => maySee(entity, me, roles));

/** Those that a person may register at once; what has clocks and stages comes first, since a visitor is waiting. */
export function entitiesToRegister(registry: Registry, me: Actor): readonly AnyEntity[] {
  const rank = ({ deadlines, stageField }: AnyEntity): number =>
    (deadlines?.length ? 0 : 1) + (stageField === undefined ? 1 : 0);
  return entitiesInNavigation(registry, me)
    .filter((entity) => mayCreate(entity, me))
    .sort((one, other) => rank(one) - rank(other));
}

/** 登记人民调解, but "Register a mediation": English needs its article. */
export const nameToRegister = ({ label, one }: AnyEntity, language: Language): string =>
  language === 'zh' ? label.zh : (one ?? label).en;
