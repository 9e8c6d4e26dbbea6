/** Everything that is wrong with a form, by the place where it is marked. The same check as at the desk's and the district's decide. */
import { isAbsent, type Values } from '../../../shared/core/field/base.ts';
import type { Fields } from '../../../shared/core/field/field.ts';
import type { Problem } from '../../../shared/core/problem.ts';
import type { Refusal } from '../../../shared/core/refusal.ts';
import { problemsIn, valuesSchema } from '../../../shared/core/values-schema.ts';
import { isAsked, tidied } from './form-values.ts';

export type Problems = Readonly<Record<string, Problem>>;

const byPlace = (problems: readonly Problem[]): Problems =>
  Object.fromEntries([...problems].reverse().map((problem) => [problem.field, problem]));

/** Of a form over these fields; `required` adds fields that this form alone insists on (the dialog of a step). */
export function problemsOfForm(
  fields: Fields,
  values: Values,
  required: ReadonlySet<string> = new Set(),
): Problems {
  const asked = Object.fromEntries(Object.entries(fields).filter(([, field]) => isAsked(field)));
  const after = tidied(asked, values);
  const missing = [...required]
    .filter((name) => isAbsent(after[name]))
    .map((field): Problem => ({ code: 'required', field }));
  return byPlace([...missing, ...problemsIn(after, valuesSchema(asked, 'whole'))]);
}

/** Days after today where a field allows none: known at once, without asking the desk. */
export function problemsOfDays(fields: Fields, values: Values, today: string): Problems {
  return byPlace(
    Object.entries(fields).flatMap(([name, field]): readonly Problem[] => {
      const isDay = field.kind === 'date' || field.kind === 'dateTime';
      const day = String(values[name] ?? '').slice(0, 10);
      return isDay && field.notAfterToday && day > today ? [{ code: 'futureDate', field: name }] : [];
    }),
  );
}

export function problemsOfRefusal(refusal: Refusal): Problems {
  return byPlace(refusal.problems ?? []);
}

/** The first marked field in the order of the form; places inside rows belong to their field. */
export function firstMarked(names: readonly string[], problems: Problems): string | undefined {
  return names.find((name) => problemsAt(problems, name).length > 0);
}

/** Problems of one field: its own and those inside it. */
export const problemsAt = (problems: Problems, name: string): readonly Problem[] =>
  Object.values(problems).filter(({ field }) => field === name || field.startsWith(`${name}.`));

/** Problems inside one row, seen from it: `phones.0.number` becomes `number`. */
export const problemsInside = (problems: Problems, place: string): Problems =>
  byPlace(
    Object.values(problems)
      .filter(({ field }) => field.startsWith(`${place}.`))
      .map((problem) => ({ ...problem, field: problem.field.slice(place.length + 1) })),
  );

/** Problems that no field of the form can show. */
export function problemsElsewhere(names: readonly string[], problems: Problems): readonly Problem[] {
  return Object.values(problems).filter(
    ({ field }) => !names.some((name) => field === name || field.startsWith(`${name}.`)),
  );
}
