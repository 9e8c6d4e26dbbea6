/** Telephone numbers of residents.md §3, judged as `tidyPhone` writes them: spaces and full-width digits are no mistake. */
import { halfWidth } from './width.ts';

const FORMS = [
  /^1[3-9]\d{9}$/,
  /^(021-?)?[2-9]\d{7}(-\d{1,5})?$/,
  /^0\d{2,3}-?\d{7,8}$/,
  /^(110|119|120|12345|12348|12356|962525)$/,
];

/** As it is stored and searched: half-width, no spaces. */
export const tidyPhone = (value: string): string => halfWidth(value).replace(/\s/gu, '');

export function isPhone(value: string): boolean {
  const tidy = tidyPhone(value);
  return FORMS.some((form) => form.test(tidy));
}

/** 138****5678; short service numbers are nobody's secret. */
export const maskPhone = (value: string): string =>
  value.length < 7 ? value : `${value.slice(0, 3)}${'*'.repeat(value.length - 7)}${value.slice(-4)}`;
