/** What the index must find, said as plainly as possible and as slowly: a look at every single word. */
import type { SearchWord } from '../search/index.ts';
import type { Readings } from '../search/sounds.ts';
import { isNumberLike, normalise, normaliseNumber, termsOf } from '../search/normalise.ts';

export const meets = (words: readonly SearchWord[], question: string, readings: Readings): boolean => {
  const terms = termsOf(question);
  return terms.length > 0 && terms.every((term) => words.some((word) => meetsTerm(word, term, readings)));
};

function meetsTerm({ kind, text }: SearchWord, term: string, readings: Readings): boolean {
  if (kind === 'digits') {
    const number = normaliseNumber(text);
    const wanted = normaliseNumber(term);
    return isNumberLike(term) && (number.startsWith(wanted) || number.endsWith(wanted));
  }
  const word = normalise(text);
  if (kind !== 'name') return word.includes(term);
  const characters = [...word];
  return characters.some((_, start) => takes(characters.slice(start), term, readings));
}

/** The first character takes a beginning of the term, the next ones the rest. */
function takes(characters: readonly string[], term: string, readings: Readings): boolean {
  if (term === '') return true;
  const [first, ...rest] = characters;
  if (first === undefined) return false;
  return [first, ...readings(first)].some((reading) => {
    if (reading.startsWith(term)) return true;
    const initials = /^[zcs]h/.test(reading) ? [reading[0] ?? '', reading.slice(0, 2)] : [reading[0] ?? ''];
    const parts = /^[a-z]/.test(reading) ? [reading, ...initials] : [reading];
    return parts.some((part) => term.startsWith(part) && takes(rest, term.slice(part.length), readings));
  });
}
