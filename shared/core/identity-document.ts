/** Identity documents (GB 11643-1999, GA/T 517; residents.md §3). */
import type { Label } from './label.ts';
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

export function checkDocument(_document: IdentityDocument): ProblemCode | undefined {
  return undefined;
}
