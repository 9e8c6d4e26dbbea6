import { z } from 'zod';
import type { Label } from '../label.ts';
import { fieldOptions, type FieldBase, type FieldOptions } from './base.ts';

export interface YesNoField extends FieldBase<boolean> {
  readonly kind: 'yesNo';
}

export const yesNo = (label: Label, options: FieldOptions = {}): YesNoField => ({
  kind: 'yesNo',
  label,
  ...fieldOptions(options),
  schema: z.boolean(),
});
