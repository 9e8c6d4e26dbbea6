/**
 * Much that has changed is taken into memory a part at a time, with a turn of the screens between two parts: none of them stands still
 * for a page of records or a batch of verdicts. They are told once, at the end: drawing costs the same for one record and for a page. On disk it was one transaction before (sync.md S4).
 */
import { inPieces } from '../../../shared/core/in-pieces.ts';
import type { Engine } from './engine.ts';

/** Little is taken at once, before anything else happens. */
export async function partByPart<T>(
  { ports }: Pick<Engine, 'ports'>,
  all: readonly T[],
  take: (part: readonly T[]) => void,
): Promise<void> {
  let isFirst = true;
  for (const part of inPieces(all)) {
    if (!isFirst) await ports.timers.pause();
    isFirst = false;
    take(part);
  }
}
