/**
 * Seals operations as a desk does, written against docs/protocol.md with WebCrypto and not against the district's own code: the two
 * must agree byte by byte.
 */
import { webcrypto } from 'node:crypto';
import type { Operation } from '../../shared/core/operation.ts';
import { ENTRY_INFO, entryData, type Envelope } from '../../shared/protocol/envelope.ts';

const { subtle } = webcrypto;
const P256 = { name: 'ECDH', namedCurve: 'P-256' } as const;
const base64 = (bytes: ArrayBuffer | Uint8Array): string =>
  Buffer.from(bytes as Uint8Array).toString('base64');

export type Seal = (
  operation: Operation | string,
  named?: Partial<Pick<Envelope, 'id' | 'device' | 'author'>>,
) => Promise<Envelope>;

export async function createSeal(districtKey: string): Promise<Seal> {
  const session = await subtle.generateKey(P256, true, ['deriveBits']);
  const district = await subtle.importKey('raw', Buffer.from(districtKey, 'base64'), P256, false, []);
  const secret = await subtle.deriveBits({ name: 'ECDH', public: district }, session.privateKey, 256);
  const wrapper = await subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: Buffer.from(ENTRY_INFO) },
    await subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']),
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt'],
  );
  const sessionPoint = base64(await subtle.exportKey('raw', session.publicKey));

  return async (operation, named = {}) => {
    const text = typeof operation === 'string' ? operation : JSON.stringify(operation);
    const from = typeof operation === 'string' ? { id: '', device: '', author: '' } : operation;
    const { id, device, author } = { id: from.id, device: from.device, author: from.author, ...named };
    const additionalData = Buffer.from(entryData(device, id));
    const seal = async (key: webcrypto.CryptoKey, plain: Uint8Array<ArrayBuffer>): Promise<string> => {
      const iv = webcrypto.getRandomValues(new Uint8Array(12));
      const sealed = await subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, plain);
      return base64(Buffer.concat([iv, Buffer.from(sealed)]));
    };
    const contentKey = webcrypto.getRandomValues(new Uint8Array(32));
    const forContent = await subtle.importKey('raw', contentKey, 'AES-GCM', false, ['encrypt']);
    const forDistrict = await seal(wrapper, contentKey);
    return {
      v: 1,
      id,
      device,
      author,
      session: sessionPoint,
      forDistrict,
      // The store's copy is the desk's own business: the district only carries it.
      forStore: forDistrict,
      content: await seal(forContent, new Uint8Array(Buffer.from(text))),
    };
  };
}
