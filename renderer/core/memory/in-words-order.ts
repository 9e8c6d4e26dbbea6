/**
 * The order of words as Chinese readers expect it: by pinyin, as the platform's collator has it. The collator costs a microsecond a
 * comparison, a hundred thousand names two million comparisons; but words of Chinese characters alone are in the order of their
 * characters, and of those there are a few thousand: each gets its place among them once, and then two numbers are compared.
 */
const collator = new Intl.Collator('zh-CN', { numeric: true });

const FIRST_HAN = 0x4e00;
const LAST_HAN = 0x9fff;

/** Places of the characters met so far, 0 where none; between two neighbours there is always room for another one. */
const places = new Float64Array(LAST_HAN - FIRST_HAN + 1);
const met: number[] = [];

export function compareWords(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  for (let index = 0; index < length; index++) {
    const [left, right] = [one.charCodeAt(index), other.charCodeAt(index)];
    if (left === right && isHan(left)) continue;
    // Anything else may change the order of what stands before it.
    if (!isHan(left) || !isHan(right)) return collator.compare(one, other);
    return hasOnlyHan(one, index) && hasOnlyHan(other, index)
      ? placeOf(left) - placeOf(right)
      : collator.compare(one, other);
  }
  return hasOnlyHan(one, length) && hasOnlyHan(other, length)
    ? one.length - other.length
    : collator.compare(one, other);
}

const isHan = (code: number): boolean => code >= FIRST_HAN && code <= LAST_HAN;

function hasOnlyHan(word: string, from: number): boolean {
  for (let index = from; index < word.length; index++) if (!isHan(word.charCodeAt(index))) return false;
  return true;
}

function placeOf(code: number): number {
  const known = places[code - FIRST_HAN];
  return known || placed(code);
}

function placed(code: number): number {
  const character = String.fromCharCode(code);
  let low = 0;
  let high = met.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (collator.compare(String.fromCharCode(met[middle]!), character) < 0) low = middle + 1;
    else high = middle;
  }
  const before = low > 0 ? placeIn(low - 1) : 0;
  const after = low < met.length ? placeIn(low) : before + 2;
  met.splice(low, 0, code);
  places[code - FIRST_HAN] = (before + after) / 2;
  if (places[code - FIRST_HAN] === before || places[code - FIRST_HAN] === after) renumber();
  return placeIn(low);
}

const placeIn = (rank: number): number => places[met[rank]! - FIRST_HAN]!;

/** Halved too often in one place. */
function renumber(): void {
  for (const [rank, code] of met.entries()) places[code - FIRST_HAN] = rank + 1;
}
