/**
 * Where every record lies on disk, as far as this person's keys reach: for each scope through which it is kept, the block that holds
 * it and the single changes beside it. Known from reading the rows; memory only, and changed only after a transaction has succeeded.
 */
import type { Base } from './base.ts';
import type { Row } from './database.ts';

interface Block {
  readonly version: number;
  readonly via: string;
  readonly ids: readonly string[];
}

/** A record in one scope. */
export interface Spot {
  readonly id: string;
  readonly via: string;
}

export interface Layout {
  readonly blockOf: (spot: Spot) => string | undefined;
  /** The same, and others that hold it still: the folding that moved it was cut short, or two people kept it under two keys of its scope. */
  readonly blocksOf: (spot: Spot) => readonly string[];
  /** Blocks that hold what another one holds as well: which of them has it in its newest state, memory knows. */
  readonly doubled: () => Iterable<string>;
  readonly block: (key: string) => Block | undefined;
  /** Records of a block that have not moved to another one. */
  readonly membersOf: (key: string) => readonly string[];
  /** Rows beside the block; more than one only where the scope got another key. */
  readonly changesOf: (spot: Spot) => readonly string[];
  readonly loose: () => readonly Spot[];
  readonly looseCount: () => number;
  readonly newBlockKey: () => string;

  /** A block of anybody, so that its key is not given out again. */
  readonly seeBlock: (row: Row) => void;
  readonly noteBlock: (row: Row, bases: readonly Base[]) => void;
  readonly noteChange: (row: Row, spot: Spot) => void;
  /** The single change lies in another row. */
  readonly moveChange: (from: string, to: string, spot: Spot) => void;
  readonly dropBlock: (key: string) => void;
  readonly dropChanges: (spot: Spot) => void;
  /** The record is in this scope no more. */
  readonly remove: (spot: Spot) => void;
  readonly forget: (scopes: ReadonlySet<string>) => void;
}

/** Neither ids nor scopes have a space. */
export const nameOf = ({ id, via }: Spot): string => `${id} ${via}`;

/** Of a block's key: what was made later has a higher one. */
export const numberOf = (block: string): number => Number(block.slice(1)) || 0;

export function createLayout(): Layout {
  const blocks = new Map<string, Block>();
  /** By scope, then by record: there are hundreds of thousands of them, in a few scopes. */
  const places = new Map<string, Map<string, string>>();
  const changes = new Map<string, { readonly spot: Spot; readonly rows: Set<string> }>();
  /** Of the few records that lie in several blocks: all but that with the highest number. */
  const older = new Map<string, { readonly spot: Spot; readonly keys: Set<string> }>();
  let lastBlock = 0;

  const membersOf = (key: string): readonly string[] => {
    const { ids = [], via = '' } = blocks.get(key) ?? {};
    const there = places.get(via);
    return ids.filter((id) => there?.get(id) === key);
  };
  const blocksOf = ({ id, via }: Spot): readonly string[] => {
    const home = places.get(via)?.get(id);
    return home === undefined ? [] : [home, ...(older.get(nameOf({ id, via }))?.keys ?? [])];
  };
  /** What moves goes to a new block (fold-plan.ts), so the higher number is its home, whatever order they are read in. */
  function claim(key: string, { id, via }: Spot, there: Map<string, string>): void {
    const home = there.get(id);
    if (home === undefined || home === key) return void there.set(id, key);
    const isHigher = numberOf(key) > numberOf(home);
    if (isHigher) there.set(id, key);
    const name = nameOf({ id, via });
    const keys = older.get(name)?.keys ?? new Set<string>();
    older.set(name, { spot: { id, via }, keys: keys.add(isHigher ? home : key) });
  }
  function letGo(key: string): void {
    const { ids = [], via = '' } = blocks.get(key) ?? {};
    const there = places.get(via);
    for (const id of ids) {
      if (there?.get(id) === key) there.delete(id);
      if (older.size === 0) continue;
      const name = nameOf({ id, via });
      const others = older.get(name)?.keys;
      others?.delete(key);
      if (others?.size === 0) older.delete(name);
    }
  }
  function dropBlock(key: string): void {
    letGo(key);
    blocks.delete(key);
  }

  return {
    blockOf: ({ id, via }) => places.get(via)?.get(id),
    blocksOf,
    doubled: () => new Set([...older.values()].flatMap(({ spot }) => blocksOf(spot))),
    block: (key) => blocks.get(key),
    membersOf,
    changesOf: (spot) => [...(changes.get(nameOf(spot))?.rows ?? [])],
    loose: () => [...changes.values()].map(({ spot }) => spot),
    looseCount: () => changes.size,
    newBlockKey: () => `b${++lastBlock}`,

    seeBlock: ({ key }) => {
      lastBlock = Math.max(lastBlock, numberOf(key));
    },
    noteBlock: ({ key, version }, bases) => {
      const [{ via } = { via: '' }] = bases;
      const ids = bases.map(({ id }) => id);
      const there = places.get(via) ?? new Map<string, string>();
      places.set(via, there);
      letGo(key);
      blocks.set(key, { version, via, ids });
      for (const id of ids) claim(key, { id, via }, there);
    },
    noteChange: ({ key }, { id, via }) => {
      const name = nameOf({ id, via });
      const rows = changes.get(name)?.rows ?? new Set<string>();
      changes.set(name, { spot: { id, via }, rows: rows.add(key) });
    },
    moveChange: (from, to, spot) => {
      const rows = changes.get(nameOf(spot))?.rows;
      rows?.delete(from);
      rows?.add(to);
    },
    dropBlock,
    dropChanges: (spot) => changes.delete(nameOf(spot)),
    remove: (spot) => {
      places.get(spot.via)?.delete(spot.id);
      older.delete(nameOf(spot));
      changes.delete(nameOf(spot));
    },
    forget: (scopes) => {
      for (const [key, { via }] of blocks) if (scopes.has(via)) dropBlock(key);
      for (const [name, { spot }] of changes) if (scopes.has(spot.via)) changes.delete(name);
    },
  };
}
