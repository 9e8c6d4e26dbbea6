/** How long the carrier rests before it tries again. */
const FIRST = 500;
/** A district that was restarted is found again within seconds; one that is away for long is asked twice a minute. */
export const SHORT_PAUSE = 2_000;
const LONG_PAUSE = 30_000;
const PATIENCE = 10 * 60_000;
const ROUND = 60_000;
export const HELD_ROUND = 10_000;

export interface Resting {
  /** In a row. */
  readonly failures: number;
  /** Milliseconds since the first of them. */
  readonly failingFor: number;
  /** A line is open that says when there is news, or there is nobody to open one to. */
  readonly isCalm: boolean;
  readonly hasHeld: boolean;
  /** 0 to 1: a street's desks do not all call at once after a power cut. */
  readonly random: number;
}

/** @returns milliseconds */
export function pauseOf({ failures, failingFor, isCalm, hasHeld, random }: Resting): number {
  const most = failingFor > PATIENCE ? LONG_PAUSE : SHORT_PAUSE;
  const calm = hasHeld ? HELD_ROUND : ROUND;
  const isFine = failures === 0 && isCalm;
  const pause = isFine ? calm : Math.min(most, FIRST * 2 ** Math.min(Math.max(0, failures - 1), 8));
  return pause * (0.75 + random / 2);
}

const SOONEST = 1_000;
/** Whoever is on the line could say any number; and a district that is asked every few minutes can bear it. */
const LATEST = 15 * 60_000;
const UNTOLD = 30_000;

/** What a busy district says in `retry-after` (RFC 9110 §10.2.3), in seconds; a date would need a clock. @returns milliseconds */
export function toldToWait(header: string | undefined): number {
  const told = header !== undefined && /^\d{1,9}$/.test(header) ? Number(header) * 1_000 : UNTOLD;
  return Math.min(Math.max(told, SOONEST), LATEST);
}
