/**
 * Attachments as the desk offers them: what a person adds is sealed here and durable at once, before any form is saved; what somebody opens
 * is read from this computer, or fetched. The main process keeps and carries the sealed bytes and cannot open them.
 */
import { sealedSize } from '../../../shared/core/attachment/sealed-size.ts';
import type { Attachment } from '../../../shared/core/field/attachments.ts';
import { keyOf } from '../../../shared/core/command.ts';
import { attachmentsAdded } from '../../../shared/core/attachment/attachments-in.ts';
import type { Operation } from '../../../shared/core/operation.ts';
import { ok, refuse, type Result } from '../../../shared/core/result.ts';
import type { AttachmentPlace, AttachmentTrouble, DeskAttachments } from '../desk/attachments.ts';
import { openFile, sealFile } from '../vault/file-seal.ts';
import type { Engine } from './engine.ts';

export function createAttachments(engine: Engine): DeskAttachments {
  const { bridge } = engine;

  async function read({
    file,
    key,
    id,
    size,
  }: Attachment): Promise<Result<Uint8Array<ArrayBuffer>, AttachmentTrouble>> {
    const { bytes } = await bridge.ask('attachments.read', { file });
    if (!bytes) return refuse('absent');
    const content = await openFile(new Uint8Array(bytes), { key, id, size });
    return content ? ok(content) : refuse('damaged');
  }

  return {
    add: async (content, named) => {
      const { bytes, key, id } = await sealFile(content);
      try {
        const { file } = await bridge.ask('attachments.keep', { bytes });
        return ok({ id, ...named, size: content.length, file, key });
      } catch {
        return refuse('storage');
      }
    },
    open: async (attachment) => {
      try {
        const here = await read(attachment);
        if (here.ok || here.error === 'damaged') return here;
        const size = sealedSize(attachment.size);
        const { came } = await bridge.ask('attachments.fetch', { file: attachment.file, size });
        engine.topics.tell(['attachments']);
        return came === 'here' ? await read(attachment) : refuse(came);
      } catch {
        return refuse('storage');
      }
    },
    places: async (attachments) => {
      const files = attachments.map(({ file }) => file);
      const { states } = await bridge.ask('attachments.states', { files });
      return states.map((state): AttachmentPlace => state);
    },
  };
}

/**
 * Of what an operation adds: the files that lie on this computer and follow it to the district, and a field with one that does not. A
 * photograph that comes back into its set may lie at the district alone.
 */
export async function filesOf(
  engine: Engine,
  operation: Operation,
): Promise<{ readonly here: readonly string[]; readonly missing: string | undefined }> {
  const entity = engine.registry.entities.get(operation.entity);
  const added = entity ? attachmentsAdded(entity, operation) : [];
  if (added.length === 0) return { here: [], missing: undefined };
  const files = [...new Set(added.map(({ file }) => file))];
  const { states } = await engine.bridge.ask('attachments.states', { files });
  const here = files.filter((_, index) => states[index] !== 'absent');
  const lost = added.find(({ file }) => !here.includes(file));
  const missing = Object.entries(operation.add ?? {}).find(([, members]) =>
    members.some((member) => lost !== undefined && keyOf(member) === lost.id),
  );
  return { here, missing: missing?.[0] };
}
