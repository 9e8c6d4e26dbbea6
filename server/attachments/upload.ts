/**
 * Sealed files on their way in: how much is here, and the next bytes. As a device, whoever sits there: what anybody wrote on it may be
 * delivered by it (sync.md S13). Asked is only what a living operation of that very device names, so nobody learns what others have.
 */
import { createHash } from 'node:crypto';
import { ok, refuse, type Result } from '../../shared/core/result.ts';
import type {
  AttachmentsRequest,
  AttachmentsResponse,
  PartResponse,
} from '../../shared/protocol/file-messages.ts';
import { hash } from '../../shared/protocol/encoding.ts';
import type { DistrictError } from '../district-error.ts';
import type { HeldFile } from '../ledger/files.ts';
import type { Reading, Transactor, Writing } from '../ledger/transactor.ts';
import type { Parts } from '../parts.ts';
import type { Asking } from '../people/authenticate.ts';
import { callerFor } from '../people/permit.ts';

type Asked<T> = Promise<Result<T, DistrictError>>;

export function heldAttachments(
  { transactor, authenticate }: Parts,
  asking: Asking,
  { files }: AttachmentsRequest,
): Asked<AttachmentsResponse> {
  return transactor.read(async (reading) => {
    const caller = await callerFor(reading, asking, 'carry', authenticate);
    if (!caller.ok) return caller;
    const named = await reading.namedBy(caller.value.device.id, files);
    const held = new Map(
      (await reading.heldFiles(named.map(({ file }) => file))).map((one) => [one.file, one]),
    );
    return ok({
      files: named.map(({ file, size }) => ({ size, received: 0, complete: false, ...held.get(file), file })),
    });
  });
}

export async function takePart(
  parts: Parts,
  asking: Asking,
  { file, at, bytes }: { readonly file: string; readonly at: number; readonly bytes: Uint8Array },
): Asked<PartResponse> {
  const { transactor } = parts;
  const sized = await transactor.read((reading) => sizeFor(parts, reading, asking, file));
  if (!sized.ok) return sized;
  const size = sized.value;
  return transactor.transact(async (writing) => {
    const held = await writing.lockFile(file, size);
    const isNext = !held.complete && at === held.received && bytes.length > 0;
    // Sent twice, or from somewhere else: the answer says where the file goes on.
    if (!isNext) return ok(progressOf(held));
    if (at + bytes.length > held.size) return refuse({ error: 'too-large' });
    await writing.addPart({ file, at, bytes });
    const received = at + bytes.length;
    if (received < held.size) return ok({ size: held.size, received, complete: false });
    return finish(writing, held);
  });
}

/** The size that the operation says, where there is room for it. */
async function sizeFor(
  { authenticate, roomForFiles }: Parts,
  reading: Reading,
  asking: Asking,
  file: string,
): Asked<number> {
  const caller = await callerFor(reading, asking, 'carry', authenticate);
  if (!caller.ok) return caller;
  const [named] = hash.safeParse(file).success ? await reading.namedBy(caller.value.device.id, [file]) : [];
  if (!named) return refuse({ error: 'not-found' });
  const [held] = await reading.heldFiles([file]);
  if (!held && (await reading.bytesOfFiles()) + named.size > roomForFiles)
    return refuse({ error: 'disk-full' });
  return ok(named.size);
}

/** All is here; it stays where it is what its address says. */
async function finish(writing: Writing, { file, size }: HeldFile): Asked<PartResponse> {
  const digest = createHash('sha256');
  await writing.eachPart(file, (bytes) => void digest.update(bytes));
  if (digest.digest('base64url') !== file) {
    await writing.dropFile(file);
    return refuse({ error: 'other-content' });
  }
  await writing.completeFile(file);
  return ok({ size, received: size, complete: true });
}

const progressOf = ({ size, received, complete }: HeldFile): PartResponse => ({ size, received, complete });

/** A whole file that comes from beside the server: the demo's. */
export const keepFile = (transactor: Transactor, file: string, bytes: Uint8Array): Promise<void> =>
  transactor.transact(async (writing) => {
    if ((await writing.lockFile(file, bytes.length)).received > 0) return;
    await writing.addPart({ file, at: 0, bytes });
    await writing.completeFile(file);
  });
