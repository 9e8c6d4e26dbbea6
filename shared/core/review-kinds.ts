/** Commands that decide on what somebody wrote and the district holds; who may give them is said in `review.ts`. */
import type { Operation } from './operation.ts';

type ReviewKind = 'accept' | 'decline';

export const isReview = (kind: Operation['kind']): kind is ReviewKind =>
  kind === 'accept' || kind === 'decline';
