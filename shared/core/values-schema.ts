/** The check of several values against their fields; unknown names pass through untouched (architecture.md law 8). */
import { z } from 'zod';
import { isAbsent, type FieldMap, type Values } from './field/base.ts';
import { problemFromMessage, problemMessage, type Problem } from './problem.ts';

/**
 * @param extent `whole`: required fields must be there (a creation, a row, an entry); `part`: only what is given is checked.
 */
export function valuesSchema(fields: FieldMap, extent: 'whole' | 'part'): z.ZodType<Values> {
  const known = made[extent].get(fields);
  if (known) return known;
  const schema = schemaOf(fields, extent);
  made[extent].set(fields, schema);
  return schema;
}

/** A schema is dear to make and asked for with every operation; declarations never change. */
const made = {
  whole: new WeakMap<FieldMap, z.ZodType<Values>>(),
  part: new WeakMap<FieldMap, z.ZodType<Values>>(),
};

function schemaOf(fields: FieldMap, extent: 'whole' | 'part'): z.ZodType<Values> {
  return z.record(z.string().max(64), z.unknown()).superRefine((values, context) => {
    for (const [name, field] of Object.entries(fields)) {
      const value = values[name];
      if (isAbsent(value)) {
        if (field.required && extent === 'whole' && field.merge !== 'server') {
          context.addIssue({ code: 'custom', message: problemMessage('required'), path: [name] });
        }
        continue;
      }
      const parsed = field.schema.safeParse(value);
      for (const issue of parsed.error?.issues ?? []) {
        context.addIssue({ code: 'custom', message: issue.message, path: [name, ...issue.path] });
      }
    }
  });
}

/** All that is wrong with the values, one problem a place (the first). */
export function problemsIn(values: unknown, schema: z.ZodType<Values>): readonly Problem[] {
  const parsed = schema.safeParse(values);
  const found = new Map<string, Problem>();
  for (const issue of parsed.error?.issues ?? []) {
    const field = issue.path.join('.');
    if (!found.has(field)) found.set(field, problemFromMessage(issue.message, field));
  }
  return [...found.values()];
}
