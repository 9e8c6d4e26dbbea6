/** Messages about the sealed files of attachments; their bytes travel as bytes. docs/protocol.md tells the story around them. */
import { z } from 'zod';
import { hash } from './encoding.ts';

const bytes = z.number().int().min(0);

/**
 * POST /api/attachments, as a device: how much of these sealed files the district has. Only of those that a living operation of this device
 * names; the others are left out, whether the district has them or not.
 */
export const attachmentsRequest = z.object({ files: z.array(hash).max(200) });
const held = {
  /** Bytes of the whole file, and how many of them are there, from its beginning. */
  size: bytes,
  received: bytes,
  /** All there, and what its address says. */
  complete: z.boolean(),
};
export const attachmentsResponse = z.object({ files: z.array(z.object({ file: hash, ...held })) });

/**
 * PUT /api/attachments/:file/:at, the next bytes as `application/octet-stream`, at most 512 KiB. What comes twice changes nothing:
 * the answer says from where to go on.
 */
export const partResponse = z.object(held);

export type AttachmentsRequest = z.infer<typeof attachmentsRequest>;
export type AttachmentsResponse = z.infer<typeof attachmentsResponse>;
export type PartResponse = z.infer<typeof partResponse>;
