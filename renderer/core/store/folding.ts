/** Single changes become parts of blocks, some blocks a transaction, so that an idle moment is enough for each. */
import type { Base } from './base.ts';
import { planFold } from './fold-plan.ts';
import { write, type Parts } from './parts.ts';
import { shortened } from './shortening.ts';
import type { BaseOf } from './store.ts';

/** Blocks written in one transaction. */
const FOLD_STEP = 16;

export async function fold(parts: Parts, baseOf: BaseOf): Promise<void> {
  const { rows, layout, loose } = parts;
  const waiting = planFold(layout, loose.spots(), baseOf);
  const folded: Base[] = [];
  for (let start = 0; start < waiting.length; start += FOLD_STEP) {
    const step = waiting.slice(start, start + FOLD_STEP);
    const made = await Promise.all(
      step.map(async ({ bases, ...at }) => ({ row: await rows.of('blocks', at, bases), bases })),
    );
    folded.push(...step.flatMap(({ bases }) => bases));
    const { emptied } = loose.without(folded);
    await write(parts, [
      { table: 'blocks', put: made.map(({ row }) => row) },
      { table: 'changes', drop: emptied },
    ]);
    for (const { row, bases } of made) layout.noteBlock(row, bases);
    for (const key of emptied) loose.drop(key);
  }
  await letFoldedGo(parts, folded);
}

/** Rows that also hold what was too little for a block: what was folded would come back out of them. */
async function letFoldedGo(parts: Parts, folded: readonly Base[]): Promise<void> {
  const shorter = await shortened(parts, parts.loose.without(folded).shortened);
  if (shorter.length === 0) return;
  await write(parts, [{ table: 'changes', put: shorter.map(({ row }) => row) }]);
  for (const { row, bases } of shorter) parts.loose.note(row, bases);
}
