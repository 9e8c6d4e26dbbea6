/**
 * Ids carry their kind: `resident_01J9Z3…`. The tail is a ULID (ulid/spec): 48 bits of time, 80 random bits.
 * The time part only keeps neighbours together on disk; nothing is ever ordered by it (clocks lie).
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const ID = /^[a-z][A-Za-z]{0,31}_[0-9A-HJKMNP-TV-Z]{26}$/;
/** Characters behind the kind. */
const TAIL = 27;

/** Fills with random bytes: the one source of randomness, a port, so that a simulation can replay it. */
export type RandomBytes = (length: number) => Uint8Array;

/** @param now milliseconds since 1970; any number is accepted, a wild clock only loses locality */
export function newId(kind: string, now: number, random: RandomBytes): string {
  let time = Math.min(Math.max(0, Math.floor(now) || 0), 2 ** 48 - 1);
  let head = '';
  for (let index = 0; index < 10; index++) {
    head = ALPHABET[time % 32] + head;
    time = Math.floor(time / 32);
  }
  let tail = '';
  for (const byte of random(16)) tail += ALPHABET[byte % 32];
  return `${kind}_${head}${tail}`;
}

/** The kind that an id carries, or undefined where it is no id at all. */
export const kindOf = (id: string): string | undefined => (ID.test(id) ? id.slice(0, -TAIL) : undefined);

export const isId = (id: string, kind?: string): boolean =>
  kind === undefined ? ID.test(id) : kindOf(id) === kind;
