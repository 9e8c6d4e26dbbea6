/** Lines of records, as their entity's declaration asks for them. */
import type { AnyEntity } from '../../../shared/core/entity.ts';
import { listedIn } from '../../../shared/core/listed.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import { CONFLICT, LINKED, WITHDRAWN, type Lines } from '../store/lines.ts';
import { keysOfValue, sortKey, valueIn } from './listing.ts';

/** Whether they were made by this declaration: an app may have come since that lists other fields. */
export function areOf(entity: AnyEntity, lines: Lines): boolean {
  if (made.get(lines) === entity) return true;
  const { sorted, grouped } = listedIn(entity);
  const isAlike =
    lines.version === entity.version &&
    Object.keys(lines.sorted).join() === sorted.join() &&
    Object.keys(lines.grouped).join() === grouped.join();
  if (isAlike) made.set(lines, entity);
  return isAlike;
}

const made = new WeakMap<Lines, AnyEntity>();

/** @param records in the present shape of their entity */
export function linesOf(entity: AnyEntity, records: readonly RecordState[]): Lines {
  const { sorted, grouped } = listedIn(entity);
  const people = new Map<string, number>();
  const numberOf = (person: string): number => {
    const number = people.get(person) ?? people.size;
    people.set(person, number);
    return number;
  };
  const by = records.map(({ created }) => numberOf(created.by));
  const later: Record<number, readonly (number | string)[]> = {};
  for (const [index, record] of records.entries()) {
    const touches = laterTouches(record);
    if (touches.length > 0) later[index] = touches.flatMap(([person, at]) => [numberOf(person), at]);
  }
  return {
    version: entity.version,
    sorted: columns(sorted, (field) => records.map((record) => sortKey(valueIn(record, field)))),
    grouped: columns(grouped, (field) =>
      records.map((record) => packed(keysOfValue(valueIn(record, field)))),
    ),
    created: records.map(({ created }) => created.at),
    flags: records.map(
      ({ withdrawn, merged, absorbed, conflicts }) =>
        (withdrawn ? WITHDRAWN : 0) | (merged || absorbed ? LINKED : 0) | (conflicts ? CONFLICT : 0),
    ),
    by,
    people: [...people.keys()],
    later,
  };
}

const columns = <T>(
  fields: readonly string[],
  of: (field: string) => readonly T[],
): Readonly<Record<string, readonly T[]>> => Object.fromEntries(fields.map((field) => [field, of(field)]));

const packed = (keys: readonly unknown[]): unknown =>
  keys.length === 1 ? keys[0] : keys.length === 0 ? undefined : keys;

/** Whoever wrote to it after it was made, each with the last time. */
function laterTouches({ created, writers }: RecordState): readonly (readonly [string, string])[] {
  const last = new Map<string, string>();
  for (const name in writers) {
    const writer = writers[name];
    if (!writer) continue;
    const since = last.get(writer.by) ?? (writer.by === created.by ? created.at : '');
    if (writer.at > since) last.set(writer.by, writer.at);
  }
  return [...last];
}
