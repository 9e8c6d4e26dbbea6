/**
 * Much that has changed reaches the screens a part at a time, with a turn of theirs between two parts: none of them stands still for a
 * page of records or a batch of verdicts. On disk it was one transaction before (sync.md S4).
 */
import type { Engine } from './engine.ts';

/** Records that are played, listed and drawn within a few milliseconds. */
const AT_A_TIME = 100;

/** Little is shown at once, before anything else happens. */
export async function partByPart<T>(
  { ports }: Pick<Engine, 'ports'>,
  all: readonly T[],
  show: (part: readonly T[]) => void,
): Promise<void> {
  for (let from = 0; from < all.length; from += AT_A_TIME) {
    if (from > 0) await ports.timers.pause();
    show(all.slice(from, from + AT_A_TIME));
  }
}
