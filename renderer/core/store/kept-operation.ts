/** An operation of this person as the store keeps it: the envelope, sealed as it lies in the journal, and what has come of it since. */
import { z } from 'zod';
import { envelopeSchema } from '../../../shared/protocol/envelope.ts';
import { verdictSchema } from '../../../shared/protocol/messages.ts';
import type { Operation } from '../../../shared/core/operation.ts';
import type { Row } from './database.ts';

const keptSchema = z.object({
  envelope: envelopeSchema,
  verdict: verdictSchema.optional(),
  /** When the verdict became durable in the journal. */
  judgedAt: z.string().optional(),
  /** The operations that it was sent again as; empty where its author has set it aside. */
  resolved: z.array(z.string()).optional(),
});

export type Kept = z.infer<typeof keptSchema> & { readonly number: number; readonly operation: Operation };

export const keptRow = ({ number, operation, ...kept }: Kept): Row => ({
  key: operation.id,
  version: number,
  scope: 0,
  record: operation.record,
  // Already sealed; verdicts carry no values (sync.md S10).
  bytes: new TextEncoder().encode(JSON.stringify(kept)),
});

/** @returns undefined where the row is damaged */
export const keptIn = (row: Row): Omit<Kept, 'operation'> | undefined => {
  const parsed = keptSchema.safeParse(jsonIn(row.bytes));
  return parsed.success ? { ...parsed.data, number: row.version } : undefined;
};

function jsonIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch {
    return undefined;
  }
}
