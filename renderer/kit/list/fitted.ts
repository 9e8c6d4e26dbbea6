/** So much may columns be narrowed before the table scrolls sideways instead. */
const TIGHTEST = 0.72;

/** Columns share the room that there is in the proportion of what they need. */
export function fitted(needed: readonly number[], room: number): readonly number[] {
  const total = needed.reduce((sum, width) => sum + width, 0);
  const scale = Math.max(TIGHTEST, room / total);
  return needed.map((width) => Math.floor(width * scale));
}
