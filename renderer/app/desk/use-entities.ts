/** The entities in the navigation, again whenever a first record comes or a last one leaves; keeps its identity until they change. */
import { useMemo } from 'react';
import type { AnyEntity } from '../../../shared/core/entity.ts';
import { useDesk } from '../../core/hooks.ts';
import { useMe } from '../use-me.ts';
import { useTopics } from '../use-topics.ts';
import { entitiesInNavigation, entitiesOutOfSight } from './rights.ts';

export function useEntities(): readonly AnyEntity[] {
  const desk = useDesk();
  const me = useMe();
  const topics = useMemo(
    () => entitiesOutOfSight(desk.registry, me).map(({ name }) => name),
    [desk.registry, me],
  );
  useTopics(topics);
  const known = entitiesInNavigation(desk, me)
    .map(({ name }) => name)
    .join(' ');
  return useMemo(
    () => known.split(' ').flatMap((name) => desk.registry.entities.get(name) ?? []),
    [desk.registry, known],
  );
}
