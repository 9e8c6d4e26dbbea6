/** The proof that a request is this device's own, and sent once (shared/protocol/signing.ts). */
import { createHash, randomBytes } from 'node:crypto';
import { requestText } from '../shared/protocol/signing.ts';

/** Value of the header `x-linli-proof`. */
export function proofOf(
  sign: (text: string) => string,
  request: {
    readonly method: string;
    readonly path: string;
    readonly token: string;
    /** As it is before any compression. */
    readonly body?: Uint8Array | undefined;
  },
  nonce: string = newNonce(),
): string {
  const { method, path, token, body = new Uint8Array() } = request;
  const bodyHash = createHash('sha256').update(body).digest('base64url');
  return `${nonce}.${sign(requestText({ method, path, token, nonce, bodyHash }))}`;
}

export const newNonce = (): string => randomBytes(16).toString('base64url');
