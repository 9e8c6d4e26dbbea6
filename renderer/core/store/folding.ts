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
    const emptied = step.flatMap(({ key, bases }) => (bases.length === 0 ? [key] : []));
    const full = step.filter(({ bases }) => bases.length > 0);
    const made = await Promise.all(
      full.map(async ({ key, version, bases }) => ({ row: await rows.ofBlock(key, version, bases), bases })),
    );
    const folded = step.flatMap(({ bases }) => bases);
    await write(parts, [
      { table: 'blocks', put: made.map(({ row }) => row), drop: emptied },
      { table: 'changes', drop: folded.flatMap(layout.changesOf) },
    ]);
    for (const key of emptied) layout.dropBlock(key);
    for (const { row, bases } of made) layout.noteBlock(row, bases);
    for (const base of folded) layout.dropChanges(base);
  }
}
