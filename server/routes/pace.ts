/** How quickly a line moves, as the last half minute shows it: only the time counts in which somebody waited. */
export interface Pace {
  /** Call whenever something comes or goes: whether somebody waited until then, and how much is answered now. */
  readonly elapsed: (isBusy: boolean, answered?: number) => void;
  /** Milliseconds that so much takes. */
  readonly timeFor: (many: number) => number;
}

const MEMORY_MS = 30_000;
/** What the first guess weighs beside what was seen. */
const GUESSED_MS = 3_000;

/**
 * @param ticks milliseconds that only grow
 * @param first how much a millisecond before anything is known, rather too many: who is told to come too early is told again; who is told to
 * come too late leaves the district idle
 */
export function createPace(ticks: () => number, first: number): Pace {
  let time = GUESSED_MS;
  let done = GUESSED_MS * first;
  let last = ticks();
  return {
    elapsed: (isBusy, answered = 0) => {
      const now = ticks();
      const taken = now - last;
      last = now;
      if (!isBusy) return;
      const kept = Math.exp(-taken / MEMORY_MS);
      time = time * kept + taken;
      done = done * kept + answered;
    },
    timeFor: (many) => (many * time) / Math.max(done, 1),
  };
}
