/**
 * The words of a recovery sheet: six groups of five characters, which nobody confuses on paper; 145 bits, so that guessing is hopeless
 * without any slow derivation.
 */
import { randomBytes } from 'node:crypto';

const ALPHABET = '23456789ABCDEFGHJKMNPQRSTWXYZ';
const GROUPS = 6;
const LENGTH = 5;
/** Bytes from here on would make the first characters likelier. */
const FAIR = 256 - (256 % ALPHABET.length);

export function newWords(random: (length: number) => Uint8Array = randomBytes): string {
  let text = '';
  while (text.length < GROUPS * LENGTH)
    for (const byte of random(GROUPS * LENGTH)) if (byte < FAIR) text += ALPHABET[byte % ALPHABET.length];
  const groups = Array.from({ length: GROUPS }, (_, at) => text.slice(at * LENGTH, (at + 1) * LENGTH));
  return groups.join('-');
}
