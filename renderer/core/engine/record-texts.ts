/**
 * The records of a page as the bytes in which they came: what is kept of a record need not be written out and encoded anew (27 µs each).
 * Only where these bytes say what was validated and nothing else. The schemas keep every field and change none (shared/core/record.ts);
 * the one name that they drop is `__proto__`, and a name may be written in escapes.
 */
const NAME = new TextEncoder().encode('"records":[');
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const SPACE = 0x20;
const UNDERSCORE = 0x5f;
const U = 0x75;

/** Where texts may be cut: `{ [` and `} ]`. */
const isOpening = (byte: number): boolean => byte === 0x7b || byte === 0x5b;
const isClosing = (byte: number): boolean => byte === 0x7d || byte === 0x5d;

/**
 * @param page JSON of a PullResponse that was parsed already, in UTF-8
 * @returns in the order of its records, undefined for those that must be written out anew; nothing where the page is not written as
 * districts write it
 */
export function recordTextsIn(page: Uint8Array): readonly (Uint8Array | undefined)[] {
  const texts: (Uint8Array | undefined)[] = [];
  let depth = 0;
  let list: 'before' | 'inside' | 'behind' = 'before';
  let begun = 0;
  let isAsItIs = true;
  for (let at = 0; at < page.length; at++) {
    const byte = page[at] ?? 0;
    if (byte === QUOTE) {
      if (depth === 1 && begins(page, at, NAME)) {
        // Parsers take the last of two.
        if (list !== 'before') return [];
        list = 'inside';
        depth = 2;
        at += NAME.length - 1;
        continue;
      }
      if (page[at + 1] === UNDERSCORE && page[at + 2] === UNDERSCORE) isAsItIs = false;
      for (at++; page[at] !== QUOTE && at < page.length; at++) {
        if (page[at] !== BACKSLASH) continue;
        at++;
        if (depth < 2) return [];
        if (page[at] === U) isAsItIs = false;
      }
    } else if (isOpening(byte)) {
      if (list === 'inside' && depth === 2) {
        begun = at;
        isAsItIs = true;
      }
      depth++;
    } else if (isClosing(byte)) {
      depth--;
      if (list === 'inside' && depth === 2) texts.push(isAsItIs ? page.subarray(begun, at + 1) : undefined);
      else if (list === 'inside' && depth === 1) list = 'behind';
    } else if (byte <= SPACE) isAsItIs = false;
    else if (list === 'inside' && depth === 2 && byte !== COMMA) return [];
  }
  return texts;
}

const begins = (bytes: Uint8Array, from: number, name: Uint8Array): boolean =>
  name.every((byte, index) => bytes[from + index] === byte);
