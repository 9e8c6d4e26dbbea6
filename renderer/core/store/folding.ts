/** Single changes become parts of blocks, some blocks a transaction, so that an idle moment is enough for each. */
import { planFold } from './fold-plan.ts';
import { write, type Parts } from './parts.ts';
import type { BaseOf } from './store.ts';

/** Blocks written in one transaction. */
const FOLD_STEP = 16;

export async function fold(parts: Parts, baseOf: BaseOf): Promise<void> {
  const { rows, layout } = parts;
  const waiting = planFold(layout, baseOf);
  for (let start = 0; start < waiting.length; start += FOLD_STEP) {
    const step = waiting.slice(start, start + FOLD_STEP);
    const made = await Promise.all(
      step.map(async ({ key, version, bases }) => ({ row: await rows.ofBlock(key, version, bases), bases })),
    );
    const folded = step.flatMap(({ bases }) => bases);
    await write(parts, [
      { table: 'blocks', put: made.map(({ row }) => row) },
      { table: 'changes', drop: folded.flatMap(layout.changesOf) },
    ]);
    for (const { row, bases } of made) layout.noteBlock(row, bases);
    for (const base of folded) layout.dropChanges(base);
  }
}
