/** Official numbers: given once, when a creation is confirmed, counted for each kind, area and year (in Shanghai) without gaps. */
import { shanghaiDay } from '../../shared/core/calendar/day.ts';
import type { AnyEntity } from '../../shared/core/entity.ts';
import type { OfficialNumber, OfficialNumberField } from '../../shared/core/field/official-number.ts';
import type { Operation } from '../../shared/core/operation.ts';
import type { RecordState } from '../../shared/core/record.ts';
import { wasConfirmed, type Said } from '../ledger/said.ts';
import type { Counter } from '../ledger/official-numbers.ts';

export type CounterKey = Omit<Counter, 'ordinal'>;

/** The counter that a creation draws from; undefined where it gets no number. */
export function counterOf(operation: Operation, entity: AnyEntity): CounterKey | undefined {
  if (operation.kind !== 'create' || entity.numberField === undefined) return undefined;
  const year = Number(shanghaiDay(Date.parse(operation.at)).slice(0, 4));
  return { entity: entity.name, area: operation.area ?? '', year };
}

export function withOfficialNumber(
  record: RecordState,
  entity: AnyEntity,
  counter: Counter,
  areaName: string,
): RecordState {
  const name = entity.numberField ?? '';
  const field = entity.fields[name] as OfficialNumberField;
  const temporary = (record.values[name] as OfficialNumber | undefined)?.temporary ?? '';
  const official = field.print({ year: counter.year, ordinal: counter.ordinal, area: areaName });
  return { ...record, values: { ...record.values, [name]: { temporary, official } } };
}

/** The number that a receipt tells of. */
export function numberSaid(said: Said | null | undefined): Counter | undefined {
  const given = wasConfirmed(said)?.number;
  if (!given) return undefined;
  const [entity, area, year, ordinal] = given;
  return { entity, area, year, ordinal };
}

export const numberName = (number: Counter): string => `${counterName(number)}/${number.ordinal}`;

export const counterName = ({ entity, area, year }: CounterKey): string => `${entity}/${area}/${year}`;
