/** Whoever is called so comes before whoever merely mentions it: a child whose guardian has that name, a case that names somebody. */
import type { RecordState } from '../../../shared/core/record.ts';
import type { Hit } from '../../core/desk.ts';
import { titleOf } from '../value/record-title.ts';

export function closestFirst(hits: readonly Hit[]): readonly RecordState[] {
  const isNamed = ({ entity, field, record }: Hit): boolean => {
    const value = record.values[field];
    return typeof value === 'string' && value !== '' && titleOf(entity, record.values).includes(value);
  };
  return [...hits.filter(isNamed), ...hits.filter((hit) => !isNamed(hit))].map(({ record }) => record);
}

/** The best hits lead, all others follow in the order of the list. */
export function bestFirst(records: readonly RecordState[], hits: readonly Hit[]): readonly RecordState[] {
  if (hits.length === 0) return records;
  const there = new Map(records.map((record) => [record.id, record]));
  const best = closestFirst(hits).flatMap(({ id }) => there.get(id) ?? []);
  const leading = new Set(best.map(({ id }) => id));
  return [...best, ...records.filter(({ id }) => !leading.has(id))];
}
