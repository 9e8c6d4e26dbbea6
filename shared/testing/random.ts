/** Seeded randomness for samples, the demo and simulations: the same seed says the same for ever, on every machine. */
import type { RandomBytes } from '../core/id.ts';
import type { SampleSource } from '../core/sample.ts';

export interface SeededSource extends SampleSource {
  /** Bytes for ids. */
  readonly bytes: RandomBytes;
}

/** mulberry32 (public domain, Tommy Ettinger). */
export function seededSource(seed: number): SeededSource {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (below: number): number => Math.floor(next() * below);
  return {
    whole,
    pick: <T>(from: readonly T[]): T => {
      const picked = from[whole(from.length)];
      if (from.length === 0) throw new Error('nothing to pick from');
      return picked as T;
    },
    chance: (probability) => next() < probability,
    bytes: (length) => Uint8Array.from({ length }, () => whole(256)),
  };
}
