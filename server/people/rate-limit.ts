/**
 * So many requests a minute and key, refilled evenly. In memory on purpose: a restart forgives, and several nodes allow so many
 * times more, which is still far below what guessing a code would take.
 */
export interface RateLimit {
  /** Takes one; false when there is none left. */
  readonly take: (key: string) => boolean;
}

const MAX_KEYS = 10_000;

export function createRateLimit(perMinute: number, clock: () => number): RateLimit {
  const left = new Map<string, { count: number; at: number }>();
  return {
    take: (key) => {
      const now = clock();
      const known = left.get(key) ?? { count: perMinute, at: now };
      const count = Math.min(perMinute, known.count + (Math.max(0, now - known.at) / 60_000) * perMinute);
      left.delete(key);
      if (left.size >= MAX_KEYS) left.delete(left.keys().next().value as string);
      left.set(key, { count: count >= 1 ? count - 1 : count, at: now });
      return count >= 1;
    },
  };
}
