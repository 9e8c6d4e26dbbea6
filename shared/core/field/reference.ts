import { z } from 'zod';
import { isId } from '../id.ts';
import type { Label } from '../label.ts';
import { problemMessage } from '../problem.ts';
import { fieldOptions, type FieldBase, type FieldOptions } from './base.ts';

/**
 * A reference to another record, with the few values that papers print as they were at signing: it reads well even where the
 * record behind it may not be seen. `kept` holds the fields that the target entity names in its own `kept`.
 */
export interface Reference {
  readonly id: string;
  readonly title: string;
  readonly kept?: Readonly<Record<string, unknown>>;
}

export interface ReferenceField extends FieldBase<Reference> {
  readonly kind: 'reference';
  readonly entity: string;
}

export interface ReferencesField extends FieldBase<readonly Reference[]> {
  readonly kind: 'references';
  readonly entity: string;
  readonly min: number;
  readonly max: number;
}

interface ReferencesOptions extends Omit<FieldOptions, 'merge'> {
  readonly min?: number;
  readonly max?: number;
}

const referenceSchema = (entity: string): z.ZodType<Reference> =>
  z.object({
    id: z.string().refine((value) => isId(value, entity), problemMessage('malformed')),
    title: z.string().max(200, problemMessage('tooLong', { max: 200 })),
    kept: z.record(z.string().max(64), z.json()).optional(),
  });

export function reference(label: Label, entity: string, options: FieldOptions = {}): ReferenceField {
  return { kind: 'reference', label, entity, ...fieldOptions(options), schema: referenceSchema(entity) };
}

/** A set, merged by id: two people who add different participants both keep theirs. */
export function references(label: Label, entity: string, options: ReferencesOptions = {}): ReferencesField {
  const { min = 0, max = 50, ...rest } = options;
  const schema = z
    .array(referenceSchema(entity))
    .min(min, problemMessage('tooFew', { min }))
    .max(max, problemMessage('tooMany', { max }))
    .refine(
      (values) => new Set(values.map(({ id }) => id)).size === values.length,
      problemMessage('sameTwice'),
    );
  return {
    kind: 'references',
    label,
    entity,
    min,
    max,
    ...fieldOptions({ required: min > 0, ...rest }),
    merge: 'union',
    schema,
  };
}
