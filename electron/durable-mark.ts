/**
 * Learns from handshakes how far the district's backup reaches, and lets the journal forget what lay before it thirty days ago
 * (sync.md S2). This computer's own clock has no say in it: the days are counted as those of a lease are (native/lease.ts), but by the
 * district's time from one handshake to the next. Sequences of another epoch prove nothing: its marks go when the epoch ends.
 */
import * as nodeFiles from 'node:fs/promises';
import { z } from 'zod';
import { inOrder } from '../shared/core/in-order.ts';
import { handshakeResponse } from '../shared/protocol/messages.ts';
import { jsonOf } from './district.ts';
import type { EpochWatch } from './epoch-watch.ts';
import { replaceFile, type FileDisk } from './native/atomic-file.ts';
import type { Journal } from './native/journal-port.ts';
import { looked } from './native/lease.ts';

const THIRTY_DAYS = 30 * 86_400_000;
/** Rewriting the journal is not free, so once in a while is enough. */
const EVERY = 6 * 3_600_000;

const marksFile = z.object({
  epoch: z.string(),
  /** What has passed, and the latest time that the district has told. */
  clock: z.object({ used: z.number(), wall: z.number() }),
  /** How far the backup reached, and the journal, when so much had passed; oldest first. */
  marks: z.array(z.object({ durable: z.number(), line: z.number(), at: z.number() })),
});

export function createDurableMark(options: {
  readonly path: string;
  readonly journal: Pick<Journal, 'compact' | 'lastNumber'>;
  readonly epochs: Pick<EpochWatch, 'heard'>;
  /** Milliseconds that the program has been running. */
  readonly running?: () => number;
  readonly disk?: FileDisk;
}) {
  const { path, journal, epochs, running = () => performance.now(), disk = nodeFiles } = options;
  const turn = inOrder();
  let lastLook = running();
  let known: z.infer<typeof marksFile> | undefined;

  /** A file that is lost or broken begins the thirty days anew. */
  async function read(): Promise<typeof known> {
    const text = await disk.readFile(path, 'utf8').catch(() => '');
    return marksFile.safeParse(jsonOf(Buffer.from(text))).data;
  }

  return (handshake: Uint8Array): Promise<void> =>
    turn(async () => {
      const parsed = handshakeResponse.safeParse(jsonOf(handshake));
      if (!parsed.success) return;
      const after = await epochs.heard(parsed.data);
      const { durable, epoch } = parsed.data;
      if (durable === 0) return;
      known ??= await read();
      const [told, ran] = [Date.parse(parsed.data.serverTime), running()];
      const clock = looked(known?.clock ?? { used: 0, wall: told }, told, ran - lastLook);
      lastLook = ran;
      const marks = known?.epoch === epoch ? known.marks : [];
      known = { epoch, clock, marks };
      const latest = marks.at(-1);
      if (latest && clock.used - latest.at < EVERY) return;
      const isDue = ({ at }: { readonly at: number }): boolean => clock.used - at >= THIRTY_DAYS;
      const here = { durable, line: journal.lastNumber(), at: clock.used };
      known = { epoch, clock, marks: [...marks.filter((mark) => !isDue(mark)), here] };
      await replaceFile(path, JSON.stringify(known), disk);
      const due = marks.filter(isDue).at(-1);
      if (due) await journal.compact({ durable: due.durable, after, upTo: due.line });
    });
}
