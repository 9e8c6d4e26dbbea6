/** Texts and questions in one spelling, so that they can be compared unit by unit: both sides of the search pass through here. */
import { halfWidth } from '../width.ts';

/** Between words: never part of a text. */
export const WORD = '\n';

/** Interpuncts of foreign names (·), white space, control characters and halves of characters. */
const IGNORED = /[\u00b7\u2022\u2027\u30fb\uff65]|[\s\p{Cc}\p{Cs}]/gu;

/** Nearly every text is spelt so already: digits, small letters, plain signs but the colon of `u:`, and Chinese characters. */
const NORMAL = /^[!-9;-@[-~\p{Script=Han}]*$/u;
/** Characters that stand twice in Unicode. */
const TWICE = /[\uf900-\ufaff\u{2f800}-\u{2fa1f}]/u;
const PLAIN_NUMBER = /^[a-z\d]*$/;

/** Half-width, lower case, `v` for ü; without spaces and interpuncts. */
export const normalise = (text: string): string =>
  NORMAL.test(text) && !TWICE.test(text)
    ? text
    : halfWidth(text.normalize('NFC')).toLowerCase().replace(/ü|u:/g, 'v').replace(IGNORED, '');

/** Digits and letters of a number alone: 021-6418 1234 is 02164181234. */
export const normaliseNumber = (text: string): string =>
  PLAIN_NUMBER.test(text) ? text : normalise(text).replace(/[^a-z\d]/g, '');

/** A number that can be told from a house number: at least three characters, one of them a digit, nothing but a number's signs. */
export const isNumberLike = (term: string): boolean =>
  /^[a-z\d()-]+$/.test(term) && /\d/.test(term) && normaliseNumber(term).length >= 3;

const MOST = 60;

/** The words of a question, all of which a record must have. Digits typed in groups (138 1234 5678) are one word. */
export function termsOf(question: string): readonly string[] {
  const half = halfWidth(question).trim();
  const parts = /^[\d\s-]+$/.test(half) ? [half] : half.split(/\s+/u);
  return parts.map((part) => [...normalise(part)].slice(0, MOST).join('')).filter((term) => term !== '');
}
