/**
 * Learns from handshakes how far the district's backup reaches, and lets the journal forget what lies before it for thirty days
 * (sync.md S2). Sequences of another epoch prove nothing: after a restoration only what was judged since then may go.
 */
import { handshakeResponse } from '../shared/protocol/messages.ts';
import { jsonOf } from './district.ts';
import type { EpochWatch } from './epoch-watch.ts';
import type { Journal } from './native/journal.ts';

const THIRTY_DAYS = 30 * 86_400_000;
/** Rewriting the file is not free, so once in a while is enough. */
const EVERY = 6 * 3_600_000;

export function createDurableMark(options: {
  readonly journal: Pick<Journal, 'compact'>;
  readonly epochs: EpochWatch;
  readonly now?: () => number;
}) {
  const { journal, epochs, now = Date.now } = options;
  let lastAt = 0;

  return async (handshake: Uint8Array): Promise<void> => {
    const parsed = handshakeResponse.safeParse(jsonOf(handshake));
    if (!parsed.success) return;
    const since = await epochs.heard(parsed.data);
    const { durable } = parsed.data;
    if (durable === 0 || now() - lastAt < EVERY) return;
    lastAt = now();
    await journal.compact({ durable, since, before: new Date(now() - THIRTY_DAYS).toISOString() });
  };
}
