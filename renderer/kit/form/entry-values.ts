/** The form of one log entry: what it begins with, and how a refusal of the whole record is read inside it. */
import type { Values } from '../../../shared/core/field/base.ts';
import type { Fields } from '../../../shared/core/field/field.ts';
import type { Refusal } from '../../../shared/core/refusal.ts';
import { initialValues } from './form-values.ts';

/** An entry is mostly written down while it happens: its first required moment is now. */
export function entryInitial(fields: Fields, minute: string): Values {
  const moment = Object.entries(fields).find(
    ([, field]) => field.required && (field.kind === 'dateTime' || field.kind === 'date'),
  );
  if (!moment) return initialValues(fields);
  const [name, field] = moment;
  return initialValues(fields, { [name]: field.kind === 'date' ? minute.slice(0, 10) : minute });
}

/** `sessions.0.values.place` is `place` of the entry's own form. */
export function refusalInEntry(refusal: Refusal, log: string): Refusal {
  const start = `${log}.0.values.`;
  if (!refusal.problems) return refusal;
  return {
    ...refusal,
    problems: refusal.problems.map((problem) =>
      problem.field.startsWith(start) ? { ...problem, field: problem.field.slice(start.length) } : problem,
    ),
  };
}
