/** What a Chinese index gets from each word: pairs of characters, and for names the sound and its initials; the same for both peers. */
import type { SearchWord } from '../../shared/core/search/index.ts';
import type { Readings } from '../../shared/core/search/sounds.ts';
import { isNumberLike, normalise, normaliseNumber } from '../../shared/core/search/normalise.ts';

export interface Entry {
  readonly id: string;
  readonly name: string;
  readonly sound: string;
  readonly digits: string;
  readonly address: string;
  readonly text: string;
}

export const FIELDS = ['name', 'sound', 'digits', 'address', 'text'] as const;

/** A number is found by its beginning (the index looks for prefixes) and by these of its ends. */
const ENDS = [4, 6, 8];

export function entryOf(id: string, words: readonly SearchWord[], readings: Readings): Entry {
  const of = (wanted: SearchWord['kind']): readonly string[] =>
    words.filter(({ kind }) => kind === wanted).map(({ text }) => text);
  const sounds = of('name').flatMap((name) => {
    const all = Array.from(normalise(name), (character) => readings(character)[0] ?? '');
    return [all.join(''), all.map((sound) => sound[0] ?? '').join('')];
  });
  const digits = of('digits').flatMap((text) => {
    const number = normaliseNumber(text);
    return [number, ...ENDS.map((count) => number.slice(-count))];
  });
  return {
    id,
    name: of('name').join(' '),
    sound: sounds.join(' '),
    digits: digits.join(' '),
    address: of('address').join(' '),
    text: of('text').join(' '),
  };
}

/** Pairs of Chinese characters, single ones where they stand alone; runs of letters and digits whole. */
export function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  for (const run of text.toLowerCase().match(/[\p{Script=Han}·]+|[a-z\d]+/gu) ?? []) {
    const characters = [...run];
    if (/^[a-z\d]/.test(run) || characters.length === 1) tokens.push(run);
    else
      for (let at = 0; at + 1 < characters.length; at++)
        tokens.push(`${characters[at]}${characters[at + 1]}`);
  }
  return tokens;
}

/** Typed in groups or with hyphens, a number is one word. */
export const questionOf = (text: string): string => (isNumberLike(text) ? normaliseNumber(text) : text);
