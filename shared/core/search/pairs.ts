/**
 * A word's pairs of neighbouring characters, as bits: a word that lacks a pair of the question cannot hold the question, and comparing
 * two numbers says so. Different pairs may share a bit, so whoever has all bits still has to be looked at. Digits and letters have bits
 * of their own: an address full of characters says nothing about a number, and few words but names hold letters.
 */
export interface Pairs {
  /** Of two digits: the lowest 26 bits; of a letter or a sign and whatever is not Chinese: the highest 6. */
  readonly plain: number;
  readonly other: number;
}

const DIGIT_BITS = 26;
const LETTER_BITS = 6;

const isDigit = (unit: number): boolean => unit >= 48 && unit <= 57;

export function plainPairs(text: string): number {
  let pairs = 0;
  let before = text.charCodeAt(0);
  for (let at = 1; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (before < 128 && unit < 128)
      pairs |=
        1 <<
        (isDigit(before) && isDigit(unit)
          ? mixed(before, unit) % DIGIT_BITS
          : DIGIT_BITS + (mixed(before, unit) % LETTER_BITS));
    before = unit;
  }
  return pairs;
}

export function otherPairs(text: string): number {
  let pairs = 0;
  let before = text.charCodeAt(0);
  for (let at = 1; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (before >= 128 || unit >= 128) pairs |= 1 << (mixed(before, unit) >>> 11);
    before = unit;
  }
  return pairs;
}

export const pairsOf = (text: string): Pairs => ({ plain: plainPairs(text), other: otherPairs(text) });

/** Fibonacci hashing: the highest 16 bits of a product, which depend on all bits of both. */
const mixed = (before: number, unit: number): number => Math.imul((before << 16) | unit, 0x9e3779b1) >>> 16;
