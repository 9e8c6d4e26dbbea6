/** One row, from what it says to what lies on the disk. The same in the page and in the thread that does it for the page. */
import { encode, sealBytes, type Bytes } from './ciphers.ts';
import { padded } from './padding.ts';
import { pressed } from './pressed.ts';

export interface RowToSeal {
  /** Cannot be read back, in a thread no more than here. */
  readonly key: CryptoKey;
  /** A text is sealed in UTF-8. */
  readonly content: string | Uint8Array;
  /** What binds it to its place. */
  readonly data: Bytes;
}

export async function sealRow({ key, content, data }: RowToSeal): Promise<Bytes> {
  const plain = typeof content === 'string' ? encode(content) : content;
  return sealBytes(key, padded(await pressed(plain)), data);
}
