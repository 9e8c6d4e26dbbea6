import { z } from 'zod';
import type { Address } from '../address.ts';
import type { Label } from '../label.ts';
import { problemMessage } from '../problem.ts';
import { fieldOptions, type FieldBase, type FieldOptions } from './base.ts';

export interface AddressField extends FieldBase<Address> {
  readonly kind: 'address';
}

const part = z
  .string()
  .max(60, problemMessage('tooLong', { max: 60 }))
  .optional();

/** A Shanghai address in parts beside the text as it was given, which is never refused (residents.md §2). */
export const address = (label: Label, options: FieldOptions = {}): AddressField => ({
  kind: 'address',
  label,
  ...fieldOptions({ search: 'text', ...options }),
  schema: z.object({
    raw: z
      .string()
      .min(1, problemMessage('required'))
      .max(200, problemMessage('tooLong', { max: 200 })),
    road: part,
    lane: part,
    branch: part,
    estate: part,
    no: part,
    room: part,
  }),
});
