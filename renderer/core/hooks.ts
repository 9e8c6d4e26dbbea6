/** How screens read the desk: each hook subscribes to exactly what it shows and draws again when just that has changed. */
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import type { RecordState } from '../../shared/core/record.ts';
import type { Values } from '../../shared/core/field/base.ts';
import type {
  Desk,
  Draft,
  Duplicate,
  HistoryItem,
  Hit,
  Like,
  Place,
  Query,
  ReviewState,
  Shown,
  SyncState,
  TrayItem,
} from './desk.ts';

const DeskContext = createContext<Desk | undefined>(undefined);
export const DeskProvider = DeskContext.Provider;

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('no desk is open around this screen');
  return desk;
}

/** Grows whenever the topic changes: a record id, an entity name, `sync`, `tray`, `search` or `drafts`. */
export function useTopic(topic: string): number {
  const desk = useDesk();
  const subscribe = useCallback((listener: () => void) => desk.subscribe(topic, listener), [desk, topic]);
  return useSyncExternalStore(subscribe, () => desk.version(topic));
}

/** Reads from the desk, again whenever one of the topics has changed. `read` must depend on `inputs` alone. */
function useReading<T>(topic: string, read: (desk: Desk) => T, inputs: readonly unknown[]): T {
  const desk = useDesk();
  const version = useTopic(topic);
  // eslint-disable-next-line react-hooks/exhaustive-deps
  return useMemo(() => read(desk), [desk, version, ...inputs]);
}

export const useShown = (id: string): Shown | undefined => useReading(id, (desk) => desk.get(id), [id]);

/** What a text narrows changes with the index too, which follows the records by a moment. */
export const useList = (query: Query): readonly RecordState[] =>
  useReading(query.text ? 'search' : query.entity, (desk) => desk.list(query), [
    JSON.stringify(query),
    useTopic(query.entity),
  ]);

/** The same as ids in their order, where there may be many. */
export const usePlaces = (query: Query): readonly Place[] =>
  useReading(query.text ? 'search' : query.entity, (desk) => desk.places(query), [
    JSON.stringify(query),
    useTopic(query.entity),
  ]);

export const useCounts = (entity: string, field: string): ReadonlyMap<unknown, number> =>
  useReading(entity, (desk) => desk.counts(entity, field), [entity, field]);

export const usePointing = (entity: string, field: string, id: string): readonly RecordState[] =>
  useReading(entity, (desk) => desk.pointing(entity, field, id), [entity, field, id]);

/** Pairs come and go a moment after the records that make them. */
export const useDuplicatesOf = (id: string): readonly Duplicate[] =>
  useReading('tray', (desk) => desk.duplicatesOf(id), [id, useTopic(id)]);
export const useAbsorbed = (id: string): readonly RecordState[] =>
  useReading(id, (desk) => desk.absorbed(id), [id]);
export const useLike = (entity: string, values: Values): readonly Like[] =>
  useReading('tray', (desk) => desk.like(entity, values), [entity, values]);

export const useSync = (): SyncState => useReading('sync', (desk) => desk.sync(), []);
export const useTray = (): readonly TrayItem[] => useReading('tray', (desk) => desk.tray(), []);
export const useReview = (): ReviewState => useReading('review', (desk) => desk.review(), []);
export const useUnconfirmed = (): readonly HistoryItem[] =>
  useReading('sync', (desk) => desk.unconfirmed(), []);
export const useDrafts = (): readonly Draft[] => useReading('drafts', (desk) => desk.drafts(), []);

export const useHits = (text: string, entity?: string, limit = 20): readonly Hit[] =>
  useReading(
    'search',
    (desk) =>
      text.trim() === '' ? [] : desk.search(text, { limit, ...(entity !== undefined && { entity }) }),
    [text, entity, limit],
  );

/** Own operations at once, the district's as soon as it answers. */
export function useHistory(record: string): readonly HistoryItem[] {
  const desk = useDesk();
  const version = useTopic(record);
  const [items, setItems] = useState<readonly HistoryItem[]>([]);
  useEffect(() => {
    let isCurrent = true;
    void desk.history(record).then((found) => {
      if (isCurrent) setItems(found);
    });
    return () => {
      isCurrent = false;
    };
  }, [desk, record, version]);
  return items;
}
