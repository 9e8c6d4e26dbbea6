/** Attachments of the preview: what is added stays in memory, and the sample files open. */
import { sampleFiles } from '../../shared/core/attachment/sample-files.ts';
import { ok, refuse } from '../../shared/core/result.ts';
import type { DeskAttachments } from '../core/desk/attachments.ts';
import { fromBase64 } from '../core/vault/base64.ts';
import { sealFile } from '../core/vault/file-seal.ts';

export function previewAttachments(): DeskAttachments {
  const contents = new Map<string, Uint8Array<ArrayBuffer>>(
    Object.values(sampleFiles).map(({ attachment, content }) => [attachment.id, fromBase64(content)]),
  );
  return {
    add: async (content, named) => {
      const { id, key } = await sealFile(content);
      contents.set(id, content);
      return ok({ id, ...named, size: content.length, file: id, key });
    },
    open: async ({ id }) => {
      const content = contents.get(id);
      return content ? ok(content) : refuse('unreachable');
    },
    places: async (attachments) =>
      attachments.map(({ id }) => (contents.has(id) ? ('kept' as const) : ('absent' as const))),
  };
}
