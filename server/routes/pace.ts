/** How quickly pushes get through, as the last half minute shows it: only the time counts in which somebody waited. */
export interface Pace {
  /** Call whenever something comes or goes: whether somebody waited until then, and how many bytes are answered now. */
  readonly elapsed: (isBusy: boolean, answered?: number) => void;
  /** Milliseconds that so many bytes take. */
  readonly timeFor: (bytes: number) => number;
}

/**
 * Bytes a millisecond before anything is known: quicker than any district. Who is told to come too early is told again; who is told to
 * come too late leaves the district idle.
 */
const FIRST = 1024;
const MEMORY_MS = 30_000;
/** What the first guess weighs beside what was seen. */
const GUESSED_MS = 3_000;

/** @param ticks milliseconds that only grow */
export function createPace(ticks: () => number): Pace {
  let time = GUESSED_MS;
  let bytes = GUESSED_MS * FIRST;
  let last = ticks();
  return {
    elapsed: (isBusy, answered = 0) => {
      const now = ticks();
      const taken = now - last;
      last = now;
      if (!isBusy) return;
      const kept = Math.exp(-taken / MEMORY_MS);
      time = time * kept + taken;
      bytes = bytes * kept + answered;
    },
    timeFor: (many) => (many * time) / Math.max(bytes, 1),
  };
}
