/** How each list was left: words, filters, order, place. View state only; the records stay with the desk. */
import { create } from 'zustand';
import type { Filter, Query } from '../../core/desk.ts';

export interface ListView {
  readonly text: string;
  readonly filter: Filter;
  readonly sort?: Query['sort'];
  readonly withdrawn: boolean;
  /** Scrolled so far, in pixels. */
  readonly top: number;
  /** The line under the keyboard. */
  readonly active: string | undefined;
}

export const untouched: ListView = { text: '', filter: {}, withdrawn: false, top: 0, active: undefined };

interface ListViews {
  readonly views: Readonly<Record<string, ListView>>;
  readonly change: (entity: string, change: Partial<ListView>) => void;
}

export const useListViews = create<ListViews>((set) => ({
  views: {},
  change: (entity, change) =>
    set(({ views }) => ({ views: { ...views, [entity]: { ...(views[entity] ?? untouched), ...change } } })),
}));

export const isNarrowed = ({ text, filter }: ListView): boolean =>
  text.trim() !== '' || Object.values(filter).some((values) => values.length > 0);

/** What the desk is asked for; empty filters are left out, so that two ways of asking nothing are one query. */
export function queryOf(entity: string, view: ListView, sort: Query['sort']): Query {
  const filter = Object.fromEntries(Object.entries(view.filter).filter(([, values]) => values.length > 0));
  const order = view.sort ?? sort;
  return {
    entity,
    ...(Object.keys(filter).length > 0 && { filter }),
    ...(view.text.trim() !== '' && { text: view.text.trim() }),
    ...(order && { sort: order }),
    ...(view.withdrawn && { withdrawn: true }),
  };
}
