/**
 * Which blocks are written anew when single changes are folded in: the blocks that the changed records lie in, and new ones for those
 * that lie in none or no longer with their old neighbours. What is too little for a block stays loose.
 */
import type { Base } from './base.ts';
import { blockGroups } from './block.ts';
import type { Layout } from './layout.ts';
import { BLOCK, type BaseOf } from './store.ts';

/** So many records make a block: who reads hundreds of committees has few in each, and single rows are what costs at opening. */
const FEWEST = 16;

export interface Folded {
  readonly key: string;
  readonly version: number;
  readonly bases: readonly Base[];
}

export function planFold(layout: Layout, baseOf: BaseOf): readonly Folded[] {
  const bases = layout.loose().flatMap(({ id, via }) => baseOf(id, via) ?? []);
  const homeless = new Set(bases.filter((base) => layout.blockOf(base) === undefined));
  const waiting: Folded[] = [];
  for (const key of new Set(bases.flatMap((base) => layout.blockOf(base) ?? []))) {
    const { version = 0, via = '' } = layout.block(key) ?? {};
    const ids = layout.membersOf(key);
    const members = ids.flatMap((id) => baseOf(id, via) ?? []);
    // Memory lacks one of them, and it may lie nowhere else.
    if (members.length < ids.length) continue;
    const [largest = [], ...others] = [...blockGroups(members).values()].sort(
      (one, other) => other.length - one.length,
    );
    // A record that came in another epoch lies no longer with its old neighbours.
    for (const base of others.flat()) homeless.add(base);
    waiting.push({ key, version: version + 1, bases: largest });
  }
  for (const group of blockGroups(homeless).values()) {
    const isAllLoose = group.every((base) => layout.blockOf(base) === undefined);
    const rest = group.length % BLOCK;
    const count = isAllLoose && rest < FEWEST ? group.length - rest : group.length;
    for (let start = 0; start < count; start += BLOCK) {
      waiting.push({
        key: layout.newBlockKey(),
        version: 1,
        bases: group.slice(start, Math.min(start + BLOCK, count)),
      });
    }
  }
  // Records that moved are in their new block before the old one lets go of them.
  return waiting.reverse();
}
