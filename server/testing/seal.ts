/** Seals and links operations as a desk does, written against docs/protocol.md (The sealed entry, byte by byte; The chain). */
import { webcrypto } from 'node:crypto';
import type { Operation } from '../../shared/core/operation.ts';
import type { Envelope } from '../../shared/protocol/envelope.ts';
import type { Link } from '../../shared/protocol/link.ts';
import {
  agree,
  base64,
  base64url,
  bytesOf,
  contentKeyOf,
  encrypt,
  fromBase64,
  newSession,
  pointOf,
  sha256,
  type Bytes,
  type Signer,
} from './desk-keys.ts';

export type Named = Partial<Pick<Envelope, 'id' | 'device' | 'author'>>;
export type Seal = (operation: Operation | string, named?: Named) => Promise<Envelope>;

const random = (length: number): Bytes => webcrypto.getRandomValues(new Uint8Array(length));

export async function createSeal(districtKey: string): Promise<Seal> {
  const session = await newSession();
  const wrapper = await agree(session.privateKey, fromBase64(districtKey), 'linli/entry/2');
  const sessionPoint = await pointOf(session.publicKey);

  return async (operation, named = {}) => {
    const json = bytesOf(typeof operation === 'string' ? operation : JSON.stringify(operation));
    const from = typeof operation === 'string' ? { id: '', device: '', author: '' } : operation;
    const { id, device, author } = { id: from.id, device: from.device, author: from.author, ...named };
    const data = `linli/entry/2|${device}|${author}|${id}`;
    const salt = random(16);
    const contentKey = random(32);
    const forDistrict = base64(await encrypt(wrapper, contentKey, data));
    const committed = Buffer.concat([bytesOf('linli/commitment/1|'), salt, await sha256(json)]);
    const content = new Uint8Array(Buffer.concat([salt, json]));
    return {
      v: 2,
      id,
      device,
      author,
      session: sessionPoint,
      forDistrict,
      // The author's copy is the desk's own business: the district only carries it.
      forAuthor: forDistrict,
      commitment: base64url(await sha256(new Uint8Array(committed))),
      content: base64(await encrypt(await contentKeyOf(contentKey), content, data)),
    };
  };
}

export const FIRST = { number: 0, hash: 'A'.repeat(43) } as const;

/** The next link behind `end`, signed by `signer`. */
export async function linkBehind(
  end: Pick<Link, 'number' | 'hash'>,
  { device, author, id, commitment }: Envelope,
  signer: Signer,
): Promise<Link> {
  const number = end.number + 1;
  const text = ['linli/link/1', device, number, end.hash, author, id, commitment].join('|');
  const hash = base64url(await sha256(bytesOf(text)));
  const signature = await signer.sign(`linli/link-signature/1|${hash}`);
  return { number, previous: end.hash, hash, key: signer.id, signature };
}
