/** Seals a file as docs/protocol.md says, with node's own ciphers: what a desk's vault does in the window. */
import { createCipheriv } from 'node:crypto';
import { paddedSize, PIECE, piecesOf } from '../../shared/core/attachment/sealed-size.ts';

export function sealFile(content: Uint8Array, key: string): Buffer {
  const padded = Buffer.alloc(paddedSize(content.length));
  padded.set(content);
  const count = piecesOf(content.length);
  return Buffer.concat(
    Array.from({ length: count }, (_, index) => {
      const iv = Buffer.alloc(12);
      iv.writeUInt32BE(index, 8);
      const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'base64url'), iv);
      cipher.setAAD(Buffer.from(`linli/file/1|${index}|${count}`));
      const piece = padded.subarray(index * PIECE, (index + 1) * PIECE);
      return Buffer.concat([cipher.update(piece), cipher.final(), cipher.getAuthTag()]);
    }),
  );
}
