/**
 * What a scope holds, in 64 bits (sync.md S7): the XOR of a mix of every record that lies in it. District and desk each keep their own,
 * record by record as they come and go, and compare them when a pull has reached the head; nobody takes over a hash that it did not
 * compute. It finds what was lost on the way or behind somebody's back; it proves nothing against whoever wants to deceive.
 */

/** Two halves of 32 bits. */
export interface ScopeHash {
  readonly high: number;
  readonly low: number;
}

export const EMPTY_HASH: ScopeHash = { high: 0, low: 0 };

export const combined = (one: ScopeHash, other: ScopeHash): ScopeHash => ({
  high: one.high ^ other.high,
  low: one.low ^ other.low,
});

/** Of one record at one sequence, over the characters of `<id>|<seq>`; all products and shifts are of 32 bits. */
export function hashOfRecord(id: string, seq: number): ScopeHash {
  const text = `${id}|${seq}`;
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const character = text.charCodeAt(index);
    high = Math.imul(high ^ character, 0x9e3779b1);
    low = Math.imul(low ^ character, 0x5f356495);
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return { high, low };
}

const hex = (half: number): string => (half >>> 0).toString(16).padStart(8, '0');

/** 16 hexadecimal digits, as it travels. */
export const hashText = ({ high, low }: ScopeHash): string => hex(high) + hex(low);

export const hashIn = (text: string): ScopeHash => ({
  high: Number.parseInt(text.slice(0, 8), 16) | 0,
  low: Number.parseInt(text.slice(8), 16) | 0,
});
