/**
 * Lets go of scopes that the unlocked person has lost. What others on this computer still read stays as it lies; where nobody holds the
 * key any more, its rows go, with the cursor in the same transaction.
 */
import type { Row, Table, Writing } from './database.ts';
import { write, type Parts } from './parts.ts';
import { CURSOR } from './cursor-rows.ts';

const OF_SCOPES: readonly Table[] = ['blocks', 'changes', 'history'];

export async function forgetScopes(
  parts: Parts,
  scopes: readonly string[],
  gone: readonly string[],
): Promise<void> {
  const { database, layout } = parts;
  layout.forget(new Set(scopes));
  if (gone.length === 0) return;
  const keys = new Set(gone);
  const dead = ({ scope }: Row): boolean => keys.has(scope);
  const drops = OF_SCOPES.map(async (table): Promise<Writing> => {
    const rows = await database.all(table);
    return { table, drop: rows.filter(dead).map(({ key }) => key) };
  });
  const dropped = gone.map((key) => CURSOR + key);
  await write(parts, [...(await Promise.all(drops)), { table: 'meta', drop: dropped }]);
  parts.cursors.dropped(dropped);
}
