import { z } from 'zod';
import type { Label } from '../label.ts';
import type { FieldBase } from './base.ts';

/**
 * An official number, such as （2026）××人调字第12号: given once by the district when it confirms the creation, counted for each
 * area and year. Until then the desk shows the temporary number 临-desk-n that the creation carries; both are kept.
 */
export interface OfficialNumberField extends FieldBase<OfficialNumber> {
  readonly kind: 'officialNumber';
  readonly print: (parts: NumberParts) => string;
}

export interface OfficialNumber {
  readonly temporary: string;
  readonly official?: string;
}

export interface NumberParts {
  readonly year: number;
  readonly ordinal: number;
  /** The area's short name. */
  readonly area: string;
}

export function officialNumber(label: Label, print: (parts: NumberParts) => string): OfficialNumberField {
  const schema = z.object({ temporary: z.string().max(40), official: z.string().max(100).optional() });
  return { kind: 'officialNumber', label, print, required: false, merge: 'server', search: 'text', schema };
}
