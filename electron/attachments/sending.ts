/** One sealed file up to the district, from where it stopped. What came of it is a value; the next try goes on behind what arrived. */
import { errorOf, jsonOf } from '../district.ts';
import {
  attachmentsResponse,
  partResponse,
  type AttachmentsResponse,
} from '../../shared/protocol/file-messages.ts';
import type { SignedAsk } from '../signed-ask.ts';
import type { FileStore } from './file-store.ts';
import type { PartSize } from './part-size.ts';

/** Of the files asked about at once. */
const ASKED = 200;

export interface SendingGiven {
  readonly ask: SignedAsk;
  readonly store: Pick<FileStore, 'part' | 'sizeOf'>;
  readonly size: PartSize;
  /** Resolves when nothing of the records waits for the line. */
  readonly quiet: () => Promise<void>;
  readonly now: () => number;
  readonly onProgress: (bytes: number) => void;
}

/** @returns those that operations of this device name at the district; undefined where no answer came */
export async function heldAt(
  ask: SignedAsk,
  files: readonly string[],
): Promise<AttachmentsResponse['files'] | undefined> {
  const found: AttachmentsResponse['files'] = [];
  for (let at = 0; at < files.length; at += ASKED) {
    const body = Buffer.from(JSON.stringify({ files: files.slice(at, at + ASKED) }));
    const result = await ask({ method: 'POST', path: '/api/attachments', body, as: 'device' });
    const parsed =
      result.ok && result.value.status === 200
        ? attachmentsResponse.safeParse(jsonOf(result.value.body))
        : undefined;
    if (!parsed?.success) return undefined;
    found.push(...parsed.data.files);
  }
  return found;
}

/** `cut`: try again later. `full`: the district has no room. `gone`: it does not want this file any more. */
export type Sent = 'delivered' | 'cut' | 'full' | 'gone';

export async function sendFile(
  { ask, store, size, quiet, now, onProgress }: SendingGiven,
  file: string,
  from: number,
): Promise<Sent> {
  const whole = store.sizeOf(file);
  let at = from;
  // Every round moves on, or ends: a district that answers the same for ever is asked again later.
  for (let rounds = 0; rounds < 100_000; rounds++) {
    await quiet();
    const body = await store.part(file, at, Math.min(size.next(), Math.max(1, whole - at)));
    const began = now();
    const result = await ask({
      method: 'PUT',
      path: `/api/attachments/${file}/${at}`,
      body,
      type: 'application/octet-stream',
      as: 'device',
    });
    const answer = result.ok ? result.value : undefined;
    if (answer?.status !== 200) {
      size.failed();
      const error = answer && errorOf(answer)?.error;
      if (error === 'disk-full') return 'full';
      if (error === 'not-found') return 'gone';
      return 'cut';
    }
    size.took(now() - began);
    const parsed = partResponse.safeParse(jsonOf(answer.body));
    if (!parsed.success) return 'cut';
    if (parsed.data.complete) return 'delivered';
    if (parsed.data.received === at) return 'cut';
    at = parsed.data.received;
    onProgress(at);
  }
  return 'cut';
}
