/** What the main process tells the window unasked, and what it tells of: lines of the journal, room on the disk. bridge.ts names the types. */
import { z } from 'zod';
import { uploadState } from './bridge-attachments.ts';
import { envelopeSchema } from './protocol/envelope.ts';
import { linkSchema } from './protocol/link.ts';
import { verdictSchema } from './protocol/messages.ts';
import { pokeData } from './protocol/poke.ts';

const id = z.string().max(64);

/** One line of the journal file, in the device's order, whoever wrote it. Line numbers count verdicts too; links count operations. */
export const journalEntry = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('operation'),
    number: z.number().int(),
    envelope: envelopeSchema,
    link: linkSchema,
  }),
  z.object({ kind: z.literal('verdict'), number: z.number().int(), verdict: verdictSchema, at: z.string() }),
  /** A refused or held operation that its author has dealt with: sent again as others, or set aside. */
  z.object({
    kind: z.literal('resolved'),
    number: z.number().int(),
    operation: id,
    by: z.string(),
    into: z.array(id),
    at: z.string(),
  }),
]);

/** What is left on the disk under the profile. With `none`, nothing new is registered; everything else goes on. */
export const roomState = z.object({
  room: z.enum(['enough', 'low', 'none']),
  /** Bytes. */
  free: z.number().min(0),
});

export const bridgeEvent = z.discriminatedUnion('kind', [
  /** Verdicts that have just become durable in the journal, by number. */
  z.object({ kind: z.literal('verdicts'), entries: z.array(journalEntry) }),
  /** Something new lies at the district: pull. */
  z.object({ kind: z.literal('poke'), news: pokeData.optional() }),
  z.object({
    kind: z.literal('carrier'),
    online: z.boolean(),
    since: z.string(),
    pending: z.number().int(),
    problem: z.string().optional(),
    /** The district is busy and has said when it goes on. */
    busyUntil: z.string().optional(),
  }),
  /** Sealed files on their way to the district. */
  uploadState.extend({ kind: z.literal('uploads') }),
  /** The disk is getting full, or has room again. */
  roomState.extend({ kind: z.literal('room') }),
  /** Something has gone out or come back as a file. */
  z.object({ kind: z.literal('packages') }),
  /** The keys of this computer are being destroyed: it was revoked, and all that it held is delivered. */
  z.object({ kind: z.literal('revoked') }),
  /** The main process is about to lock: seal drafts now. */
  z.object({ kind: z.literal('locking') }),
  /** A menu item or accelerator: go to this page of the app. */
  z.object({ kind: z.literal('go'), to: z.string() }),
]);
