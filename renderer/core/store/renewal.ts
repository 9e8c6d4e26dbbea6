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

export async function renewing(parts: Parts, former: readonly FormerRow[]): Promise<Renewal> {
  const { layout } = parts;
  const renewed = await Promise.all(former.map((from) => sealedAnew(parts, from)));
  const blocks = renewed.filter(({ from }) => from.table === 'blocks');
  const changes = renewed.filter(({ from }) => from.table === 'changes');
  // What was written since under the present key is newer.
  const isThere = ({ row, bases }: Renewed): boolean =>
    bases.some((base) => layout.changesOf(base).includes(row.key));
  return {
    writings: [
      { table: 'blocks', put: blocks.map(({ row }) => row) },
      {
        table: 'changes',
        drop: changes.map(({ from }) => from.row.key),
        put: changes.filter((one) => !isThere(one)).map(({ row }) => row),
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

async function sealedAnew({ rows, texts }: Parts, from: FormerRow): Promise<Renewed> {
  const bases = unpackBlock(from.plain, texts);
  const { key, version } = from.row;
  const [base] = bases;
  if (!base) throw new Error('an empty block');
  const row =
    from.table === 'blocks' ? await rows.ofBlock(key, version + 1, bases) : await rows.ofChange(base);
  return { from, row, bases };
}
