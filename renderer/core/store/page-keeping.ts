/**
 * A page of the district: its records, as blocks where there are enough new ones together, what has left a scope, and the cursors, in
 * one transaction (sync.md S4). What is gone is gone from its block in the same moment.
 */
import type { Base } from './base.ts';
import { inPieces } from '../../../shared/core/in-pieces.ts';
import { blockGroups, unpackBlock } from './block.ts';
import { blocksOf } from './fold-plan.ts';
import type { Row, Writing } from './database.ts';
import type { Kept } from './kept-operation.ts';
import { keptRows } from './kept-rows.ts';
import { nameOf, type Spot } from './layout.ts';
import { write, type Parts } from './parts.ts';
import { rowKey } from './sealed-rows.ts';
import { shortened, type SealedBases } from './shortening.ts';
import { BLOCK, type Page } from './store.ts';

/** So many changed states of one kind lie in a row together; fewer lie alone, where the next change of a record takes its row's place. */
const TOGETHER = 8;

export async function keepPage(parts: Parts, { bases, removed = [], state, contained }: Page): Promise<void> {
  const { states, layout, loose } = parts;
  const gone = removed.map(({ scope, id }): Spot => ({ id, via: scope }));
  const { blocks, changes } = await sealNews(parts, bases);
  const leaving = await sealLeaving(parts, gone);
  const { outdated, shorter } = await sealShorter(parts, gone, { bases, changes });
  const writings: readonly Writing[] = [
    ...leaving.writings,
    { table: 'blocks', put: rowsOf(blocks) },
    { table: 'changes', put: rowsOf([...shorter, ...changes]), drop: outdated },
    ...(await archiving(parts, contained)),
  ];
  await write(parts, writings, await states.of(state));
  for (const spot of gone) layout.remove(spot);
  for (const key of leaving.emptied) layout.dropBlock(key);
  for (const { row, bases: stay } of [...leaving.rewritten, ...blocks]) layout.noteBlock(row, stay);
  for (const key of outdated) loose.drop(key);
  for (const { row, bases: part } of [...shorter, ...changes]) loose.note(row, part);
}

const rowsOf = (sealed: readonly SealedBases[]): readonly Row[] => sealed.map(({ row }) => row);

interface News {
  readonly blocks: readonly SealedBases[];
  readonly changes: readonly SealedBases[];
}

async function sealNews(parts: Parts, bases: readonly Base[]): Promise<News> {
  const { rows, layout, loose } = parts;
  const isNew = (base: Base): boolean => !layout.blockOf(base) && loose.rowsOf(base).length === 0;
  const blocks: (readonly Base[])[] = [];
  const together: (readonly Base[])[] = [];
  const single: Base[] = [];
  for (const group of blockGroups(bases).values()) {
    const newBlocks = blocksOf(group.filter(isNew));
    const inBlocks = new Set(newBlocks.flat());
    const rest = group.filter((base) => !inBlocks.has(base));
    blocks.push(...newBlocks);
    if (rest.length < TOGETHER) single.push(...rest);
    else together.push(...inPieces(rest, BLOCK));
  }
  const ofSingle = async (base: Base): Promise<SealedBases> => ({
    row: await rows.ofChange(base),
    bases: [base],
  });
  const singles = Promise.all(single.map(ofSingle));
  // What goes wrong is told below, to whoever waits for all of them.
  singles.catch(() => undefined);
  return {
    blocks: await eachSealed(parts, blocks, (part) =>
      rows.of('blocks', { key: layout.newBlockKey(), version: 1 }, part),
    ),
    changes: [
      ...(await eachSealed(parts, together, (part) =>
        rows.of('changes', { key: loose.newKey(), version: 1 }, part),
      )),
      ...(await singles),
    ],
  };
}

/** Each is packed between two turns of the screen; a page of them in one piece was its longest task (90 ms). */
async function eachSealed(
  { pause }: Parts,
  all: readonly (readonly Base[])[],
  seal: (bases: readonly Base[]) => Promise<Row>,
): Promise<readonly SealedBases[]> {
  const sealing: Promise<SealedBases>[] = [];
  for (const bases of all) {
    await pause();
    const one = seal(bases).then((row) => ({ row, bases }));
    // What goes wrong is told below, to whoever waits for all of them.
    one.catch(() => undefined);
    sealing.push(one);
  }
  return Promise.all(sealing);
}

/** Rows of changes of which nothing is left, or nothing that is not newer in this page; and those that only lack something. */
async function sealShorter(
  parts: Parts,
  gone: readonly Spot[],
  { bases, changes }: Pick<Page, 'bases'> & Pick<News, 'changes'>,
) {
  const { loose } = parts;
  const put = new Set(changes.map(({ row }) => row.key));
  const outdated = loose.without([...gone, ...bases]).emptied.filter((key) => !put.has(key));
  const left = loose.without(gone).shortened;
  const lacking = new Map([...left].filter(([key]) => !outdated.includes(key)));
  return { outdated, shorter: await shortened(parts, lacking) };
}

interface Leaving {
  readonly writings: readonly Writing[];
  readonly rewritten: readonly SealedBases[];
  readonly emptied: readonly string[];
}

async function sealLeaving(parts: Parts, gone: readonly Spot[]): Promise<Leaving> {
  if (gone.length === 0) return { writings: [], rewritten: [], emptied: [] };
  const { database, vault, rows, layout, texts } = parts;
  const left = new Set(gone.map(nameOf));
  const rewritten: SealedBases[] = [];
  const emptied: string[] = [];
  for (const key of new Set(gone.flatMap((spot) => layout.blockOf(spot) ?? []))) {
    const row = await database.get('blocks', key);
    const plain = row && (await rows.openedBytes('blocks', row));
    // One that does not open any more is found at the next opening.
    if (!row || !plain) continue;
    const members = new Set(layout.membersOf(key));
    const bases = unpackBlock(plain, texts).filter((base) => members.has(base.id) && !left.has(nameOf(base)));
    if (bases.length === 0) emptied.push(key);
    else rewritten.push({ row: await rows.of('blocks', { key, version: row.version + 1 }, bases), bases });
  }
  const historyKeys = gone.flatMap(({ id, via }) => {
    const key = vault.keyOf(via);
    return key === undefined ? [] : [rowKey(id, key)];
  });
  return {
    ...{ rewritten, emptied },
    writings: [
      { table: 'blocks', put: rowsOf(rewritten), drop: emptied },
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
