/**
 * A page of the district: its records, as blocks where there are enough new ones together, what has left a scope, and the cursors, in
 * one transaction (sync.md S4). What is gone is gone from its block in the same moment.
 */
import type { Base } from './base.ts';
import { blockGroups, unpackBlock } from './block.ts';
import { blocksOf } from './fold-plan.ts';
import type { Row, Writing } from './database.ts';
import type { Kept } from './kept-operation.ts';
import { keptRows } from './kept-rows.ts';
import { nameOf, type Spot } from './layout.ts';
import { write, type Parts } from './parts.ts';
import { rowKey } from './sealed-rows.ts';
import type { Page } from './store.ts';

interface SealedBlock {
  readonly row: Row;
  readonly bases: readonly Base[];
}

export async function keepPage(parts: Parts, { bases, removed = [], state, contained }: Page): Promise<void> {
  const { states, layout } = parts;
  const gone = removed.map(({ scope, id }): Spot => ({ id, via: scope }));
  const leaving = await sealLeaving(parts, gone);
  const { blocks, changes } = await sealNews(parts, bases);
  const writings: readonly Writing[] = [
    ...leaving.writings,
    { table: 'blocks', put: blocks.map(({ row }) => row) },
    { table: 'changes', put: changes.map(({ row }) => row) },
    ...(await archiving(parts, contained)),
  ];
  await write(parts, writings, await states.of(state));
  for (const spot of gone) layout.remove(spot);
  for (const key of leaving.emptied) layout.dropBlock(key);
  for (const { row, bases: stay } of leaving.rewritten) layout.noteBlock(row, stay);
  for (const { row, bases: part } of blocks) layout.noteBlock(row, part);
  for (const { row, base } of changes) layout.noteChange(row, base);
}

/** A block is packed between two turns of the screen; a page of them in one piece was its longest task (90 ms). */
async function sealNews({ rows, layout, pause }: Parts, bases: readonly Base[]) {
  const isNew = (base: Base): boolean => !layout.blockOf(base) && layout.changesOf(base).length === 0;
  const parts: (readonly Base[])[] = [];
  const single: Base[] = [];
  for (const group of blockGroups(bases).values()) {
    const inBlocks = new Set<Base>();
    for (const part of blocksOf(group.filter(isNew))) {
      parts.push(part);
      for (const base of part) inBlocks.add(base);
    }
    single.push(...group.filter((base) => !inBlocks.has(base)));
  }
  const sealedBlock = async (part: readonly Base[]): Promise<SealedBlock> => ({
    row: await rows.ofBlock(layout.newBlockKey(), 1, part),
    bases: part,
  });
  const blocks: Promise<SealedBlock>[] = [];
  for (const part of parts) {
    await pause();
    const block = sealedBlock(part);
    // What goes wrong is told below, to whoever waits for all of them.
    block.catch(() => undefined);
    blocks.push(block);
  }
  const changes = single.map(async (base) => ({ base, row: await rows.ofChange(base) }));
  return { blocks: await Promise.all(blocks), changes: await Promise.all(changes) };
}

interface Leaving {
  readonly writings: readonly Writing[];
  readonly rewritten: readonly SealedBlock[];
  readonly emptied: readonly string[];
}

async function sealLeaving(parts: Parts, gone: readonly Spot[]): Promise<Leaving> {
  if (gone.length === 0) return { writings: [], rewritten: [], emptied: [] };
  const { database, vault, rows, layout, texts } = parts;
  const left = new Set(gone.map(nameOf));
  const rewritten: SealedBlock[] = [];
  const emptied: string[] = [];
  for (const key of new Set(gone.flatMap(layout.blocksOf))) {
    const row = await database.get('blocks', key);
    const plain = row && (await rows.openedBytes('blocks', row));
    // One that does not open any more is found at the next opening.
    if (!row || !plain) continue;
    // Also what is at home in another block: this one may have it in its newest state.
    const isHere = (base: Base): boolean => layout.blocksOf(base).includes(key) && !left.has(nameOf(base));
    const stay = unpackBlock(plain, texts).filter(isHere);
    if (stay.length === 0) emptied.push(key);
    else rewritten.push({ row: await rows.ofBlock(key, row.version + 1, stay), bases: stay });
  }
  const historyKeys = gone.flatMap(({ id, via }) => {
    const key = vault.keyOf(via);
    return key === undefined ? [] : [rowKey(id, key)];
  });
  return {
    rewritten,
    emptied,
    writings: [
      { table: 'blocks', put: rewritten.map(({ row }) => row), drop: emptied },
      { table: 'changes', drop: gone.flatMap(layout.changesOf) },
      { table: 'history', drop: historyKeys },
    ],
  };
}

/**
 * Only its author takes an operation out of the mirror: he may read the record through another scope, whose rows do not contain it
 * yet. What its author has let go of already needs no second time.
 */
async function archiving(parts: Parts, contained: readonly Kept[]): Promise<readonly Writing[]> {
  if (contained.length === 0) return [];
  const { database, vault } = parts;
  const mine = contained.filter(({ operation }) => operation.author === vault.own);
  const ofOthers = contained.filter(({ operation }) => operation.author !== vault.own);
  const archived = await Promise.all(ofOthers.map(({ operation }) => database.get('archive', operation.id)));
  return [
    {
      table: 'journal',
      drop: [...mine.map(({ operation }) => operation.id), ...archived.flatMap((row) => row?.key ?? [])],
    },
    { table: 'archive', put: await keptRows(parts, mine) },
  ];
}
