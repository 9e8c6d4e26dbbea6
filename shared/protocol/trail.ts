/**
 * 全程留痕, checked: whether what the district holds of a record, or of everything, is still what its authors have signed
 * (sync.md, Devices). Nothing of any content.
 */
import { z } from 'zod';

export const trailFault = z.enum([
  /** The text is not the one to which its author committed. */
  'content',
  /** The link is not that of this operation, or does not go on from the one before it. */
  'link',
  /** Not signed by its author, or by nobody whom the district knows. */
  'signature',
  /** The day's head does not hold what was there when the district signed it. */
  'anchor',
]);
export type TrailFault = z.infer<typeof trailFault>;

/** GET /api/history/:record/check; and of the whole ledger, for an administrator. */
export const trailResponse = z.object({
  /** Operations that were looked at. */
  operations: z.number().int().min(0),
  /** Of these, made by the district itself: nobody's signature stands under them. */
  own: z.number().int().min(0),
  /** The first hundred. */
  faults: z.array(z.object({ what: trailFault, at: z.string().max(64) })).max(100),
  /** The newest signed head of a day that covers them, if there is one. */
  anchored: z.object({ day: z.string(), seq: z.number().int() }).optional(),
});
export type TrailResponse = z.infer<typeof trailResponse>;
