/**
 * What is done about rows that should open and do not: they go in the transaction that makes their scopes start again, or every opening
 * would begin so. Rows that are missing may have been of any scope and anybody's, so all cursors go.
 */
import type { Row, Table, Writing } from './database.ts';
import { write, type Parts } from './parts.ts';
import type { FormerRow } from './records-reading.ts';
import { renewing } from './renewal.ts';
import { CURSOR } from './cursor-rows.ts';
import type { StoreState } from './state.ts';

export interface Broken {
  readonly table: Table;
  readonly row: Row;
}

export const broken = (table: Table, rows: readonly Row[]): readonly Broken[] =>
  rows.map((row) => ({ table, row }));

interface Found {
  readonly broken: readonly Broken[];
  readonly former: readonly FormerRow[];
  readonly isWhole: boolean;
}

/** @returns the cursors that still stand for their rows */
export async function heal(
  parts: Parts,
  found: Found,
  cursors: StoreState['cursors'],
): Promise<StoreState['cursors']> {
  const { database, vault } = parts;
  // What does not open here may be as its newer author meant it.
  if (await database.isNewer()) return cursors;
  const again = new Set(found.broken.flatMap(({ row }) => vault.scopeOf(row.scope) ?? []));
  const standing = Object.fromEntries(
    Object.entries(cursors).filter(([scope]) => found.isWhole && !again.has(scope)),
  );
  const isAllWell = found.broken.length === 0 && found.former.length === 0 && found.isWhole;
  // A full disk keeps them; they are met again.
  if (!isAllWell) await mend(parts, found, again, standing).catch(() => undefined);
  return standing;
}

async function mend(
  parts: Parts,
  found: Found,
  again: ReadonlySet<string>,
  standing: StoreState['cursors'],
): Promise<void> {
  const { database, vault } = parts;
  const isFallen = (row: Row): boolean =>
    row.key.startsWith(CURSOR) && (!found.isWhole || again.has(vault.scopeOf(row.scope) ?? ''));
  const fallen = (await database.all('meta')).filter(isFallen).map(({ key }) => key);
  const renewal = await renewing(parts, found.former, standing);
  const tables = [...new Set(found.broken.map(({ table }) => table))];
  const drops = tables.map((table): Writing => ({
    table,
    drop: found.broken.flatMap((one) => (one.table === table ? [one.row.key] : [])),
  }));
  parts.cursors.dropped(fallen);
  const moved = await parts.cursors.of(standing);
  await write(parts, [...drops, { table: 'meta', drop: fallen }, ...renewal.writings], moved);
  renewal.done();
}
