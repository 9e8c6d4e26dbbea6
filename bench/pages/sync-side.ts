/** What every way of keeping up with a server is asked to do in a page. The page stays open from one step to the next. */
import type { Measures } from '../rounds.ts';

export interface SyncSide {
  /** Everything, for the first time, kept for good. */
  readonly download: (count: number) => Promise<Measures>;
  /** So many records have changed on the server. */
  readonly changes?: (count: number) => Promise<Measures>;
  /** Writes so many changes while there is no line. */
  readonly write?: (count: number) => Promise<Measures>;
  /** The line is back. */
  readonly push?: (count: number) => Promise<Measures>;
}
