/**
 * How many records a page asks for: as many as the line brings within a few seconds. It begins small, so that the first page is soon
 * usable; a page that is lost or slow makes the next one smaller, and a quick one makes it larger, so that the slowest line still
 * gets something through whole (sync.md S4).
 */

/** Parsed and sealed without the screen standing still. */
export const WIDEST_PAGE = 500;
export const FIRST_PAGE = 250;

/** Milliseconds from question to answer. */
const QUICK = 2_000;
const SLOW = 8_000;

export const afterLostPage = (size: number): number => Math.max(1, Math.floor(size / 2));

export function afterPage(size: number, took: number): number {
  if (took > SLOW) return afterLostPage(size);
  return took < QUICK ? Math.min(WIDEST_PAGE, size * 2) : size;
}
