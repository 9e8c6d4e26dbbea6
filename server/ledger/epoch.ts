/**
 * The epoch: which life of the ledger this is. It stands in the database and, with the highest sequence known, in a file beside it.
 * Where the two disagree, the file knows a higher sequence, or the file lies elsewhere than it was written (a folder that was copied
 * back from a backup agrees with itself), the database was restored, emptied or replaced: a new epoch begins at the head that is
 * left, and desks reconcile (sync.md S8). A new epoch without cause costs them one download and nothing else.
 *
 * The district's own identity lives in the file, so that it survives an emptied database.
 */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { newId, type RandomBytes } from '../../shared/core/id.ts';
import { writeDurably } from '../durable-file.ts';
import { newLife } from './new-life.ts';
import type { Head, Transactor } from './transactor.ts';

const identitySchema = z.object({
  district: z.string(),
  epoch: z.string(),
  seq: z.number().int(),
  /** Where on which disk it was written; unknown in files of older builds. */
  place: z.string().optional(),
});
export type Identity = z.infer<typeof identitySchema>;

export const newIdentity = (now: number, random: RandomBytes): Identity => ({
  district: newId('district', now, random),
  epoch: newId('epoch', now, random),
  seq: 0,
});

/** The head that should stand, given what the database and the file say. */
export function reconcile(
  head: Head,
  kept: Identity | undefined,
  newEpoch: () => string,
  place?: string,
): Head {
  const isMoved = kept?.place !== undefined && kept.place !== place;
  if (kept && kept.epoch === head.epoch && kept.seq <= head.seq && !isMoved) return head;
  // A first start, whose head was made with an epoch of its own a moment ago.
  if (!kept && head.seq === 0) return head;
  return newLife(head, newEpoch());
}

export interface EpochFile {
  /** Changes when the folder is copied, and only then. */
  readonly place: () => string;
  readonly read: () => Identity | undefined;
  readonly write: (identity: Identity) => void;
}

export function epochFile(folder: string): EpochFile {
  const path = join(folder, 'district.json');
  const mark = join(folder, 'district.place');
  const place = (): string => {
    // Never written again: a copy of it is another file.
    if (!existsSync(mark)) writeFileSync(mark, '', { mode: 0o600 });
    const { ino, birthtimeMs } = statSync(mark);
    return `${ino}:${Math.round(birthtimeMs)}`;
  };
  return {
    place,
    read: () => {
      if (!existsSync(path)) return undefined;
      const parsed = identitySchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
      return parsed.success ? parsed.data : undefined;
    },
    write: (identity) => writeDurably(path, `${JSON.stringify({ ...identity, place: place() })}\n`),
  };
}

export async function settleEpoch(
  transactor: Transactor,
  file: EpochFile,
  newEpoch: () => string,
): Promise<Head> {
  const head = await transactor.transact(async (writing) => {
    const found = await writing.lockHead();
    const settled = reconcile(found, file.read(), newEpoch, file.place());
    if (settled !== found) await writing.saveHead(settled);
    return settled;
  });
  file.write({ district: head.district, epoch: head.epoch, seq: head.seq });
  return head;
}
