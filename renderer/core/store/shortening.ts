/** Rows of several changes, sealed anew without those that have left them. */
import type { Base } from './base.ts';
import { unpackBlock } from './block.ts';
import type { Row } from './database.ts';
import { nameOf } from './layout.ts';
import type { Without } from './loose.ts';
import type { Parts } from './parts.ts';

export interface SealedBases {
  readonly row: Row;
  readonly bases: readonly Base[];
}

export async function shortened(
  { database, rows, texts }: Parts,
  left: Without['shortened'],
): Promise<readonly SealedBases[]> {
  const made: SealedBases[] = [];
  for (const [key, spots] of left) {
    const row = await database.get('changes', key);
    const plain = row && (await rows.openedBytes('changes', row));
    // One that does not open any more is found at the next opening.
    if (!row || !plain) continue;
    const names = new Set(spots.map(nameOf));
    const bases = unpackBlock(plain, texts).filter((base) => names.has(nameOf(base)));
    made.push({ row: await rows.of('changes', { key, version: row.version + 1 }, bases), bases });
  }
  return made;
}
