/** Draws again when any of several topics has changed. `topics` must keep its identity between draws. */
import { useCallback, useSyncExternalStore } from 'react';
import { useDesk } from '../core/hooks.ts';

export function useTopics(topics: readonly string[]): number {
  const desk = useDesk();
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = topics.map((topic) => desk.subscribe(topic, listener));
      return () => stops.forEach((stop) => stop());
    },
    [desk, topics],
  );
  return useSyncExternalStore(subscribe, () => topics.reduce((sum, topic) => sum + desk.version(topic), 0));
}
