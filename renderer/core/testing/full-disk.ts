import type { Database } from '../store/database.ts';

/** A disk that the test fills and frees: while `isFull`, IndexedDB takes nothing, as Chromium says it. */
export function diskThatFills() {
  const disk = {
    isFull: false,
    database: (database: Database): Database => ({
      ...database,
      write: async (writings) => {
        if (disk.isFull) throw new DOMException('full', 'QuotaExceededError');
        await database.write(writings);
      },
    }),
  };
  return disk;
}
