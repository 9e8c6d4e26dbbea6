/**
 * The time that an offline lease counts (security.md: 30 days, 14 for named readers). It never goes back, and no jump of the clock
 * alone ends a lease: while the program runs a monotonic clock counts; over a gap (it was closed, the computer slept) the wall clock
 * counts, a day at most, and only what lies beyond the latest time that it has ever shown. So a clock that flaps, or was put back,
 * neither eats a lease up nor prolongs it. Contact begins it anew, and takes the wall clock as it then is.
 */
export interface LeaseClock {
  /** Milliseconds that have passed on this computer, counted as above. */
  readonly used: number;
  /** The latest time that the wall clock has shown since the last contact; milliseconds since 1970. */
  readonly wall: number;
}

const DAY = 86_400_000;

/** @param running milliseconds of the monotonic clock since the last look; 0 at the first look after a start */
export function looked(clock: LeaseClock, wall: number, running: number): LeaseClock {
  const gap = Math.min(Math.max(0, wall - clock.wall), DAY);
  return { used: clock.used + Math.max(0, running, gap), wall: Math.max(clock.wall, wall) };
}

export const isLeaseOver = (clock: LeaseClock, since: number, leaseDays: number): boolean =>
  clock.used - since >= leaseDays * DAY;
