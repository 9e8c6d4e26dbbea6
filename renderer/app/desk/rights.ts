/** What this person may reach, for navigation and quick registration. The judge decides; this only spares people closed doors. */
import type { Actor, Roles } from '../../../shared/core/access.ts';
import type { AnyEntity } from '../../../shared/core/entity.ts';
import type { Language } from '../../../shared/core/label.ts';
import type { Registry } from '../../../shared/core/registry.ts';
import type { Desk } from '../../core/desk.ts';

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

/** Answers for the work of others; whoever only handles a matter finds the page while something waits there. */
export const maySupervise = ({ roles }: Registry, me: Actor): boolean =>
  me.grants.some(({ role }) => roles[role]?.supervises === true);

const withPlace = ({ entities }: Registry): readonly AnyEntity[] =>
  [...entities.values()].filter(({ place }) => place === 'navigation');

/** Those that no role of theirs opens: they stand in the navigation only while something of them lies here. */
export const entitiesOutOfSight = (registry: Registry, me: Actor): readonly AnyEntity[] =>
  withPlace(registry).filter((entity) => !maySee(entity, me, registry.roles));

/** The entities that stand in the navigation, in the registry's order: by role, by being named in one, by a share. */
export function entitiesInNavigation(
  desk: Pick<Desk, 'registry' | 'places'>,
  me: Actor,
): readonly AnyEntity[] {
  const without = new Set(
    entitiesOutOfSight(desk.registry, me).filter(({ name }) => desk.places({ entity: name }).length === 0),
  );
  return withPlace(desk.registry).filter((entity) => !without.has(entity));
}

/** Those that a person may register at once; what has clocks and stages comes first, since a visitor is waiting. */
export function entitiesToRegister(registry: Registry, me: Actor): readonly AnyEntity[] {
  const rank = ({ deadlines, stageField }: AnyEntity): number =>
    (deadlines?.length ? 0 : 1) + (stageField === undefined ? 1 : 0);
  return withPlace(registry)
    .filter((entity) => maySee(entity, me, registry.roles) && mayCreate(entity, me))
    .sort((one, other) => rank(one) - rank(other));
}

/** 登记人民调解, but "Register a mediation": English needs its article. */
export const nameToRegister = ({ label, one }: AnyEntity, language: Language): string =>
  language === 'zh' ? label.zh : (one ?? label).en;
