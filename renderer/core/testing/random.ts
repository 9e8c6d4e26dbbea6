/** Repeatable randomness (mulberry32): one seed, one history. */
export interface Random {
  /** 0 ≤ x < 1 */
  readonly next: () => number;
  readonly whole: (below: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(from: readonly T[]) => T;
  readonly bytes: (length: number) => Uint8Array;
}

/** One that can begin anew: with every step of a history, so that a step that is left out shuffles no other. */
export interface Stepped extends Random {
  readonly begin: (seed: number) => void;
}

export function createRandom(seed: number): Stepped {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (below: number): number => Math.floor(next() * below);
  return {
    begin: (seed) => {
      state = seed >>> 0;
    },
    next,
    whole,
    chance: (probability) => next() < probability,
    pick: (from) => {
      const picked = from[whole(from.length)];
      if (picked === undefined) throw new Error('nothing to pick from');
      return picked;
    },
    bytes: (length) => {
      const made = new Uint8Array(length);
      for (let index = 0; index < length; index++) made[index] = whole(256);
      return made;
    },
  };
}
