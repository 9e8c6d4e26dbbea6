/** Operations as envelopes (shared/protocol/envelope.ts): the content under a key of its own, wrapped for district, scope and author. */
import { operationSchema, type Operation } from '../../../shared/core/operation.ts';
import {
  COMMITMENT_INFO,
  ENTRY_INFO,
  entryData,
  SALT_BYTES,
  type Envelope,
} from '../../../shared/protocol/envelope.ts';
import { fromBase64, toBase64 } from './base64.ts';
import {
  decode,
  derived,
  encode,
  importKey,
  joined,
  openBytes,
  sealBytes,
  sha256,
  type Bytes,
} from './ciphers.ts';
import type { KeyRing } from './key-ring.ts';
import type { Vault } from './vault.ts';

interface Sealing {
  readonly ring: KeyRing;
  readonly person: string;
  readonly device: string;
  /** The district's raw P-256 point, base64. */
  readonly districtKey: string;
}

export type OperationSeal = Pick<Vault, 'sealOperation' | 'openOperation'>;

export async function createOperationSeal(sealing: Sealing): Promise<OperationSeal> {
  const { ring, person, device, districtKey } = sealing;
  const { session, wrapping } = await meetDistrict(districtKey);
  const own = await ring.own.entries();

  /** With every key that fits: a damaged wrapping of one leaves the other. */
  async function contentKeys(
    { author, forScope, forAuthor }: Envelope,
    data: Bytes,
  ): Promise<readonly Bytes[]> {
    const scopeKey = forScope && (await ring.of(forScope.key)?.entries());
    const tries = [
      ...(scopeKey ? [openBytes(scopeKey, fromBase64(forScope.wrapped), data)] : []),
      ...(author === person ? [openBytes(own, fromBase64(forAuthor), data)] : []),
    ];
    return (await Promise.all(tries)).flatMap((key) => key ?? []);
  }

  return {
    sealOperation: async (operation, scope) => {
      const { id, author } = operation;
      const data = encode(entryData({ device, author, id }));
      const contentKey = crypto.getRandomValues(new Uint8Array(32));
      const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
      const text = encode(JSON.stringify(operation));
      const key = scope === undefined ? undefined : ring.keyOf(scope);
      const scopeKey = key === undefined ? undefined : await ring.of(key)?.entries();
      const wrappedBy = async (one: CryptoKey): Promise<string> =>
        toBase64(await sealBytes(one, contentKey, data));
      const contentSealed = async (): Promise<string> =>
        toBase64(await sealBytes(await importKey(contentKey, 'AES-GCM'), joined(salt, text), data));
      // Side by side: each waits for a thread of its own.
      const [forDistrict, wrapped, forAuthor, commitment, content] = await Promise.all([
        wrappedBy(wrapping),
        scopeKey && wrappedBy(scopeKey),
        wrappedBy(own),
        commitmentOf(salt, text),
        contentSealed(),
      ]);
      return {
        ...{ v: 2, id, device, author, session, forDistrict },
        ...(key !== undefined && wrapped !== undefined && { forScope: { key, wrapped } }),
        ...{ forAuthor, commitment, content },
      };
    },

    // What somebody else's computer has sealed may be anything.
    openOperation: (envelope) => opened(envelope).catch(() => undefined),
  };

  async function opened(envelope: Envelope): Promise<Operation | undefined> {
    const data = encode(entryData(envelope));
    for (const contentKey of await contentKeys(envelope, data)) {
      const key = await importKey(contentKey, 'AES-GCM');
      const content = await openBytes(key, fromBase64(envelope.content), data);
      const operation = content && (await operationIn(content, envelope));
      if (operation) return operation;
    }
    return undefined;
  }
}

/** The seal vouches for the text; that the chain holds this text, and that it says what its envelope says, is checked all the same. */
async function operationIn(content: Bytes, envelope: Envelope): Promise<Operation | undefined> {
  const [salt, text] = [content.subarray(0, SALT_BYTES), content.subarray(SALT_BYTES)];
  if ((await commitmentOf(salt, text)) !== envelope.commitment) return undefined;
  const parsed = operationSchema.safeParse(JSON.parse(decode(text)));
  if (!parsed.success) return undefined;
  const { id, author, device } = parsed.data;
  return id === envelope.id && author === envelope.author && device === envelope.device
    ? parsed.data
    : undefined;
}

const commitmentOf = async (salt: Bytes, text: Bytes): Promise<string> =>
  toBase64(await sha256(joined(encode(COMMITMENT_INFO), salt, await sha256(text))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** One ECDH per unlocked session, not per entry. */
async function meetDistrict(districtKey: string): Promise<{ session: string; wrapping: CryptoKey }> {
  const curve = { name: 'ECDH', namedCurve: 'P-256' };
  const pair = await crypto.subtle.generateKey(curve, false, ['deriveBits']);
  const district = await crypto.subtle.importKey('raw', fromBase64(districtKey), curve, false, []);
  const secret = await crypto.subtle.deriveBits({ name: 'ECDH', public: district }, pair.privateKey, 256);
  const root = await importKey(new Uint8Array(secret), 'HKDF');
  const session = toBase64(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)));
  return { session, wrapping: await derived(root, ENTRY_INFO) };
}
