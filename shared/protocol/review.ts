/**
 * What is held until a person decides (sync.md S14). Reading needs the district; a decision is an operation like any other, kind `accept`
 * or `decline`, and travels as such.
 */
import { z } from 'zod';
import { operationSchema } from '../core/operation.ts';
import { refusalSchema } from '../core/refusal.ts';

const id = z.string().max(64);

/** POST /api/review, as a person: what this person may decide on, newest first. Pages: `before` is the last answer's `next`. */
export const reviewRequest = z.object({
  before: id.optional(),
  limit: z.number().int().min(1).max(200).optional(),
});

/**
 * Why the right of then is none now: the computer was revoked, the account disabled, the post another one, the matter elsewhere. Or its
 * author hands it over; or the district was restored, and it does not fit any more.
 */
export const whyForReview = z.enum(['device', 'disabled', 'post', 'moved', 'handed', 'restored']);

export const reviewResponse = z.object({
  items: z.array(
    z.object({
      operation: operationSchema,
      reason: refusalSchema,
      /** Not there where it only holds or falls with another one. */
      why: whyForReview.optional(),
      /** Of one that its author hands over: why it was refused before. */
      refused: refusalSchema.optional(),
      receivedAt: z.iso.datetime(),
      /** Short label of the computer. */
      device: z.string().max(10),
    }),
  ),
  next: id.optional(),
});

/** POST /api/review/words, as a person: what reviewers have said to one's own declined operations. */
export const reviewWordsRequest = z.object({ operations: z.array(id).max(500) });
export const reviewWordsResponse = z.object({
  words: z.array(z.object({ operation: id, by: id, at: z.iso.datetime(), words: z.string() })),
});

export type ReviewRequest = z.infer<typeof reviewRequest>;
export type ReviewResponse = z.infer<typeof reviewResponse>;
export type ReviewWordsResponse = z.infer<typeof reviewWordsResponse>;
export type ReviewItem = ReviewResponse['items'][number];
export type WhyForReview = z.infer<typeof whyForReview>;
export type ReviewWords = z.infer<typeof reviewWordsResponse>['words'][number];
