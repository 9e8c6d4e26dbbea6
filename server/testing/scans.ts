/** Scans for tests, and how they lie sealed. */
import { createHash } from 'node:crypto';
import type { Attachment } from '../../shared/core/field/attachments.ts';
import { sealFile } from '../attachments/file-seal.ts';

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64url');

/** A scan of so many bytes, the same for the same name. */
export function scanOf(
  name: string,
  size: number,
): { readonly attachment: Attachment; readonly sealed: Buffer } {
  const content = Buffer.alloc(size, `${name} `);
  const key = hashOf(Buffer.from(`key of ${name}`));
  const sealed = sealFile(content, key);
  const type = 'image/jpeg';
  return {
    attachment: { id: hashOf(content), name: `${name}.jpg`, type, size, file: hashOf(sealed), key },
    sealed,
  };
}
