/**
 * Names by their sound. Each character of a name is a slot that holds the character itself and its readings; 王晓 is
 * `王|wang·晓|xiao`. A question is met by consecutive slots, each of which takes the character, a whole reading, or the reading's
 * initial (one letter, or zh, ch, sh); the last one may take any beginning of a reading: 王晓, wangxiao, wangx, wx, 王x, wxia.
 */
import { READING, SLOT, WORD } from './normalise.ts';

export type Readings = (character: string) => readonly string[];

const EDGE = `[${WORD}${SLOT}${READING}]`;
const INNER = `[^${WORD}${SLOT}${READING}]`;
/** From the end of a reading, or from its initial, over the slot's other readings to the beginning of one in the next slot. */
const STEP = `(?:(?:(?<=${EDGE}(?:[a-z]|[zcs]h))${INNER}*)?(?:${READING}${INNER}+)*${SLOT}(?:${INNER}+${READING})*)`;

/** Slots of the characters met so far, for each way of reading: a few thousand for a hundred thousand names. */
const slots = new WeakMap<Readings, Map<string, string>>();

/** @param name normalised */
export function slotsOf(name: string, readings: Readings): string {
  const known = slots.get(readings) ?? new Map<string, string>();
  slots.set(readings, known);
  let all = '';
  for (const character of name) {
    let slot = known.get(character);
    if (slot === undefined) known.set(character, (slot = slotOf(character, readings)));
    all = all === '' ? slot : all + SLOT + slot;
  }
  return all;
}

const slotOf = (character: string, readings: Readings): string =>
  [character, ...new Set(readings(character).filter((reading) => /^[a-z]+$/.test(reading)))].join(READING);

/** Where a term may be met in a text of slots. Staying within a reading is tried first, so initials are the last resort. */
export function namePattern(term: string): RegExp {
  const units = Array.from(term, (character) => character.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  return new RegExp(EDGE + units.join(`${STEP}??`), 'g');
}

/** Only a term with letters can be a reading; others are met as they are written. */
export const hasLetters = (term: string): boolean => /[a-z]/.test(term);

/** @param met what the pattern met: one letter from each slot is initials */
export function isInitials(term: string, met: string): boolean {
  let slots = 1;
  for (const character of met) if (character === SLOT) slots += 1;
  return met.startsWith(SLOT) ? slots - 1 === term.length : slots === term.length;
}
