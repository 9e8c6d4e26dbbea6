/**
 * Much that has changed is taken into memory a part at a time, with a turn of the screens between two parts: none of them stands still
 * for a page of records or a batch of verdicts. They are told once, at the end: drawing costs the same for one record and for a page. On disk it was one transaction before (sync.md S4).
 */
import type { Engine } from './engine.ts';

/** Records that are played and listed within a few milliseconds. */
const AT_A_TIME = 50;

/** Little is taken at once, before anything else happens. */
export async function partByPart<T>(
  { ports }: Pick<Engine, 'ports'>,
  all: readonly T[],
  take: (part: readonly T[]) => void,
): Promise<void> {
  for (let from = 0; from < all.length; from += AT_A_TIME) {
    if (from > 0) await ports.timers.pause();
    take(all.slice(from, from + AT_A_TIME));
  }
}
