import { z } from 'zod';
import type { Label } from '../label.ts';
import { problemMessage } from '../problem.ts';
import { fieldOptions, type FieldBase, type FieldOptions } from './base.ts';

export interface TextField extends FieldBase<string> {
  readonly kind: 'text';
  /** In characters as people count them (code points), not UTF-16 units: a GB 18030 level 3 character is one. */
  readonly max: number;
  readonly multiline: boolean;
  /** Standard phrases offered under the control. */
  readonly phrases?: readonly string[];
}

interface TextOptions extends FieldOptions {
  readonly max?: number;
  readonly min?: number;
  readonly multiline?: boolean;
  readonly phrases?: readonly string[];
}

// Keycaps aside, digits, © and ™ carry the Emoji property too; Extended_Pictographic leaves the digits out.
const EMOJI = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\u{1F1E6}-\u{1F1FF}]/u;
const HARMLESS = /[\u00a9\u00ae\u2122]/gu;
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u;

export const lengthInCharacters = (value: string): number => [...value].length;

/** One line of text, 50 characters unless told otherwise; or several lines with `multiline` (2 000). */
export function text(label: Label, options: TextOptions = {}): TextField {
  const { multiline = false, max = multiline ? 2000 : 50, min = 1, phrases, ...rest } = options;
  const schema = z
    .string()
    .refine(
      (value) => value.length <= max * 2 && lengthInCharacters(value) <= max,
      problemMessage('tooLong', { max }),
    )
    .refine((value) => value.trim().length >= min, problemMessage('tooShort', { min }))
    .refine((value) => !CONTROL.test(value), problemMessage('controlCharacter'))
    .refine((value) => multiline || !/[\r\n]/.test(value), problemMessage('controlCharacter'))
    .refine((value) => !EMOJI.test(value.replace(HARMLESS, '')), problemMessage('emoji'));
  return { kind: 'text', label, max, multiline, ...(phrases && { phrases }), ...fieldOptions(rest), schema };
}
