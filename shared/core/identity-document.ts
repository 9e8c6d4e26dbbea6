/**
 * Identity documents (GB 11643-1999, GA/T 517; residents.md §3). The first six digits are never compared with today's list of
 * districts: numbers of districts that are gone (卢湾, 闸北, 南汇) stay valid for life. A number is judged as `tidyNumber` writes it,
 * so a lower-case x or full-width digits from an input method are no mistake.
 */
import { isRealDate } from './calendar/day.ts';
import type { Label } from './label.ts';
import { halfWidth } from './width.ts';
import type { ProblemCode } from './problem.ts';

export interface IdentityDocument {
  readonly type: string;
  readonly number: string;
  /** Why there is none, with type `none`. */
  readonly reason?: string | undefined;
}

export const documentTypes = {
  '111': { zh: '居民身份证', en: 'Identity card' },
  '113': { zh: '户口簿', en: 'Household register' },
  '414': { zh: '护照', en: 'Passport' },
  '511': { zh: '台湾居民来往大陆通行证', en: 'Taiwan travel permit' },
  '516': { zh: '港澳居民来往内地通行证', en: 'Hong Kong and Macao travel permit' },
  '553': { zh: '外国人永久居留身份证', en: 'Permanent residence card' },
  '990': { zh: '其他证件', en: 'Other document' },
  none: { zh: '无证件', en: 'None' },
} as const satisfies Record<string, Label>;

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** The 18th character of the first seventeen digits (GB 11643: Σ mod 11 → 10X98765432). */
export const checkDigit = (digits: string): string =>
  '10X98765432'[WEIGHTS.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0) % 11] ?? '';

const EIGHTEEN = /^\d{17}[\dX]$/;
const FOREIGN_EIGHTEEN = /^9\d{16}[\dX]$/;
const FOREIGN_EARLIER = /^[A-Z]{3}\d{12}$/;
/** 113 carries the holder's identity number or the register's own; 990 is any paper, birth certificates among them. */
const FORMS: Readonly<Record<string, RegExp>> = {
  '113': /^[\dA-Z-]{5,20}$/,
  '414': /^[A-Z\d]{5,20}$/,
  '511': /^\d{8}(\d{2})?$/,
  '516': /^[HM]\d{8}(\d{2})?$/,
  '990': /^[\p{L}\d()/-]{1,30}$/u,
};

/** The number as it is stored and compared: half-width, upper case, no spaces. */
export const tidyNumber = (number: string): string => halfWidth(number).replace(/\s/gu, '').toUpperCase();

const birthdayIn = (number: string): string =>
  `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;

function checkEighteen(number: string): ProblemCode | undefined {
  if (!isRealDate(birthdayIn(number))) return 'documentDate';
  return number[17] === checkDigit(number) ? undefined : 'documentCheckDigit';
}

/** @returns what is wrong with the document, or undefined. A birth date after today is `decide`'s business, which knows the day. */
export function checkDocument({ type, number: given, reason }: IdentityDocument): ProblemCode | undefined {
  const number = tidyNumber(given);
  if (type === 'none') {
    if ((reason ?? '').trim() === '') return 'documentReason';
    return number === '' ? undefined : 'documentForm';
  }
  if (number === '') return 'required';
  if (type === '111') {
    // The 15-digit cards are void since 2013: their numbers are only text of the past.
    if (/^\d+X?$/.test(number) && number.length !== 18) return 'documentLength';
    return EIGHTEEN.test(number) ? checkEighteen(number) : 'documentForm';
  }
  if (type === '553') {
    if (FOREIGN_EARLIER.test(number)) return undefined;
    return FOREIGN_EIGHTEEN.test(number) ? checkEighteen(number) : 'documentForm';
  }
  if (type === '113' && EIGHTEEN.test(number)) return checkEighteen(number);
  return Object.hasOwn(FORMS, type) && FORMS[type]?.test(number) ? undefined : 'documentForm';
}

/** The eighteen digits that a sound document carries, or undefined where its kind carries none. */
function eighteenOf(document: IdentityDocument): string | undefined {
  const carries = document.type === '111' || document.type === '113' || document.type === '553';
  const number = tidyNumber(document.number);
  return carries && EIGHTEEN.test(number) && checkDocument(document) === undefined ? number : undefined;
}

/** `YYYY-MM-DD`, where the number is sound and tells it. */
export function birthdayOf(document: IdentityDocument): string | undefined {
  const number = eighteenOf(document);
  return number === undefined ? undefined : birthdayIn(number);
}

/** GB/T 2261.1: `1` male, `2` female; the seventeenth digit is odd for men. */
export function sexOf(document: IdentityDocument): '1' | '2' | undefined {
  const number = eighteenOf(document);
  if (number === undefined) return undefined;
  return Number(number[16]) % 2 === 1 ? '1' : '2';
}

/** 310104********0011; shorter numbers keep two characters at each end. */
export function maskDocument(number: string): string {
  const kept =
    number.length >= 15 ? ([6, 4] as const) : number.length >= 7 ? ([2, 2] as const) : ([0, 0] as const);
  const hidden = number.length - kept[0] - kept[1];
  return `${number.slice(0, kept[0])}${'*'.repeat(hidden)}${number.slice(number.length - kept[1])}`;
}
