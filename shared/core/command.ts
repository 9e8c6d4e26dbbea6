/**
 * What a person asks for, and how it becomes an operation: whole values as a form holds them turn into what was written, added and
 * removed against what the form showed. Pure; the ids, the time and the authors come in.
 */
import type { AnyEntity } from './entity.ts';
import { withoutThumbnail, type Attachment } from './field/attachments.ts';
import { isAbsent, type FieldMap, type Values } from './field/base.ts';
import type { Fields } from './field/field.ts';
import type { Reference } from './field/reference.ts';
import type { Basis, Operation, SharedWith } from './operation.ts';
import { own } from './own.ts';
import type { RecordState } from './record.ts';
import { sameValue } from './same-value.ts';
import { tidyValue, tidyValues } from './tidy.ts';

export type Command =
  | {
      readonly kind: 'create';
      readonly entity: string;
      readonly record: string;
      readonly area: string;
      readonly values: Values;
    }
  | {
      readonly kind: 'change';
      readonly entity: string;
      readonly record: string;
      readonly values?: Values;
      /** New entries of logs: values of one entry by field. */
      readonly append?: Readonly<Record<string, Values>>;
      /** Conflicts that `values` settle. */
      readonly settles?: readonly string[];
    }
  | {
      readonly kind: 'advance';
      readonly entity: string;
      readonly record: string;
      readonly to: string;
      readonly values?: Values;
    }
  | { readonly kind: 'withdraw' | 'restore'; readonly entity: string; readonly record: string }
  | {
      readonly kind: 'share' | 'unshare';
      readonly entity: string;
      readonly record: string;
      readonly with: SharedWith;
    }
  | { readonly kind: 'move'; readonly entity: string; readonly record: string; readonly area: string }
  | {
      readonly kind: 'merge' | 'unmerge' | 'distinguish';
      readonly entity: string;
      readonly record: string;
      /** Survivor of a merge, or the record that this one is not the same as. */
      readonly other: string;
    }
  | {
      readonly kind: 'accept' | 'decline';
      readonly entity: string;
      readonly record: string;
      /** The held operation, then those that hold or fall with it. */
      readonly reviews: readonly string[];
      /** Why it is declined, for its author. */
      readonly words?: string;
    };

/** All that an operation carries beside the command. */
export interface Stamp {
  readonly id: string;
  readonly author: string;
  readonly device: string;
  readonly at: string;
  readonly after: readonly string[];
  /** What the form showed when it was opened; undefined at a creation. */
  readonly seen: RecordState | undefined;
  /** Only at a merge: the survivor as it was shown, with what was picked for it. */
  readonly seenOther?: RecordState | undefined;
  readonly basis: Basis;
  readonly newEntryId: () => string;
  /** Only at the creation of a record with an official number. */
  readonly temporaryNumber?: string;
  readonly group?: { readonly id: string; readonly size: number };
  readonly corrects?: string;
}

export function operationOf(command: Command, entity: AnyEntity, stamp: Stamp): Operation {
  const { newEntryId, seen, seenOther, temporaryNumber, after, ...carried } = stamp;
  const { set, was, add, remove } = differences(
    entity,
    'values' in command ? (command.values ?? {}) : {},
    seen,
    command,
  );
  if (command.kind === 'create' && entity.numberField !== undefined && temporaryNumber !== undefined) {
    set[entity.numberField] = { temporary: temporaryNumber };
  }
  const append: Record<string, unknown[]> = {};
  for (const [field, values] of Object.entries(command.kind === 'change' ? (command.append ?? {}) : {})) {
    append[field] = [
      {
        id: newEntryId(),
        by: stamp.author,
        at: stamp.at,
        values: tidyValues(fieldsOfLog(entity, field), values),
      },
    ];
  }
  const stage = entity.stageField;
  return {
    v: 1,
    ...carried,
    kind: command.kind,
    entity: entity.name,
    version: entity.version,
    record: command.record,
    after: [...after],
    ...('area' in command && { area: command.area }),
    ...('with' in command && { with: command.with }),
    ...('other' in command && { other: command.other }),
    ...('reviews' in command && { reviews: [...command.reviews] }),
    ...('words' in command && command.words !== undefined && { words: command.words.trim() }),
    ...(command.kind === 'advance' && { from: String(stage && seen?.values[stage]), to: command.to }),
    ...(command.kind === 'change' && command.settles && { settles: [...command.settles] }),
    ...present({
      set,
      was: command.kind === 'merge' ? alike(entity, seen, seenOther) : was,
      add,
      remove,
      append,
    }),
  };
}

interface Differences {
  readonly set: Record<string, unknown>;
  readonly was: Record<string, unknown>;
  readonly add: Record<string, unknown[]>;
  readonly remove: Record<string, unknown[]>;
}

function differences(
  entity: AnyEntity,
  values: Values,
  seen: RecordState | undefined,
  command: Command,
): Differences {
  const found: Differences = { set: {}, was: {}, add: {}, remove: {} };
  const settled = command.kind === 'change' ? (command.settles ?? []) : [];
  for (const [name, given] of Object.entries(values)) {
    const field = own(entity.fields as Fields, name);
    if (!field || field.merge === 'server' || field.merge === 'append') continue;
    const before = seen?.values[name];
    const tidied = tidyValue(field, given);
    const value = isAbsent(tidied) ? undefined : tidied;
    if (field.merge === 'union') {
      const old = (before ?? []) as unknown[];
      const now = (value ?? []) as unknown[];
      const added = now.filter((member) => !old.some((other) => keyOf(other) === keyOf(member)));
      const gone = old.filter((member) => !now.some((other) => keyOf(other) === keyOf(member)));
      if (added.length > 0) found.add[name] = added;
      if (gone.length > 0) found.remove[name] = field.kind === 'attachments' ? leaving(gone) : gone;
    } else if (!sameValue(before, value) || settled.includes(name)) {
      if (value === undefined && before === undefined) continue;
      found.set[name] = value ?? null;
      if (field.merge === 'ask' && before !== undefined) found.was[name] = before;
    }
  }
  return found;
}

/** What both records say, as the person who merges them saw it; of a log the entries that stood in the merged one. */
function alike(
  entity: AnyEntity,
  seen: RecordState | undefined,
  other: RecordState | undefined,
): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(seen?.values ?? {})) {
    const merge = own(entity.fields as Fields, name)?.merge;
    if (merge === undefined || merge === 'server' || name === entity.stageField || isAbsent(value)) continue;
    if (merge === 'append') found[name] = (value as readonly { readonly id: string }[]).map(({ id }) => id);
    else if (merge === 'union' || sameValue(value, other?.values[name])) found[name] = value;
  }
  return found;
}

const leaving = (gone: readonly unknown[]): unknown[] =>
  (gone as readonly Attachment[]).map(withoutThumbnail);

/** Set members are the same when their id, or the member itself where it has none, is the same. */
export function keyOf(member: unknown): string {
  if (typeof member !== 'object' || member === null) return String(member);
  const { id } = member as Partial<Reference>;
  return typeof id === 'string' ? id : JSON.stringify(member);
}

function fieldsOfLog(entity: AnyEntity, name: string): FieldMap {
  const field = own(entity.fields as Fields, name);
  return field?.kind === 'entries' ? field.fields : {};
}

const present = <T extends object>(parts: T): Partial<T> =>
  Object.fromEntries(
    Object.entries(parts).filter(([, part]) => Object.keys(part as object).length > 0),
  ) as Partial<T>;
