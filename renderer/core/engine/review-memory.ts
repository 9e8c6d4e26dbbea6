/** What this desk remembers of the cases that wait for its person's decision; never on disk. */
import type { ReviewItem } from '../../../shared/protocol/review.ts';
import type { ReviewState } from '../desk.ts';

export interface ReviewMemory {
  /** As the last handshake counted. */
  count: number;
  items: readonly ReviewItem[] | undefined;
  hasMore: boolean;
  problem: ReviewState['problem'];
  /** What was decided on here since, and by which decision. */
  readonly decided: Map<string, string>;
}

export const freshReview = (): ReviewMemory => ({
  count: 0,
  items: undefined,
  hasMore: false,
  problem: undefined,
  decided: new Map(),
});
