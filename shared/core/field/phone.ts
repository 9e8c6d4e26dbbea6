import { z } from 'zod';
import { isPhone } from '../phone.ts';
import type { Label } from '../label.ts';
import { problemMessage } from '../problem.ts';
import { fieldOptions, type FieldBase, type FieldOptions } from './base.ts';

export interface PhoneField extends FieldBase<string> {
  readonly kind: 'phone';
}

/** A telephone number as people write it (residents.md §3); searched by its digits, masked in lists. */
export const phone = (label: Label, options: FieldOptions = {}): PhoneField => ({
  kind: 'phone',
  label,
  ...fieldOptions({ search: 'digits', sensitive: true, ...options }),
  schema: z
    .string()
    .max(30, problemMessage('tooLong', { max: 30 }))
    .refine(isPhone, problemMessage('phone')),
});
