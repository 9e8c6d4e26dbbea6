/** Opens the sealed records of some scopes and notes where each lies. Rows under other keys are left alone, unread. */
import type { Base } from './base.ts';
import { unpackBlock } from './block.ts';
import type { Row } from './database.ts';
import { isUnderstood } from './newer-store.ts';
import type { Parts } from './parts.ts';
import type { Unfolded } from './unfolded.ts';

export interface FoundRow {
  readonly table: 'blocks' | 'changes';
  readonly row: Row;
}

/** A row that opened, though under a key that its scope had before. */
export interface FormerRow extends FoundRow {
  readonly plain: Uint8Array;
}

export interface RecordsRead {
  readonly damaged: readonly FoundRow[];
  readonly former: readonly FormerRow[];
}

interface Reading {
  readonly isAsked: (scope: string) => boolean;
  readonly take: (bases: readonly Base[]) => void;
  readonly onProgress?: ((part: number) => void) | undefined;
}

/** Blocks whose reading is told at once. */
const TOLD_EVERY = 64;

export async function readRecords(
  { database, vault, rows, layout, texts }: Parts,
  { isAsked, take, onProgress }: Reading,
): Promise<RecordsRead> {
  const damaged: FoundRow[] = [];
  const former: FormerRow[] = [];
  const isAskedKey = (key: string): boolean => {
    const scope = vault.scopeOf(key);
    return scope !== undefined && isAsked(scope);
  };
  const isPresent = (key: string): boolean => vault.keyOf(vault.scopeOf(key) ?? '') === key;

  const isNewer = await database.isNewer();
  const show = (bases: readonly Base[]): void => take(isNewer ? bases.filter(isUnderstood) : bases);

  let count = 0;
  for await (const { row, plain, part } of rows.each('blocks', isAskedKey, layout.seeBlock)) {
    const bases = plain && basesIn(plain, vault.scopeOf(row.scope), texts);
    if (!plain || !bases) {
      damaged.push({ table: 'blocks', row });
      continue;
    }
    layout.noteBlock(row, bases);
    if (!isPresent(row.scope)) former.push({ table: 'blocks', row, plain });
    show(bases);
    count += 1;
    if (count % TOLD_EVERY === 0) onProgress?.(part);
  }
  for await (const { row, plain } of rows.each('changes', isAskedKey)) {
    const bases = plain && basesIn(plain, vault.scopeOf(row.scope), texts);
    if (!plain || !bases) {
      damaged.push({ table: 'changes', row });
      continue;
    }
    for (const base of bases) layout.noteChange(row, base);
    if (!isPresent(row.scope)) former.push({ table: 'changes', row, plain });
    show(bases);
  }
  return { damaged, former };
}

/** Whoever reads a scope can seal under its key: what is no block, or speaks of another scope, is as good as damaged. */
function basesIn(plain: Uint8Array, scope: string | undefined, texts: Unfolded): readonly Base[] | undefined {
  try {
    const bases = unpackBlock(plain, texts);
    return bases.length > 0 && bases.every(({ via }) => via === scope) ? bases : undefined;
  } catch {
    return undefined;
  }
}
