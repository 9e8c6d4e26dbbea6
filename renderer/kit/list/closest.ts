/** Whoever is called so comes before whoever merely mentions it: a child whose guardian has that name, a case that names somebody. */
import type { RecordState } from '../../../shared/core/record.ts';
import type { Hit, Place } from '../../core/desk.ts';
import { titleOf } from '../value/record-title.ts';

export function closestFirst(hits: readonly Hit[]): readonly RecordState[] {
  const isNamed = ({ entity, field, record }: Hit): boolean => {
    const value = record.values[field];
    return typeof value === 'string' && value !== '' && titleOf(entity, record.values).includes(value);
  };
  return [...hits.filter(isNamed), ...hits.filter((hit) => !isNamed(hit))].map(({ record }) => record);
}

/** The best hits lead, all others follow in the order of the list. */
export function bestFirst(places: readonly Place[], hits: readonly Hit[]): readonly Place[] {
  if (hits.length === 0) return places;
  const closest = closestFirst(hits).map(({ id }) => id);
  const asked = new Set(closest);
  const there = new Map(places.filter(({ id }) => asked.has(id)).map((place) => [place.id, place]));
  return [...closest.flatMap((id) => there.get(id) ?? []), ...places.filter(({ id }) => !there.has(id))];
}
