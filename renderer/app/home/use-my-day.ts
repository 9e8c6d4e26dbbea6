import { useMemo } from 'react';
import { shanghaiDay } from '../../../shared/core/calendar/day.ts';
import { useDesk } from '../../core/hooks.ts';
import { entitiesInNavigation } from '../desk/rights.ts';
import { useMe } from '../use-me.ts';
import { useTopics } from '../use-topics.ts';
import {
  byTime,
  byTouch,
  byUrgency,
  comingSoon,
  duesWithin,
  lastTouched,
  myOpenMatters,
  type ComingItem,
  type DueItem,
  type TouchedItem,
} from './my-day.ts';

const RECENT = 8;

export interface MyDay {
  readonly today: string;
  readonly dues: readonly DueItem[];
  readonly mine: readonly TouchedItem[];
  readonly coming: readonly ComingItem[];
  readonly recent: readonly TouchedItem[];
}

export function useMyDay(): MyDay {
  const desk = useDesk();
  const { id: me, grants } = useMe();
  const entities = useMemo(() => entitiesInNavigation(desk.registry, { id: me, grants }), [desk, me, grants]);
  const topics = useMemo(() => entities.map(({ name }) => name), [entities]);
  const version = useTopics(topics);
  const today = shanghaiDay(desk.now());
  return useMemo(() => {
    const read = entities.map((entity) => ({ entity, records: desk.list({ entity: entity.name }) }));
    return {
      today,
      dues: read.flatMap(({ entity, records }) => duesWithin(entity, records, today)).sort(byUrgency),
      mine: read.flatMap(({ entity, records }) => myOpenMatters(entity, records, me)).sort(byTouch),
      coming: read.flatMap(({ entity, records }) => comingSoon(entity, records, today)).sort(byTime),
      recent: read
        .flatMap(({ entity, records }) => lastTouched(entity, records, me, RECENT))
        .sort(byTouch)
        .slice(0, RECENT),
    };
    // The desk keeps its identity; its version says when it reads differently.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [desk, entities, me, today, version]);
}
