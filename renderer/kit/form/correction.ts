/**
 * A refused operation as a form: what its author wrote, over the record as it is, and back again. Pure.
 * `whole` is the entity's own form; `step` and `entry` are the short ones of the dialogs; `again` has nothing to type.
 */
import { keyOf } from '../../../shared/core/command.ts';
import type { AnyEntity } from '../../../shared/core/entity.ts';
import type { Values } from '../../../shared/core/field/base.ts';
import { fieldsWithin, type Fields } from '../../../shared/core/field/field.ts';
import type { Entry } from '../../../shared/core/field/rows.ts';
import type { Operation } from '../../../shared/core/operation.ts';
import { isPlacing } from '../../../shared/core/place.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import { askedValues, changedValues, stepFields, tidied } from './form-values.ts';

export type Correction =
  | { readonly kind: 'whole'; readonly initial: Values }
  | {
      readonly kind: 'step';
      readonly initial: Values;
      readonly names: readonly string[];
      readonly required: ReadonlySet<string>;
    }
  | { readonly kind: 'entry'; readonly log: string; readonly fields: Fields; readonly initial: Values }
  | { readonly kind: 'again' };

export function correctionOf(
  operation: Operation,
  entity: AnyEntity,
  record: RecordState | undefined,
): Correction {
  const { kind } = operation;
  if (kind === 'withdraw' || kind === 'restore' || isPlacing(kind)) return { kind: 'again' };
  const [log] = Object.entries(operation.append ?? {});
  const field = log && (entity.fields as Fields)[log[0]];
  if (log && field?.kind === 'entries') {
    const [entry] = log[1] as readonly Entry[];
    return { kind: 'entry', log: log[0], fields: fieldsWithin(field), initial: entry?.values ?? {} };
  }
  const base = kind === 'create' ? {} : (record?.values ?? {});
  const initial = askedValues(entity, written(base, operation));
  if (kind !== 'advance') return { kind: 'whole', initial };
  const { names, required } = stepFields(entity, operation.to ?? '');
  const touched = Object.keys({ ...operation.set, ...operation.add, ...operation.remove });
  return { kind: 'step', initial, names: [...new Set([...names, ...touched])], required };
}

/** What the record would have been, had the operation been accepted. */
function written(base: Values, { set = {}, add = {}, remove = {} }: Operation): Values {
  const values: Record<string, unknown> = { ...base, ...set };
  for (const name of new Set([...Object.keys(add), ...Object.keys(remove)])) {
    const gone = new Set((remove[name] ?? []).map(keyOf));
    const joined = add[name] ?? [];
    const known = new Set(joined.map(keyOf));
    const stay = ((base[name] ?? []) as readonly unknown[]).filter(
      (one) => !gone.has(keyOf(one)) && !known.has(keyOf(one)),
    );
    values[name] = [...stay, ...joined];
  }
  return values;
}

/** What goes to `desk.correct`: all that the operation wrote and all that was changed in the form; an entry whole, under its log. */
export function correctedValues(
  correction: Correction,
  operation: Operation,
  entity: AnyEntity,
  now: Values,
): Values {
  switch (correction.kind) {
    case 'again':
      return {};
    case 'entry':
      return { [correction.log]: tidied(correction.fields, now) };
    case 'whole':
    case 'step': {
      const after = tidied(entity.fields as Fields, now);
      const names = Object.keys(
        askedValues(entity, { ...operation.set, ...operation.add, ...operation.remove }),
      );
      const own = Object.fromEntries(names.map((name) => [name, after[name] ?? null]));
      if (operation.kind === 'create') return { ...own, ...after };
      return { ...own, ...changedValues(entity, correction.initial, { ...correction.initial, ...now }) };
    }
  }
}
