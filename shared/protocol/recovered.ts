/**
 * POST /api/recovered, as a person: states of records that this computer had from a former life of the district (sync.md S8). Sent before the
 * first pull of the new epoch puts what the district has now in their place. What the ledger holds already is not kept twice.
 */
import { z } from 'zod';
import { recordSchema } from '../core/record.ts';

const id = z.string().max(64);

export const MOST_STATES = 200;

export const recoveredRequest = z.object({
  /** The present one. */
  epoch: id,
  states: z
    .array(
      z.object({
        /** The one in which the district sent it. */
        epoch: id,
        state: recordSchema,
      }),
    )
    .max(MOST_STATES),
});

/** Records of these of which the ledger lacks an operation still: they may be brought back by its author's computer, or by approval. */
export const recoveredResponse = z.object({ lacking: z.array(id) });

export type RecoveredRequest = z.infer<typeof recoveredRequest>;
export type RecoveredResponse = z.infer<typeof recoveredResponse>;
