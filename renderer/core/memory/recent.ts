/**
 * Records that somebody has looked at lately stay parsed; the others are read again from their text when they are wanted, because a
 * hundred thousand parsed ones weigh three times what their texts do. The oldest that nobody has used since goes first (the clock
 * algorithm: Corbató 1968).
 */
export interface Parsed {
  /** Looked at since the hand passed last. */
  isUsed: boolean;
  /** Among those that are kept. */
  isKept: boolean;
}

export interface Recent<T extends Parsed> {
  readonly keep: (one: T) => void;
}

/** @param drop gives back what it holds; it can be had again */
export function createRecent<T extends Parsed>(most: number, drop: (one: T) => void): Recent<T> {
  const kept: T[] = [];
  let hand = 0;
  function replace(one: T): void {
    for (let left = kept[hand]; left?.isUsed; left = kept[hand]) {
      left.isUsed = false;
      hand = (hand + 1) % most;
    }
    const leaving = kept[hand];
    if (leaving) {
      leaving.isKept = false;
      drop(leaving);
    }
    kept[hand] = one;
    hand = (hand + 1) % most;
  }
  return {
    keep: (one) => {
      if (one.isKept) return;
      one.isKept = true;
      if (kept.length < most) kept.push(one);
      else replace(one);
    },
  };
}
