/** What the store knows about the district, sealed as one row and written in the transaction of whatever moved it. */
import { z } from 'zod';

const grant = z.object({ role: z.string(), area: z.string() });

export const storeStateSchema = z.object({
  v: z.literal(1),
  /** Of the district's restoration that the cursors belong to; empty before the first contact. */
  epoch: z.string(),
  restoredHead: z.number(),
  /** How far every entitled scope has been pulled in this epoch. */
  cursors: z.record(z.string(), z.number()),
  /** Scopes by their opaque number, which is their position and one. */
  scopes: z.array(z.string()),
  grants: z.array(grant),
  /** District's time minus this computer's, in milliseconds, at the last contact. */
  offset: z.number(),
  lastSync: z.string().optional(),
  /** Records that the running first download still lacks, so that its progress survives a restart. */
  download: z.object({ done: z.number(), total: z.number() }).optional(),
});

export type StoreState = z.infer<typeof storeStateSchema>;

export const freshState: StoreState = {
  v: 1,
  epoch: '',
  restoredHead: 0,
  cursors: {},
  scopes: [],
  grants: [],
  offset: 0,
};
