/** Rows of many operations, written out between the screen's turns: a batch of verdicts comes with hundreds. */
import type { Row } from './database.ts';
import { keptRow, type Kept } from './kept-operation.ts';
import type { Parts } from './parts.ts';

/** Written out within some milliseconds. */
const AT_A_TIME = 50;

export async function keptRows(
  { pause }: Pick<Parts, 'pause'>,
  operations: readonly Kept[],
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let from = 0; from < operations.length; from += AT_A_TIME) {
    if (from > 0) await pause();
    rows.push(...operations.slice(from, from + AT_A_TIME).map(keptRow));
  }
  return rows;
}
