import { z } from 'zod';
import type { Label } from '../label.ts';
import { problemMessage } from '../problem.ts';
import { fieldOptions, type FieldBase, type FieldOptions } from './base.ts';

export interface NumberField extends FieldBase<number> {
  readonly kind: 'number';
  readonly min: number;
  readonly max: number;
  /** Digits after the point. */
  readonly decimals: number;
  readonly unit?: Label;
}

/** Whole fen; people read and type yuan. Never a float. */
export interface MoneyField extends FieldBase<number> {
  readonly kind: 'money';
}

interface NumberOptions extends FieldOptions {
  readonly min?: number;
  readonly max?: number;
  readonly decimals?: number;
  readonly unit?: Label;
}

export function number(label: Label, options: NumberOptions = {}): NumberField {
  const { min = 0, max = 1_000_000, decimals = 0, unit, ...rest } = options;
  const scale = 10 ** decimals;
  const schema = z
    .number()
    .min(min, problemMessage('tooSmall', { min }))
    .max(max, problemMessage('tooLarge', { max }))
    .refine(
      (value) => Math.abs(value * scale - Math.round(value * scale)) < 1e-6,
      problemMessage(decimals === 0 ? 'notWhole' : 'malformed'),
    );
  return { kind: 'number', label, min, max, decimals, ...(unit && { unit }), ...fieldOptions(rest), schema };
}

export function money(label: Label, options: FieldOptions = {}): MoneyField {
  const most = 1_000_000_000_00;
  const schema = z
    .int(problemMessage('malformed'))
    .min(0, problemMessage('tooSmall', { min: 0 }))
    .max(most, problemMessage('tooLarge', { max: most / 100 }));
  return { kind: 'money', label, ...fieldOptions(options), schema };
}
