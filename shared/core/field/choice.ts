import { z } from 'zod';
import type { Label } from '../label.ts';
import { problemMessage } from '../problem.ts';
import { fieldOptions, type FieldBase, type FieldOptions } from './base.ts';

/** Colour only for meaning: overdue and danger, due soon and care, done, plain. */
export type Tone = 'plain' | 'active' | 'care' | 'danger' | 'done';
export type Options = Readonly<Record<string, Label & { readonly tone?: Tone }>>;

export interface ChoiceField extends FieldBase<string> {
  readonly kind: 'choice';
  readonly options: Options;
  /** Taken where a form opens empty. */
  readonly initial?: string;
}

export interface ChoicesField extends FieldBase<readonly string[]> {
  readonly kind: 'choices';
  readonly options: Options;
}

const oneOf = (options: Options): z.ZodType<string> =>
  z.string().refine((value) => Object.hasOwn(options, value), problemMessage('unknownChoice'));

export function choice(
  label: Label,
  options: Options,
  more: FieldOptions & { initial?: string } = {},
): ChoiceField {
  const { initial, ...rest } = more;
  return {
    kind: 'choice',
    label,
    options,
    ...(initial !== undefined && { initial }),
    ...fieldOptions(rest),
    schema: oneOf(options),
  };
}

/** A set of labels; two people adding different ones both keep theirs. */
export function choices(
  label: Label,
  options: Options,
  more: Omit<FieldOptions, 'merge'> = {},
): ChoicesField {
  const schema = z
    .array(oneOf(options))
    .max(100, problemMessage('tooMany', { max: 100 }))
    .refine((values) => new Set(values).size === values.length, problemMessage('sameTwice'));
  return { kind: 'choices', label, options, ...fieldOptions(more), merge: 'union', schema };
}
