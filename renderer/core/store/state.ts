/**
 * What the store knows about the district, written in the transaction of whatever moved it. One value for the engine, three kinds of
 * rows on disk, because one computer serves several people: what belongs to the person alone, sealed under his own key; a cursor for
 * each scope, sealed under its key, so that a second person goes on where the first one stopped; the district's epoch, for everybody.
 */
import { z } from 'zod';

const grant = z.object({ role: z.string(), area: z.string() });

export const personalStateSchema = z.object({
  grants: z.array(grant),
  /** District's time minus this computer's, in milliseconds, at the last contact. */
  offset: z.number(),
  lastSync: z.string().optional(),
  /** By a file: `lastSync` is when the district made it. */
  lastSyncBy: z.literal('file').optional(),
  /** What reviewers have said to one's own declined operations, by operation. */
  words: z.record(z.string(), z.object({ by: z.string(), at: z.string(), words: z.string() })).optional(),
  /** Records that the running first download still lacks, so that its progress survives a restart. */
  download: z.object({ done: z.number(), total: z.number() }).optional(),
});

export type PersonalState = z.infer<typeof personalStateSchema>;

/** How far a scope has been pulled, and in which epoch. */
export interface Cursor {
  readonly epoch: string;
  readonly cursor: number;
}

export interface StoreState extends PersonalState {
  /** Of the district's restoration as this computer last heard of it; empty before the first contact. */
  readonly epoch: string;
  readonly restoredHead: number;
  /** By scope, of those whose key is here. One that is missing here is not dropped from the disk; write 0 to begin again. */
  readonly cursors: Readonly<Record<string, Cursor>>;
}

/** A cursor of another epoch says nothing. */
export const cursorOf = ({ cursors, epoch }: StoreState, scope: string): number => {
  const kept = Object.hasOwn(cursors, scope) ? cursors[scope] : undefined;
  return kept?.epoch === epoch ? kept.cursor : 0;
};

export const freshState: StoreState = { epoch: '', restoredHead: 0, cursors: {}, grants: [], offset: 0 };
