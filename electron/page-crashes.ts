/** A page that dies is replaced; one that dies again and again within a minute is not going to live. */
const MINUTE = 60_000;
const MOST = 3;

export function createCrashCount(now: () => number = Date.now): () => boolean {
  let recent: readonly number[] = [];
  /** Counts one. @returns whether another page is worth trying */
  return () => {
    recent = [...recent.filter((at) => now() - at < MINUTE), now()];
    return recent.length <= MOST;
  };
}
