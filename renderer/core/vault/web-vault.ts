/** The vault on WebCrypto. The user key is imported once and cannot be read back; the session's ephemeral key lives in memory only. */
import { operationSchema, type Operation } from '../../../shared/core/operation.ts';
import { ENTRY_INFO, entryData, type Envelope } from '../../../shared/protocol/envelope.ts';
import { fromBase64, toBase64 } from './base64.ts';
import type { Place, Vault } from './vault.ts';

const IV = 12;
const KEY_ID = 'uk1';
/** The content key for the store is wrapped under a key of its own, so that no key seals two kinds of things. */
const STORE_INFO = 'linli/store/1';
const OWN_ENTRY_INFO = 'linli/entry-for-store/1';

type Bytes = Uint8Array<ArrayBuffer>;

interface Opening {
  /** 32 bytes. */
  readonly userKey: Uint8Array;
  readonly device: string;
  /** The person and the district: a store of another one never opens. */
  readonly store: string;
  /** The district's raw P-256 point, base64. */
  readonly districtKey: string;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });
const encode = (text: string): Bytes => encoder.encode(text) as Bytes;

export async function createWebVault({ userKey, device, store, districtKey }: Opening): Promise<Vault> {
  const root = await crypto.subtle.importKey('raw', userKey as Bytes, 'HKDF', false, ['deriveKey']);
  const rows = await derived(root, STORE_INFO);
  const ownEntries = await derived(root, OWN_ENTRY_INFO);
  const { session, wrapping } = await meetDistrict(districtKey);

  const placeData = ({ scope, kind, id, version }: Place): Bytes =>
    encode(`${STORE_INFO}|${store}|${scope}|${kind}|${id}|${version}|${KEY_ID}`);

  return {
    seal: (text, place) => seal(rows, encode(text), placeData(place)),

    open: async (bytes, place) => {
      const text = await open(rows, bytes as Bytes, placeData(place));
      return text && decoder.decode(text);
    },

    sealOperation: async (operation) => {
      const data = encode(entryData(device, operation.id));
      const contentKey = crypto.getRandomValues(new Uint8Array(32));
      const content = await seal(await aesKey(contentKey), encode(JSON.stringify(operation)), data);
      return {
        v: 1,
        id: operation.id,
        device,
        author: operation.author,
        session,
        forDistrict: toBase64(await seal(wrapping, contentKey, data)),
        forStore: toBase64(await seal(ownEntries, contentKey, data)),
        content: toBase64(content),
      };
    },

    openOperation: async (envelope) => {
      const data = encode(entryData(envelope.device, envelope.id));
      const contentKey = await open(ownEntries, fromBase64(envelope.forStore), data);
      const content =
        contentKey && (await open(await aesKey(contentKey), fromBase64(envelope.content), data));
      return content && operationIn(decoder.decode(content), envelope);
    },
  };
}

/** The seal vouches for the text; that it says what its envelope says is checked all the same. */
function operationIn(text: string, envelope: Envelope): Operation | undefined {
  const parsed = operationSchema.safeParse(JSON.parse(text));
  return parsed.success && parsed.data.id === envelope.id ? parsed.data : undefined;
}

async function seal(key: CryptoKey, text: Bytes, data: Bytes): Promise<Bytes> {
  const iv = crypto.getRandomValues(new Uint8Array(IV));
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: data }, key, text);
  const bytes = new Uint8Array(IV + sealed.byteLength);
  bytes.set(iv);
  bytes.set(new Uint8Array(sealed), IV);
  return bytes;
}

async function open(key: CryptoKey, bytes: Bytes, data: Bytes): Promise<Bytes | undefined> {
  const parameters = { name: 'AES-GCM', iv: bytes.subarray(0, IV), additionalData: data };
  const opened = await crypto.subtle.decrypt(parameters, key, bytes.subarray(IV)).catch(() => undefined);
  return opened && new Uint8Array(opened);
}

const aesKey = (raw: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);

const derived = (root: CryptoKey, info: string): Promise<CryptoKey> =>
  crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: encode(info) },
    root,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );

/** One ECDH per unlocked session, not per entry. */
async function meetDistrict(districtKey: string): Promise<{ session: string; wrapping: CryptoKey }> {
  const curve = { name: 'ECDH', namedCurve: 'P-256' };
  const pair = await crypto.subtle.generateKey(curve, false, ['deriveBits']);
  const district = await crypto.subtle.importKey('raw', fromBase64(districtKey), curve, false, []);
  const secret = await crypto.subtle.deriveBits({ name: 'ECDH', public: district }, pair.privateKey, 256);
  const root = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  const session = toBase64(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)));
  return { session, wrapping: await derived(root, ENTRY_INFO) };
}
