/**
 * Tells stories as operations: what a desk would have written over the months, with times that follow from the days in the values.
 * Invariant: an operation comes after all that it builds on, and names it in `after`.
 */
import { operationOf, type Command } from '../core/command.ts';
import { addDays } from '../core/calendar/day.ts';
import type { AnyEntity } from '../core/entity.ts';
import type { FieldMap, Values } from '../core/field/base.ts';
import type { Reference } from '../core/field/reference.ts';
import { newId } from '../core/id.ts';
import type { Operation } from '../core/operation.ts';
import { play } from '../core/play.ts';
import type { RecordState } from '../core/record.ts';
import type { SampleStep, SampleStory } from '../core/sample.ts';
import { stepCommand } from '../core/step-command.ts';
import type { SeededSource } from './random.ts';

const MINUTE = 60_000;

export interface Telling {
  readonly entity: AnyEntity;
  readonly area: string;
  readonly author: string;
  readonly story: SampleStory;
  /** Of the record; made where none is given. */
  readonly id?: string;
  /** Day of the creation where the values do not tell it. */
  readonly createdOn?: string;
  /** A local minute before which a step cannot have been made, where its values do not tell it. */
  readonly notBefore?: (step: SampleStep) => string | undefined;
}

export interface Told {
  readonly record: RecordState;
  readonly reference: Reference;
}

export interface Teller {
  readonly tell: (telling: Telling) => Told;
  /** All that was told, by time; equal times keep the order of telling. */
  readonly operations: () => readonly Operation[];
}

export interface TellerOptions {
  readonly source: SeededSource;
  readonly epoch: string;
  readonly today: string;
  readonly device: string;
}

export function createTeller({ source, epoch, today, device }: TellerOptions): Teller {
  const told: { readonly operation: Operation; readonly at: number }[] = [];
  /** When each record was created, and by which operation. */
  const births = new Map<string, { readonly operation: string; readonly at: number }>();
  let numbers = 0;

  function tell({ entity, area, author, story, id, createdOn, notBefore }: Telling): Told {
    const record = id ?? newId(entity.name, Date.parse(`${today}T00:00:00Z`), source.bytes);
    const own: string[] = [];
    let state: RecordState | undefined;
    let last = 0;

    const write = (command: Command, earliest: number): void => {
      const parents = mentioned(command).flatMap((other) => births.get(other) ?? []);
      const at = Math.max(
        earliest,
        last + (3 + source.whole(12)) * MINUTE,
        ...parents.map((birth) => birth.at + MINUTE),
      );
      const operation = operationOf(command, entity, {
        id: newId('operation', at, source.bytes),
        author,
        device,
        at: new Date(at).toISOString(),
        after: [...new Set([...own, ...parents.map((birth) => birth.operation)])],
        seen: state,
        basis: { epoch, seq: 0 },
        newEntryId: () => newId('entry', at, source.bytes),
        ...(command.kind === 'create' &&
          entity.numberField !== undefined && { temporaryNumber: `临-A1-${(numbers += 1)}` }),
      });
      state = play(state, operation, { entity, seq: null, basis: 0 });
      if (command.kind === 'create') births.set(record, { operation: operation.id, at });
      own.push(operation.id);
      told.push({ operation, at });
      last = at;
    };

    const steps = story.steps ?? [];
    const first = steps.flatMap((step) => latestIn(step, entity) ?? [])[0];
    const birth =
      latestOf(story.values, entity.fields) ??
      createdOn ??
      (first === undefined ? addDays(today, -1 - source.whole(4)) : addDays(first.slice(0, 10), -1));
    write(
      { kind: 'create', entity: entity.name, record, area, values: story.values },
      instantOf(birth, source),
    );
    for (const step of steps) {
      const moment = [latestIn(step, entity), notBefore?.(step)]
        .filter((found) => found !== undefined)
        .sort()
        .at(-1);
      write(stepCommand(step, entity.name, record), moment === undefined ? 0 : instantOf(moment, source));
    }
    if (!state) throw new Error('a story without a beginning');
    const ended: RecordState = state;
    return { record: ended, reference: referenceTo(ended, entity) };
  }

  return {
    tell,
    operations: () => [...told].sort((one, other) => one.at - other.at).map(({ operation }) => operation),
  };
}

/** As a form keeps it: the title, and what papers print. */
export function referenceTo(record: RecordState, entity: AnyEntity): Reference {
  const named: readonly string[] = entity.kept ?? [];
  const kept = Object.fromEntries(
    named.filter((name) => record.values[name] !== undefined).map((name) => [name, record.values[name]]),
  );
  return { id: record.id, title: entity.title(record.values), ...(named.length > 0 && { kept }) };
}

/** The latest day or minute among the values that cannot lie after the day of writing. */
function latestOf(values: Values, fields: FieldMap): string | undefined {
  const moments = Object.entries(fields).flatMap(([name, field]) => {
    const isPast = 'notAfterToday' in field && field.notAfterToday === true;
    return isPast && typeof values[name] === 'string' ? [values[name]] : [];
  });
  return moments.sort().at(-1);
}

function latestIn(step: SampleStep, entity: AnyEntity): string | undefined {
  if ('change' in step) return latestOf(step.change, entity.fields);
  if ('advance' in step) return latestOf(step.values ?? {}, entity.fields);
  if (!('append' in step)) return undefined;
  const moments = Object.entries(step.append).flatMap(
    ([name, values]) =>
      latestOf(values, (entity.fields[name] as { fields?: FieldMap } | undefined)?.fields ?? {}) ?? [],
  );
  return moments.sort().at(-1);
}

/** A day becomes an hour of office time in Shanghai, a minute half an hour later: written down after it happened. */
function instantOf(moment: string, source: SeededSource): number {
  if (moment.length > 10) return Date.parse(`${moment}:00+08:00`) + 30 * MINUTE;
  return Date.parse(`${moment}T09:00:00+08:00`) + source.whole(300) * MINUTE;
}

/** Ids of other records that the command speaks of. */
function mentioned(command: Command): readonly string[] {
  const found = new Set<string>();
  const look = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(look);
    else if (typeof value === 'object' && value !== null) {
      const { id } = value as { id?: unknown };
      if (typeof id === 'string') found.add(id);
      else Object.values(value).forEach(look);
    }
  };
  if ('values' in command) look(command.values);
  if ('append' in command) look(command.append);
  return [...found];
}
