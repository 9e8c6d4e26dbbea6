/** Filters and order of lists: what a value is filtered by, and which of two comes first. */
import type { AnyEntity } from '../../../shared/core/entity.ts';
import type { OfficialNumber } from '../../../shared/core/field/official-number.ts';
import type { Reference } from '../../../shared/core/field/reference.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import type { Filter, Place, Query } from '../desk.ts';
import type { SortKey } from '../store/lines.ts';
import { compareWords } from './in-words-order.ts';

/** What a value counts as: a reference as the id it points to, a list as each of its members. */
export function keysOfValue(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(keysOfValue);
  if (typeof value !== 'object') return [value];
  return 'id' in value ? [(value as Reference).id] : [];
}

/** The record's own area counts as a value of every entity. */
export const valueIn = (record: RecordState, field: string): unknown =>
  field === 'area' && !('area' in record.values) ? record.area : record.values[field];

/**
 * @param alike what stands for the same as a key: the ids of records that were merged
 * @returns whether a record matches that has these keys in its fields
 */
export function matcher(
  filter: Filter,
  alike: (key: unknown) => readonly unknown[] = (key) => [key],
): (keysIn: (field: string) => readonly unknown[]) => boolean {
  const wanted = Object.entries(filter)
    .filter(([, values]) => values.length > 0)
    .map(([field, values]) => [field, new Set(values.flatMap(keysOfValue).flatMap(alike))] as const);
  return (keysIn) => wanted.every(([field, keys]) => keysIn(field).some((key) => keys.has(key)));
}

const isPlain = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

export function sortKey(value: unknown): SortKey {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  if (Array.isArray(value)) return sortKey(value[0]);
  if (typeof value !== 'object' || value === null) return undefined;
  const { official, temporary } = value as Partial<OfficialNumber>;
  return official ?? temporary ?? (value as Partial<Reference>).title;
}

/** Absent values come last in either direction. */
function compareKeys(one: SortKey, other: SortKey, direction: 1 | -1): number {
  if (one === other) return 0;
  if (one === undefined) return 1;
  if (other === undefined) return -1;
  if (typeof one === 'number' && typeof other === 'number') return direction * (one - other);
  const [left, right] = [String(one), String(other)];
  if (isPlain(left) && isPlain(right)) return direction * (left < right ? -1 : 1);
  return direction * compareWords(left, right);
}

export interface Order {
  /** The field that it goes by; the time of registering where none is named. */
  readonly field: string | undefined;
  readonly compare: (one: Place, other: Place) => number;
}

/** Newest first where neither the query nor the entity says otherwise. */
export function orderBy(sort: Query['sort'], entity: AnyEntity | undefined): Order {
  const by = sort ?? entity?.list.sort;
  const direction = by?.descending || !by ? -1 : 1;
  return {
    field: by?.field,
    compare: (one, other) => compareKeys(one.key, other.key, direction) || (one.id < other.id ? 1 : -1),
  };
}
