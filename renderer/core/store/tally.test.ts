import { expect, test } from 'vitest';
import { openMemoryDatabase, emptyDisk } from '../testing/memory-database.ts';
import { tallied } from './tally.ts';

const row = (key: string) => ({ key, version: 1, scope: 'k', bytes: new Uint8Array([1]) });

async function opened(disk: ReturnType<typeof emptyDisk>) {
  const database = tallied(openMemoryDatabase(disk));
  for (const table of ['blocks', 'changes', 'journal'] as const) await database.all(table);
  return { database, isWhole: await database.isWhole() };
}

test('S1-5 a database knows how often it was written, through every opening; one that was set back knows of less', async () => {
  const disk = emptyDisk();
  const { database } = await opened(disk);
  expect(database.writings()).toBe(0);
  await database.write([{ table: 'blocks', put: [row('a')] }]);
  await database.write([{ table: 'journal', put: [row('b')] }]);
  // What is not counted says nothing of rows.
  await database.write([{ table: 'drafts', put: [row('c')] }]);
  const before = new Map([...disk.tables].map(([name, rows]) => [name, new Map(rows)]));
  await database.write([{ table: 'changes', put: [row('d')] }]);
  expect(database.writings()).toBe(3);
  const again = await opened(disk);
  expect([again.isWhole, again.database.writings()]).toEqual([true, 3]);
  for (const [name, rows] of before) disk.tables.set(name, rows);
  const older = await opened(disk);
  // Consistent in itself, so that only the count tells.
  expect([older.isWhole, older.database.writings()]).toEqual([true, 2]);
});
