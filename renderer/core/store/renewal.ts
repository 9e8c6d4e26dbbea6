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
  const { layout, loose } = parts;
  const renewed = await Promise.all(former.map((from) => sealedAnew(parts, from)));
  const blocks = renewed.filter(({ from }) => from.table === 'blocks');
  const changes = renewed.filter(({ from }) => from.table === 'changes');
  // What was written since under the present key is newer.
  const isThere = ({ from, row, bases }: Renewed): boolean =>
    row.key !== from.row.key && bases.some((base) => loose.rowsOf(base).includes(row.key));
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
      for (const { from, row, bases } of changes) {
        loose.drop(from.row.key);
        loose.note(row, bases);
      }
    },
  };
}

async function sealedAnew({ rows, texts }: Parts, from: FormerRow): Promise<Renewed> {
  const bases = unpackBlock(from.plain, texts);
  const { key, version } = from.row;
  const [base] = bases;
  if (!base) throw new Error('an empty block');
  // A single change is named after its record and its key.
  const isSingle = from.table === 'changes' && bases.length === 1;
  const row = isSingle
    ? await rows.ofChange(base)
    : await rows.of(from.table, { key, version: version + 1 }, bases);
  return { from, row, bases };
}
