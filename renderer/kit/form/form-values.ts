/**
 * What stands in a form and what becomes of it. Pure: a creation takes everything that was filled in, a change only what differs from
 * what the form showed when it was opened, so that an untouched field is never written over somebody else's work.
 */
import type { Command } from '../../../shared/core/command.ts';
import { stagesOf, type AnyEntity, type Section } from '../../../shared/core/entity.ts';
import { isAbsent, type Values } from '../../../shared/core/field/base.ts';
import { fieldsWithin, type AnyField, type Fields } from '../../../shared/core/field/field.ts';
import type { Reference } from '../../../shared/core/field/reference.ts';
import { sameValue } from '../../../shared/core/same-value.ts';

/** Fields that a form asks for: all but what the district writes, the stage, and logs, which only grow by 添加. */
export const isAsked = (field: AnyField): boolean => field.merge !== 'server' && field.merge !== 'append';

/** The form's parts in order; fields that no section names follow in a last part without a heading. */
export function formSections(
  entity: AnyEntity,
): readonly { readonly label?: Section['label']; readonly fields: readonly string[] }[] {
  const fields = entity.fields as Fields;
  const asked = (names: readonly string[]): readonly string[] =>
    names.filter((name) => fields[name] !== undefined && isAsked(fields[name]));
  const named = new Set(entity.sections.flatMap((section) => section.fields));
  const parts = entity.sections.map((section) => ({ label: section.label, fields: asked(section.fields) }));
  const rest = asked(Object.keys(fields).filter((name) => !named.has(name)));
  return [...parts, { fields: rest }].filter((part) => part.fields.length > 0);
}

/** What an empty form begins with: declared first choices beneath what was handed over. */
export function initialValues(fields: Fields, given: Values = {}): Values {
  const initial = Object.entries(fields).flatMap(([name, field]) =>
    field.kind === 'choice' && field.initial !== undefined ? [[name, field.initial] as const] : [],
  );
  return { ...Object.fromEntries(initial), ...given };
}

/** A confidential matter begins with its author among the readers, one's own record with its owner. */
export function selfIn({ scope }: AnyEntity, me: Reference): Values {
  if ('readers' in scope) return { [scope.readers]: [me] };
  return 'person' in scope ? { [scope.person]: me } : {};
}

/** The asked values of a record. */
export const askedValues = (entity: AnyEntity, values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).filter(([name]) => {
      const field = (entity.fields as Fields)[name];
      return field !== undefined && isAsked(field);
    }),
  );

/** After one field was changed by hand: what is derived from it follows; what a hand wrote elsewhere stays. */
export function withDerived(entity: AnyEntity, before: Values, after: Values, changed: string): Values {
  if (!entity.derive) return after;
  const was = entity.derive(before) as Values;
  const derived = Object.entries(entity.derive(after) as Values).filter(
    ([name, value]) => name !== changed && !isAbsent(value) && !sameValue(was[name], value),
  );
  return { ...after, ...Object.fromEntries(derived) };
}

/** Absent values leave; rows nobody filled in leave their table. */
export function tidied(fields: Fields, values: Values): Values {
  const kept = Object.entries(values).flatMap(([name, value]): (readonly [string, unknown])[] => {
    const field = fields[name];
    if (field?.kind === 'rows' && Array.isArray(value)) {
      const rows = (value as readonly Values[])
        .map((row) => tidied(fieldsWithin(field), row))
        .filter((row) => Object.keys(row).length > 0);
      return rows.length > 0 ? [[name, rows]] : [];
    }
    const given = typeof value === 'string' ? value.trim() : value;
    return isAbsent(given) ? [] : [[name, given]];
  });
  return Object.fromEntries(kept);
}

/** Only what differs; null where a value was emptied. */
export function changedValues(entity: AnyEntity, before: Values, now: Values): Values {
  const fields = entity.fields as Fields;
  const after = tidied(fields, now);
  const names = Object.keys(fields).filter((name) => fields[name] && isAsked(fields[name]));
  const changed = names.filter((name) => {
    const was = isAbsent(before[name]) ? undefined : before[name];
    return !sameValue(was, after[name]);
  });
  return Object.fromEntries(changed.map((name) => [name, after[name] ?? null]));
}

export function creation(entity: AnyEntity, record: string, area: string, values: Values): Command {
  return {
    kind: 'create',
    entity: entity.name,
    record,
    area,
    values: tidied(entity.fields as Fields, values),
  };
}

export function change(entity: AnyEntity, record: string, before: Values, now: Values): Command | undefined {
  const values = changedValues(entity, before, now);
  return Object.keys(values).length === 0
    ? undefined
    : { kind: 'change', entity: entity.name, record, values };
}

/** Fields that the dialog of a step asks for; required ones first. */
export function stepFields(
  entity: AnyEntity,
  to: string,
): { readonly names: readonly string[]; readonly required: ReadonlySet<string> } {
  const stage = stagesOf(entity)?.stages[to];
  const required = (stage?.requires ?? []).filter((name) => isWritable(entity, name));
  const offered = (stage?.offers ?? []).filter(
    (name) => isWritable(entity, name) && !required.includes(name),
  );
  return { names: [...required, ...offered], required: new Set(required) };
}

const isWritable = (entity: AnyEntity, name: string): boolean => {
  const field = (entity.fields as Fields)[name];
  return field !== undefined && isAsked(field);
};
