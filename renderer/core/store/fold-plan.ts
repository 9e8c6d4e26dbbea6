/**
 * Which blocks are written anew when single changes are folded in: the blocks that the changed records lie in, and new ones for those
 * that lie in none or no longer with their old neighbours. What is too little for a block stays loose.
 */
import { blockGroups, type Base } from './block.ts';
import { BLOCK, type BaseOf } from './store.ts';

export interface Folded {
  readonly key: string;
  readonly version: number;
  readonly bases: readonly Base[];
}

interface Folding {
  /** Records that lie beside the blocks. */
  readonly changes: ReadonlySet<string>;
  readonly blockOf: ReadonlyMap<string, string>;
  readonly blocks: ReadonlyMap<string, { readonly version: number; readonly ids: ReadonlySet<string> }>;
  readonly baseOf: BaseOf;
  readonly newBlockKey: () => string;
}

export function planFold({ changes, blockOf, blocks, baseOf, newBlockKey }: Folding): readonly Folded[] {
  const bases = [...changes].flatMap((id) => baseOf(id) ?? []);
  const rewritten = new Set(bases.flatMap(({ id }) => blockOf.get(id) ?? []));
  const homeless = new Map(bases.filter(({ id }) => !blockOf.has(id)).map((base) => [base.id, base]));
  const waiting: Folded[] = [];
  for (const key of rewritten) {
    const block = blocks.get(key);
    const members = [...(block?.ids ?? [])]
      .filter((id) => blockOf.get(id) === key)
      .flatMap((id) => baseOf(id) ?? []);
    const [largest = [], ...others] = [...blockGroups(members).values()].sort(
      (one, other) => other.length - one.length,
    );
    // A record that changed its scope or epoch lies no longer with its old neighbours.
    for (const base of others.flat()) homeless.set(base.id, base);
    waiting.push({ key, version: (block?.version ?? 0) + 1, bases: largest });
  }
  for (const group of blockGroups(homeless.values()).values()) {
    const loose = group.every(({ id }) => !blockOf.has(id))
      ? group.length - (group.length % BLOCK)
      : group.length;
    for (let start = 0; start < loose; start += BLOCK) {
      waiting.push({
        key: newBlockKey(),
        version: 1,
        bases: group.slice(start, Math.min(start + BLOCK, loose)),
      });
    }
  }
  // Records that moved are in their new block before the old one lets go of them.
  return waiting.reverse();
}
