/**
 * Names by their sound. A question is met by neighbouring characters of a name, each of which takes of it the character itself, one of
 * its readings, or a reading's initial (one letter, or zh, ch, sh); the last one may take any beginning of a reading. So 王晓 is met
 * by 王晓, wangxiao, wangx, wx, 王x, wxia. What a character takes is the same in every name, so it is asked once a question; the names
 * stand here as the numbers of their characters.
 */
import { lastUpTo } from './last-up-to.ts';
import { createSteps, DONE, NOWHERE } from './name-steps.ts';

export type Readings = (character: string) => readonly string[];

export interface Sounds {
  /** @param name normalised; the first one is word 0, the next one word 1 */
  readonly add: (name: string) => void;
  /** Every name that meets the term, once, where it does first. @param characters fewest that take the whole term */
  readonly each: (term: string, met: (word: number, isStart: boolean, characters: number) => void) => void;
}

/** Only a term with letters can be a reading; others are met as they are written. */
export const hasLetters = (term: string): boolean => /[a-z]/.test(term);

/** Before each name, instead of a character's number. */
const EDGE = 0;
export function createSounds(readings: Readings): Sounds {
  let spelt = new Uint32Array(16);
  let length = 0;
  /** Slot of the edge before each name. */
  let edges = new Uint32Array(16);
  let words = 0;
  const numbers = new Map<string, number>();
  /** The character and its readings, by its number. */
  const ways: (readonly string[])[] = [[]];

  function put(number: number): void {
    if (length === spelt.length) spelt = twice(spelt);
    spelt[length++] = number;
  }

  function numberOf(character: string): number {
    const known = numbers.get(character);
    if (known !== undefined) return known;
    numbers.set(character, ways.length);
    const sounds = readings(character).filter((reading) => /^[a-z]+$/.test(reading));
    return ways.push([character, ...sounds]) - 1;
  }

  return {
    add: (name) => {
      if (words === edges.length) edges = twice(edges);
      edges[words++] = length;
      put(EDGE);
      for (const character of name) put(numberOf(character));
    },
    each: (term, met) => {
      const { first, next } = createSteps(ways, term);
      let word = 0;
      let slot = firstFrom(spelt, length, first, 0);
      while (slot < length) {
        let end = slot + 1;
        let reached = first[spelt[slot]!]!;
        // Nobody's number is the one of the edge, so no step leads into the next name.
        while (reached > DONE) reached = next(reached, spelt[end++] ?? EDGE);
        if (reached === DONE) {
          word = lastUpTo(edges, words, slot, word);
          met(word, slot === (edges[word] ?? 0) + 1, end - slot);
          end = word + 1 < words ? (edges[word + 1] ?? 0) : length;
        } else end = slot + 1;
        slot = firstFrom(spelt, length, first, end);
      }
    },
  };
}

function twice(old: Uint32Array): Uint32Array<ArrayBuffer> {
  const longer = new Uint32Array(old.length * 2);
  longer.set(old);
  return longer;
}

/** The first slot from this one on whose character takes anything. Apart and bare, because this is most of the work. */
function firstFrom(spelt: Uint32Array, length: number, first: Int32Array, from: number): number {
  let slot = from;
  while (slot < length && first[spelt[slot]!] === NOWHERE) slot += 1;
  return slot;
}
