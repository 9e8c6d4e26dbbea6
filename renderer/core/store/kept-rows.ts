/** Rows of many operations, written out between the screen's turns: a batch of verdicts comes with hundreds. */
import { inPieces } from '../../../shared/core/in-pieces.ts';
import type { Row } from './database.ts';
import { keptRow, type Kept } from './kept-operation.ts';
import type { Parts } from './parts.ts';

export async function keptRows(
  { pause }: Pick<Parts, 'pause'>,
  operations: readonly Kept[],
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const piece of inPieces(operations)) {
    if (rows.length > 0) await pause();
    rows.push(...piece.map(keptRow));
  }
  return rows;
}
