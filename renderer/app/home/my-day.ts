/**
 * What this person should know first: running clocks, open matters of their own, what is planned, what they touched last. Read from the
 * declarations alone: an entity with stages, deadlines or dates takes part by declaring them.
 */
import { addDays, daysBetween } from '../../../shared/core/calendar/day.ts';
import { duesOf, type Due } from '../../../shared/core/deadline.ts';
import { stagesOf, type AnyEntity } from '../../../shared/core/entity.ts';
import type { Fields } from '../../../shared/core/field/field.ts';
import type { Reference } from '../../../shared/core/field/reference.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import type { Query } from '../../core/desk.ts';

export interface DueItem {
  readonly entity: AnyEntity;
  readonly record: RecordState;
  readonly due: Due;
  /** Negative when overdue. */
  readonly daysLeft: number;
  /** Further clocks of the same matter in the same group. */
  readonly also?: readonly Due[];
}

export interface ComingItem {
  readonly entity: AnyEntity;
  readonly record: RecordState;
  /** A day or a minute, as the field holds it. */
  readonly at: string;
}

export interface TouchedItem {
  readonly entity: AnyEntity;
  readonly record: RecordState;
  /** When the person wrote to it last. */
  readonly at: string;
}

/** Clocks that end within two weeks, or have ended. */
const DUE_WITHIN = 14;
const COMING_WITHIN = 14;

const isOpen = (entity: AnyEntity, { values, withdrawn }: RecordState): boolean => {
  const stages = stagesOf(entity);
  const stage =
    entity.stageField === undefined ? undefined : stages?.stages[String(values[entity.stageField])];
  return withdrawn === undefined && stage?.closed !== true;
};

/** What an entity's open matters are asked for by: closed ones are many in the end, and none of them has to be read for this page. */
export function openOnly(entity: AnyEntity): Query {
  const stages = stagesOf(entity);
  if (entity.stageField === undefined || !stages) return { entity: entity.name };
  const open = Object.entries(stages.stages).filter(([, { closed }]) => closed !== true);
  return { entity: entity.name, filter: { [entity.stageField]: open.map(([stage]) => stage) } };
}

export function duesWithin(
  entity: AnyEntity,
  records: readonly RecordState[],
  today: string,
): readonly DueItem[] {
  if (!entity.deadlines?.length) return [];
  return records
    .filter((record) => isOpen(entity, record))
    .flatMap((record) =>
      duesOf(entity, record.values).map((due) => ({
        entity,
        record,
        due,
        daysLeft: daysBetween(today, due.on),
      })),
    )
    .filter(({ daysLeft }) => daysLeft <= DUE_WITHIN);
}

export type Urgency = 'today' | 'overdue' | 'soon';

const urgencyOf = ({ daysLeft }: DueItem): Urgency =>
  daysLeft === 0 ? 'today' : daysLeft < 0 ? 'overdue' : 'soon';

export function byGroup(items: readonly DueItem[]): Readonly<Record<Urgency, readonly DueItem[]>> {
  const of = (urgency: Urgency): readonly DueItem[] =>
    byMatter(items.filter((item) => urgencyOf(item) === urgency));
  return { today: of('today'), overdue: of('overdue'), soon: of('soon') };
}

/** One line a matter: its most pressing clock, the others named beside it. Keeps the order. */
function byMatter(items: readonly DueItem[]): readonly DueItem[] {
  const matters = new Map<string, DueItem>();
  for (const item of items) {
    const first = matters.get(item.record.id);
    matters.set(item.record.id, first ? { ...first, also: [...(first.also ?? []), item.due] } : item);
  }
  return [...matters.values()];
}

export const byUrgency = (one: DueItem, other: DueItem): number =>
  one.daysLeft - other.daysLeft || (one.record.id < other.record.id ? -1 : 1);

/** The fields through which a matter is given to somebody of the directory. */
const namesOf = (entity: AnyEntity, people: string): readonly string[] =>
  Object.entries(entity.fields as Fields).flatMap(([name, field]) =>
    (field.kind === 'reference' || field.kind === 'references') && field.entity === people ? [name] : [],
  );

/** Open matters with stages that this person registered, worked on, or was given. */
export function myOpenMatters(
  entity: AnyEntity,
  records: readonly RecordState[],
  me: string,
): readonly TouchedItem[] {
  if (entity.stageField === undefined) return [];
  const people = me.slice(0, me.indexOf('_'));
  const names = namesOf(entity, people);
  return records.flatMap((record) => {
    if (!isOpen(entity, record)) return [];
    const at = lastTouch(record, me);
    if (at !== undefined) return [{ entity, record, at }];
    const isGiven = names.some((name) => refersTo(record.values[name], me));
    return isGiven ? [{ entity, record, at: record.created.at }] : [];
  });
}

const refersTo = (value: unknown, id: string): boolean =>
  Array.isArray(value) ? value.some((one) => refersTo(one, id)) : (value as Reference | undefined)?.id === id;

/** A record is looked through once: what is in memory never changes, it is replaced. */
const touches = new WeakMap<RecordState, { readonly me: string; readonly at: string | undefined }>();

function lastTouch(record: RecordState, me: string): string | undefined {
  const known = touches.get(record);
  if (known?.me === me) return known.at;
  const at = findLastTouch(record, me);
  touches.set(record, { me, at });
  return at;
}

function findLastTouch({ created, writers }: RecordState, me: string): string | undefined {
  let last = created.by === me ? created.at : undefined;
  for (const name in writers) {
    const writer = writers[name];
    if (writer?.by === me && (last === undefined || writer.at > last)) last = writer.at;
  }
  return last;
}

export const byTouch = (one: TouchedItem, other: TouchedItem): number =>
  one.at < other.at ? 1 : one.at > other.at ? -1 : 0;

/** Things that are planned: an open record with a day or minute that may lie ahead, within two weeks. */
export function comingSoon(
  entity: AnyEntity,
  records: readonly RecordState[],
  today: string,
): readonly ComingItem[] {
  if (entity.stageField === undefined) return [];
  const planned = Object.entries(entity.fields as Fields).find(
    ([, field]) => field.kind === 'dateTime' && !field.notAfterToday && field.required,
  )?.[0];
  if (planned === undefined) return [];
  const end = addDays(today, COMING_WITHIN);
  return records.flatMap((record) => {
    const at = record.values[planned];
    const isSoon = typeof at === 'string' && at.slice(0, 10) >= today && at.slice(0, 10) < end;
    return isSoon && isOpen(entity, record) ? [{ entity, record, at }] : [];
  });
}

export const byTime = (one: ComingItem, other: ComingItem): number =>
  one.at < other.at ? -1 : one.at > other.at ? 1 : 0;
