/** So much may columns be narrowed before the last one leaves. */
const TIGHTEST = 0.72;

/** How many columns stand side by side without sideways scrolling: with large type the last ones are read in the record itself. */
export function columnsThatFit(needed: readonly number[], room: number): number {
  let used = 0;
  const count = needed.findIndex((width) => (used += width * TIGHTEST) > room);
  return count < 0 ? needed.length : Math.max(2, count);
}

/** Columns share the room that there is in the proportion of what they need. */
export function fitted(needed: readonly number[], room: number): readonly number[] {
  const total = needed.reduce((sum, width) => sum + width, 0);
  const scale = Math.max(TIGHTEST, room / total);
  return needed.map((width) => Math.floor(width * scale));
}
