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

/** Into these arrays at this place, in one pass and without a division: every word of a hundred thousand records comes through here. */
export function writePairs(text: string, plain: Int32Array, other: Int32Array, place: number): void {
  let plainPairs = 0;
  let otherPairs = 0;
  let before = text.charCodeAt(0);
  for (let at = 1; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    // Fibonacci hashing: the highest 16 bits of the product depend on all bits of both.
    const mixed = Math.imul((before << 16) | unit, 0x9e3779b1) >>> 16;
    if ((before | unit) >= 128) otherPairs |= 1 << (mixed >>> 11);
    else if (isDigit(before) && isDigit(unit)) plainPairs |= 1 << ((mixed * DIGIT_BITS) >>> 16);
    else plainPairs |= 1 << (DIGIT_BITS + ((mixed * LETTER_BITS) >>> 16));
    before = unit;
  }
  plain[place] = plainPairs;
  other[place] = otherPairs;
}

const isDigit = (unit: number): boolean => unit >= 48 && unit <= 57;

export function pairsOf(text: string): Pairs {
  const written = [new Int32Array(1), new Int32Array(1)] as const;
  writePairs(text, ...written, 0);
  const [[plain = 0], [other = 0]] = written;
  return { plain, other };
}
