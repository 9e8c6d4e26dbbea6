/**
 * Many records are read block by block, whatever order they are wanted in: their texts lie deflated a block at a time
 * (store/unfolded.ts), and going to and fro between blocks would unfold each again and again.
 */
import type { Held } from './held.ts';

/** @returns the same ids; those whose lines came together stand together */
export function neighbours(
  ids: readonly string[],
  find: (id: string) => Pick<Held, 'base'> | undefined,
): readonly string[] {
  const blocks = new Map<unknown, string[]>();
  for (const id of ids) {
    const block = find(id)?.base?.line?.lines ?? id;
    const known = blocks.get(block);
    if (known) known.push(id);
    else blocks.set(block, [id]);
  }
  return [...blocks.values()].flat();
}
