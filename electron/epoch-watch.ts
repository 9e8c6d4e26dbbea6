/**
 * Which life of the district this computer has last spoken with. Another epoch means that the district came back from a backup
 * (sync.md S8): what it had confirmed beyond the restored head it does not know any more, so the journal offers it again under the
 * same ids. Nothing is dropped for it, and offering twice is harmless: the epoch is noted only after the journal has it.
 */
import * as nodeFiles from 'node:fs/promises';
import { jsonOf } from './district.ts';
import { inOrder } from '../shared/core/in-order.ts';
import { replaceFile, type FileDisk } from './native/atomic-file.ts';
import type { Journal } from './native/journal-port.ts';

export interface Life {
  readonly epoch: string;
  readonly restoredHead: number;
}

export interface EpochWatch {
  /** @returns the journal's last line when this computer had noted the epoch: what was judged behind it was judged in this epoch */
  readonly heard: (life: Life) => Promise<number>;
  /** An epoch that this computer has seen end: what still speaks in it is out of date. */
  readonly isFormer: (epoch: string) => Promise<boolean>;
}

/** Restorations are rare; a district that has had more has other troubles. */
const MOST_FORMER = 100;

export function createEpochWatch(options: {
  readonly path: string;
  readonly journal: Pick<Journal, 'offerAgain' | 'lastNumber'>;
  /** Operations are pending again. */
  readonly onOffered: () => void;
  readonly disk?: FileDisk;
}): EpochWatch {
  const { path, journal, onOffered, disk = nodeFiles } = options;
  const turn = inOrder();
  let known:
    | {
        readonly epoch: string;
        readonly since: number;
        readonly former: readonly string[];
        /** It began with a restoration, of which this computer may know no more than that. */
        readonly isAfterOne: boolean;
      }
    | undefined;

  async function read(): Promise<typeof known> {
    const text = await disk.readFile(path, 'utf8').catch(() => '{}');
    const {
      epoch,
      since,
      former = [],
      isAfterOne = former.length > 0,
    } = (jsonOf(Buffer.from(text)) ?? {}) as Partial<NonNullable<typeof known>>;
    return epoch !== undefined && since !== undefined ? { epoch, since, former, isAfterOne } : undefined;
  }

  return {
    heard: ({ epoch, restoredHead }) =>
      turn(async () => {
        known ??= await read();
        if (known?.epoch === epoch) return known.since;
        // What a life between two restorations has judged may be in no backup at all, whatever its sequence.
        const between = known?.isAfterOne ? known.since : undefined;
        const offered = await journal.offerAgain(restoredHead, between);
        // An answer of the life before may come late: what it interrupted goes on with the next one.
        const ended = [...(known?.former ?? []), ...(known ? [known.epoch] : [])];
        const former = ended.filter((one) => one !== epoch).slice(-MOST_FORMER);
        const isAfterOne = restoredHead > 0 || former.length > 0;
        const next = { epoch, since: journal.lastNumber(), former, isAfterOne };
        await replaceFile(path, JSON.stringify(next), disk);
        known = next;
        if (offered > 0) onOffered();
        return next.since;
      }),
    isFormer: (epoch) =>
      turn(async () => {
        known ??= await read();
        return known?.former.includes(epoch) ?? false;
      }),
  };
}
