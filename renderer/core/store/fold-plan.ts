/**
 * Which blocks are written anew when single changes are folded in: the blocks that the changed records lie in, and new ones for those
 * that lie in none or no longer with their old neighbours. What is too little for a block stays loose.
 */
import type { Base } from './base.ts';
import { blockGroups } from './block.ts';
import { numberOf, type Layout } from './layout.ts';
import { BLOCK, type BaseOf } from './store.ts';

/** So many records make a block: who reads hundreds of committees has few in each, and single rows are what costs at opening. */
const FEWEST = 16;

/** Records of one group in blocks; fewer than `fewest` are left over. */
export function blocksOf(group: readonly Base[], fewest = FEWEST): readonly (readonly Base[])[] {
  const rest = group.length % BLOCK;
  const count = rest < fewest ? group.length - rest : group.length;
  return Array.from({ length: Math.ceil(count / BLOCK) }, (_, block) =>
    group.slice(block * BLOCK, Math.min((block + 1) * BLOCK, count)),
  );
}

export interface Folded {
  readonly key: string;
  readonly version: number;
  /** None where everything has moved to other blocks. */
  readonly bases: readonly Base[];
}

export function planFold(layout: Layout, baseOf: BaseOf): readonly Folded[] {
  const bases = layout.loose().flatMap(({ id, via }) => baseOf(id, via) ?? []);
  const homeless = new Set(bases.filter((base) => layout.blockOf(base) === undefined));
  const rewritten: Folded[] = [];
  const left = new Set<string>();
  // From the highest number on: what lies twice is written at home before the others let go of it.
  const keys = [...new Set([...touched(layout, bases), ...layout.doubled()])];
  for (const key of keys.sort((one, other) => numberOf(other) - numberOf(one))) {
    const { version = 0, via = '', ids: held = [] } = layout.block(key) ?? {};
    const ids = layout.membersOf(key);
    const members = ids.flatMap((id) => baseOf(id, via) ?? []);
    // Memory lacks one of them, and it may lie nowhere else; nor may what is at home in a block that stays as it is.
    if (members.length < ids.length || held.some((id) => left.has(layout.blockOf({ id, via }) ?? ''))) {
      left.add(key);
      continue;
    }
    const [largest = [], ...others] = [...blockGroups(members).values()].sort(
      (one, other) => other.length - one.length,
    );
    // A record that came in another epoch lies no longer with its old neighbours.
    for (const base of others.flat()) homeless.add(base);
    rewritten.push({ key, version: version + 1, bases: largest });
  }
  const fresh: Folded[] = [];
  for (const group of blockGroups(homeless).values()) {
    const isAllLoose = group.every((base) => layout.blockOf(base) === undefined);
    for (const bases of blocksOf(group, isAllLoose ? FEWEST : 1))
      fresh.push({ key: layout.newBlockKey(), version: 1, bases });
  }
  // Records that moved are in their new block before the old one lets go of them.
  return [...fresh, ...rewritten];
}

const touched = (layout: Layout, bases: readonly Base[]): readonly string[] =>
  bases.flatMap((base) => layout.blockOf(base) ?? []);
