import { useDeferredValue, useMemo } from 'react';
import { shanghaiDay } from '../../../shared/core/calendar/day.ts';
import { useDesk } from '../../core/hooks.ts';
import { useEntities } from '../desk/use-entities.ts';
import { useMe } from '../use-me.ts';
import { useTopics } from '../use-topics.ts';
import {
  byTime,
  byTouch,
  byUrgency,
  comingSoon,
  duesWithin,
  myOpenMatters,
  openOnly,
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
  /** Undefined until the first screen stands: it looks through everything, the register of residents too. */
  readonly recent: readonly TouchedItem[] | undefined;
}

const UNREAD = -1;

export function useMyDay(): MyDay {
  const desk = useDesk();
  const { id: me } = useMe();
  const entities = useEntities();
  const topics = useMemo(() => entities.map(({ name }) => name), [entities]);
  const version = useTopics(topics);
  const today = shanghaiDay(desk.now());
  // What has changed since is looked through between the screen's turns.
  const followed = useDeferredValue(version, UNREAD);
  const read = followed === UNREAD ? version : followed;
  // The desk keeps its identity; its versions say when it reads differently.
  /* eslint-disable react-hooks/exhaustive-deps */
  const matters = useMemo(() => {
    const looked = entities
      .filter((entity) => entity.stageField !== undefined || entity.deadlines?.length)
      .map((entity) => ({ entity, records: desk.list(openOnly(entity)) }));
    return {
      dues: looked.flatMap(({ entity, records }) => duesWithin(entity, records, today)).sort(byUrgency),
      mine: looked.flatMap(({ entity, records }) => myOpenMatters(entity, records, me)).sort(byTouch),
      coming: looked.flatMap(({ entity, records }) => comingSoon(entity, records, today)).sort(byTime),
    };
  }, [desk, entities, me, today, read]);
  const recent = useMemo(() => {
    if (followed === UNREAD) return undefined;
    return entities
      .flatMap((entity) => desk.touched(entity.name, RECENT).map((touched) => ({ entity, ...touched })))
      .sort(byTouch)
      .slice(0, RECENT);
  }, [desk, entities, followed]);
  /* eslint-enable react-hooks/exhaustive-deps */
  return { today, ...matters, recent };
}
