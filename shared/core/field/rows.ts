import { z } from 'zod';
import { isId } from '../id.ts';
import type { Label } from '../label.ts';
import { problemMessage } from '../problem.ts';
import { valuesSchema } from '../values-schema.ts';
import { fieldOptions, type FieldBase, type FieldOptions, type FieldMap, type Values } from './base.ts';

/** A short table inside a record, edited and merged as a whole: telephone numbers, performance terms. */
export interface RowsField extends FieldBase<readonly Values[]> {
  readonly kind: 'rows';
  readonly fields: FieldMap;
  readonly min: number;
  readonly max: number;
}

/** One entry of an append-only log: who wrote it and when come from its operation. */
export interface Entry {
  readonly id: string;
  readonly by: string;
  readonly at: string;
  readonly values: Values;
  /** The entry that this one corrects; the corrected one stays readable. */
  readonly corrects?: string;
}

/** A log inside a record: sessions, visits, notes. Entries are only ever added; a mistake is corrected by another entry. */
export interface EntriesField extends FieldBase<readonly Entry[]> {
  readonly kind: 'entries';
  readonly fields: FieldMap;
  /** What one entry is called: 一次调解. */
  readonly one: Label;
}

interface RowsOptions extends FieldOptions {
  readonly min?: number;
  readonly max?: number;
}

export function rows(label: Label, fields: FieldMap, options: RowsOptions = {}): RowsField {
  const { min = 0, max = 50, ...rest } = options;
  const schema = z
    .array(valuesSchema(fields, 'whole'))
    .min(min, problemMessage('tooFew', { min }))
    .max(max, problemMessage('tooMany', { max }));
  return { kind: 'rows', label, fields, min, max, ...fieldOptions({ required: min > 0, ...rest }), schema };
}

export function entries(
  label: Label,
  one: Label,
  fields: FieldMap,
  options: Omit<FieldOptions, 'merge'> = {},
): EntriesField {
  const entry = z.object({
    id: z.string().refine((value) => isId(value, 'entry'), problemMessage('malformed')),
    by: z.string().max(64),
    at: z.iso.datetime(),
    values: valuesSchema(fields, 'whole'),
    corrects: z.string().max(64).optional(),
  });
  return {
    kind: 'entries',
    label,
    one,
    fields,
    ...fieldOptions(options),
    merge: 'append',
    schema: z.array(entry),
  };
}
