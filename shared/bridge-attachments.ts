/** What the window may ask about sealed files: bytes that it has sealed itself, and that only it opens. bridge.ts joins it to the rest. */
import { z } from 'zod';
import { hash } from './protocol/encoding.ts';

const bytes = z.instanceof(Uint8Array);
const count = z.number().int().min(0);

/** On their way to the district, of everybody on this computer. */
export const uploadState = z.object({
  waiting: count,
  bytes: count,
  /** Those that have gone since the last time that nothing waited. */
  done: count,
});

export const attachmentsBridge = {
  /** On the disk when it returns, under its address; no operation names a file before. */
  'attachments.keep': { input: z.object({ bytes }), output: z.object({ file: hash }) },
  /** `waiting`: here and not at the district yet; `kept`: here and there; `absent`: to be fetched. */
  'attachments.states': {
    input: z.object({ files: z.array(hash).max(1000) }),
    output: z.object({ states: z.array(z.enum(['waiting', 'kept', 'absent'])) }),
  },
  /** As it lies here; undefined where it does not, or is damaged. */
  'attachments.read': { input: z.object({ file: hash }), output: z.object({ bytes: bytes.optional() }) },
  /** From the district, behind the records and going on where it stopped; by its address and its length. */
  'attachments.fetch': {
    input: z.object({ file: hash, size: count }),
    output: z.object({ came: z.enum(['here', 'absent', 'unreachable']) }),
  },
  'attachments.uploads': { input: z.undefined(), output: uploadState },
} as const;
