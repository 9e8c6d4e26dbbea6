/**
 * A scope may get another key on this computer: one was begun here without a network, and the district knew another already. What lies
 * under the former key is sealed anew under the present one, cursor and all, so that whoever holds only the present key lacks nothing.
 */
import type { Base } from './base.ts';
import { unpackBlock } from './block.ts';
import type { Row, Writing } from './database.ts';
import type { Parts } from './parts.ts';
import type { FormerRow } from './records-reading.ts';
import { CURSOR } from './cursor-rows.ts';
import type { StoreState } from './state.ts';

interface Renewal {
  readonly writings: readonly Writing[];
  /** Notes where everything lies, once it is written. */
  readonly done: () => void;
}

interface Renewed {
  readonly from: FormerRow;
  readonly row: Row;
  readonly bases: readonly Base[];
}

/** @param cursors what the scopes' cursors become */
export async function renewing(
  parts: Parts,
  former: readonly FormerRow[],
  cursors: StoreState['cursors'],
): Promise<Renewal> {
  const { layout } = parts;
  const renewed = await Promise.all(former.map((from) => sealedAnew(parts, from)));
  const blocks = renewed.filter(({ from }) => from.table === 'blocks');
  const changes = renewed.filter(({ from }) => from.table === 'changes');
  const kept: Renewed[] = [];
  for (const one of changes) if (!(await isOutdated(parts, one, cursors))) kept.push(one);
  return {
    writings: [
      { table: 'blocks', put: blocks.map(({ row }) => row) },
      {
        table: 'changes',
        drop: changes.map(({ from }) => from.row.key),
        put: kept.map(({ row }) => row),
      },
      { table: 'meta', drop: [...new Set(former.map(({ row }) => CURSOR + row.scope))] },
    ],
    done: () => {
      for (const { row, bases } of blocks) layout.noteBlock(row, bases);
      for (const { from, row, bases } of changes)
        for (const base of bases) layout.moveChange(from.row.key, row.key, base);
    },
  };
}

/** Whoever held only the former key may have come further than who held only the present one, or less far. */
async function isOutdated(
  { database, rows, texts }: Parts,
  { row, bases: [base] }: Renewed,
  cursors: StoreState['cursors'],
): Promise<boolean> {
  const lying = await database.get('changes', row.key);
  const plain = lying && (await rows.openedBytes('changes', lying));
  const [there] = plain ? unpackBlock(plain, texts) : [];
  if (!base || !there) return false;
  return there.epoch === base.epoch ? there.seq >= base.seq : there.epoch === cursors[there.via]?.epoch;
}

async function sealedAnew({ rows, texts }: Parts, from: FormerRow): Promise<Renewed> {
  const bases = unpackBlock(from.plain, texts);
  const { key, version } = from.row;
  const [base] = bases;
  if (!base) throw new Error('an empty block');
  const row =
    from.table === 'blocks' ? await rows.ofBlock(key, version + 1, bases) : await rows.ofChange(base);
  return { from, row, bases };
}
