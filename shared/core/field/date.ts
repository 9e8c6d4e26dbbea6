import { z } from 'zod';
import { isRealDate } from '../calendar/day.ts';
import type { Label } from '../label.ts';
import { problemMessage, type ProblemCode } from '../problem.ts';
import { fieldOptions, type FieldBase, type FieldOptions } from './base.ts';

/** A local calendar day, `YYYY-MM-DD`, in Asia/Shanghai. */
export interface DateField extends FieldBase<string> {
  readonly kind: 'date';
  /** Refused by `decide` when later than the author's own day. */
  readonly notAfterToday: boolean;
}

/** A local minute, `YYYY-MM-DDTHH:mm`, in Asia/Shanghai: what a person reads off the wall clock and writes on a paper. */
export interface DateTimeField extends FieldBase<string> {
  readonly kind: 'dateTime';
  readonly notAfterToday: boolean;
}

interface DateOptions extends FieldOptions {
  readonly notAfterToday?: boolean;
}

const day = z.string().refine(isRealDate, problemMessage('noSuchDate'));
const minute = z.string().superRefine((value, context) => {
  const [typed = '', ...rest] = value.split('T');
  const time = rest.join('T');
  const tell = (code: ProblemCode): void =>
    context.addIssue({ code: 'custom', message: problemMessage(code) });
  // One thing at a time, in the order in which it stands on the form.
  if (!isRealDate(typed)) tell('noSuchDate');
  else if (time === '') tell('noTime');
  else if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) tell('noSuchTime');
});

export function date(label: Label, { notAfterToday = false, ...rest }: DateOptions = {}): DateField {
  return { kind: 'date', label, notAfterToday, ...fieldOptions(rest), schema: day };
}

export function dateTime(label: Label, { notAfterToday = false, ...rest }: DateOptions = {}): DateTimeField {
  return { kind: 'dateTime', label, notAfterToday, ...fieldOptions(rest), schema: minute };
}
