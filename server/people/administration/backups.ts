/** The backup: how old it is, making one beside the server, and the word of somebody whose own backup is the database's. */
import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { done, type AdministrationOutput } from '../../../shared/protocol/administer.ts';
import { ok, refuse } from '../../../shared/core/result.ts';
import { derivationSchema } from '../../backup/recovery-key.ts';
import { BACKUP_PROBLEMS, markDurable } from '../../backup/make.ts';
import { DONE, type Carried, type Done, type Office } from './office.ts';

const order = z.object({
  /** Where the server writes it. */
  to: z.string().max(4000).refine(isAbsolute),
  /** The recovery key: whoever asks has worked it out of the passphrase, which goes nowhere. */
  key: z.base64().length(44),
  derivation: derivationSchema,
});
const mark = z.object({
  /** Everything up to here is in a backup. */
  seq: z.number().int().min(0),
  at: z.iso.datetime().optional(),
});
const whole = z.number().int();
const outcome = z.union([
  z.object({ made: z.object({ seq: whole, rows: whole, bytes: whole }) }),
  z.object({ problem: z.enum(BACKUP_PROBLEMS) }),
]);

export const backupMake = { input: order, output: outcome } as const;
export const backupMark = { input: mark, output: done } as const;
export type BackupOutcome = z.infer<typeof outcome>;

export async function backupState(office: Office): Carried<AdministrationOutput<'backup.state'>> {
  const { seq, durable, durableAt } = await office.parts.transactor.read((reading) => reading.head());
  return ok({ head: seq, durable, at: durableAt });
}

export async function makeBackupHere(
  { parts }: Office,
  { to, key, derivation }: z.infer<typeof order>,
): Carried<BackupOutcome> {
  if (!parts.backup) return refuse('malformed');
  const made = await parts.backup({ to, key: Buffer.from(key, 'base64'), derivation });
  return ok(made.ok ? { made: made.value } : { problem: made.error });
}

/** The mark only goes forward, and never beyond what there is. */
export async function markBackup(
  { parts: { transactor, instant } }: Office,
  { seq, at = instant() }: z.infer<typeof mark>,
): Carried<Done> {
  const { epoch } = await transactor.read((reading) => reading.head());
  return (await markDurable(transactor, { epoch, seq, at })) ? ok(DONE) : refuse('malformed');
}
