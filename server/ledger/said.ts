/** What the district has said of an operation for ever: kept with it, and given to its desk as a receipt (judge/receipt.ts). */
import { z } from 'zod';
import { refusalSchema } from '../../shared/core/refusal.ts';

const whole = z.number().int().min(0);
const confirmedSchema = z.object({
  epoch: z.string(),
  seq: whole,
  /** Of the record before this operation touched it; 0 at its creation. */
  prior: whole,
  /** The official number that it was given: entity, area, year, ordinal. */
  number: z.tuple([z.string(), z.string(), z.number().int(), whole]).optional(),
});
const refusedSchema = z.object({ epoch: z.string(), reason: refusalSchema });
export const saidSchema = z.union([confirmedSchema, refusedSchema]);

export type Confirmed = z.infer<typeof confirmedSchema>;
/** A word that was said for ever. */
export type Said = z.infer<typeof saidSchema>;

export const wasConfirmed = (said: Said | null | undefined): Confirmed | undefined =>
  said && 'seq' in said ? said : undefined;
