/**
 * Learns from handshakes how far the district's backup reaches, and lets the journal forget what lies before it for thirty days
 * (sync.md S2). Sequences of another epoch prove nothing: after a restoration only what was judged since then may go.
 */
import { readFile } from 'node:fs/promises';
import { handshakeResponse } from '../shared/protocol/messages.ts';
import { jsonOf } from './district.ts';
import { replaceFile } from './native/atomic-file.ts';
import type { Journal } from './native/journal.ts';

const THIRTY_DAYS = 30 * 86_400_000;
/** Rewriting the file is not free, so once in a while is enough. */
const EVERY = 6 * 3_600_000;

export function createDurableMark(options: {
  readonly path: string;
  readonly journal: Pick<Journal, 'compact'>;
  readonly now?: () => number;
}) {
  const { path, journal, now = Date.now } = options;
  let lastAt = 0;

  return async (handshake: Uint8Array): Promise<void> => {
    const parsed = handshakeResponse.safeParse(jsonOf(handshake));
    if (!parsed.success || now() - lastAt < EVERY) return;
    lastAt = now();
    const { epoch, durable } = parsed.data;
    const text = await readFile(path, 'utf8').catch(() => '{}');
    const known = jsonOf(Buffer.from(text)) as { epoch?: string; since?: string } | undefined;
    const since = known?.epoch === epoch && known.since ? known.since : new Date(now()).toISOString();
    if (known?.epoch !== epoch) await replaceFile(path, JSON.stringify({ epoch, since }));
    if (durable > 0)
      await journal.compact({ durable, since, before: new Date(now() - THIRTY_DAYS).toISOString() });
  };
}
