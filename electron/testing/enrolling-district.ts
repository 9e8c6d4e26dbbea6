/**
 * The district's side of enrolment and scope keys, with real keys, written from the descriptions in shared/protocol alone (WebCrypto, no
 * line of the desk's own cryptography): what both sides agree on here, they agree on by the book.
 */
import { enrolText, enrolmentAnswerText } from '../../shared/protocol/signing.ts';
import type { EnrolRequest, EnrolResponse, EnrolmentAnswerFile } from '../../shared/protocol/enrolment.ts';
import type { KeysRequest, KeysResponse } from '../../shared/protocol/messages.ts';
import {
  deliveryOf,
  enrolmentAnswerOf,
  escrowOf,
  userKeyEscrowOf,
  userKeyReturnOf,
  type Purpose,
} from '../../shared/protocol/sealed-box.ts';

const { subtle } = globalThis.crypto;
const ECDH = { name: 'ECDH', namedCurve: 'P-256' };
const ECDSA = { name: 'ECDSA', namedCurve: 'P-256' };
const SIGNATURE = { name: 'ECDSA', hash: 'SHA-256' };
const text = (value: string) => new TextEncoder().encode(value);
const base64 = (bytes: ArrayBuffer | Uint8Array) => Buffer.from(bytes as Uint8Array).toString('base64');

export const rawPoint = async (key: CryptoKey): Promise<string> => base64(await subtle.exportKey('raw', key));

export async function isSigned(point: string, what: string, signature: string): Promise<boolean> {
  const key = await subtle.importKey('raw', Buffer.from(point, 'base64'), ECDSA, false, ['verify']);
  return subtle.verify(SIGNATURE, key, Buffer.from(signature, 'base64url'), text(what));
}

async function boxKey(privateKey: CryptoKey, publicKey: CryptoKey, info: string): Promise<CryptoKey> {
  const shared = await subtle.deriveBits({ name: 'ECDH', public: publicKey }, privateKey, 256);
  const secret = await subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey']);
  const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: text(info) };
  return subtle.deriveKey(hkdf, secret, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

async function boxFor(point: string, plain: Uint8Array<ArrayBuffer>, { info, data }: Purpose) {
  const receiver = await subtle.importKey('raw', Buffer.from(point, 'base64'), ECDH, false, []);
  const ephemeral = await subtle.generateKey(ECDH, true, ['deriveBits']);
  const iv = globalThis.crypto.getRandomValues(new Uint8Array(12));
  const key = await boxKey(ephemeral.privateKey, receiver, info);
  const sealed = await subtle.encrypt({ name: 'AES-GCM', iv, additionalData: text(data) }, key, plain);
  const parts = [await subtle.exportKey('raw', ephemeral.publicKey), iv, sealed];
  return base64(Buffer.concat(parts.map((part) => new Uint8Array(part))));
}

async function openedBox(privateKey: CryptoKey, box: string, { info, data }: Purpose) {
  const bytes = Uint8Array.from(Buffer.from(box, 'base64'));
  const sender = await subtle.importKey('raw', bytes.slice(0, 65), ECDH, false, []);
  const key = await boxKey(privateKey, sender, info);
  const gcm = { name: 'AES-GCM', iv: bytes.slice(65, 77), additionalData: text(data) };
  return new Uint8Array(await subtle.decrypt(gcm, key, bytes.slice(77)));
}

export async function enrollingDistrict(id = 'district_01J00000000000000000000310', name = '徐汇区') {
  const exchange = await subtle.generateKey(ECDH, true, ['deriveBits']);
  const signing = await subtle.generateKey(ECDSA, true, ['sign', 'verify']);
  const [publicKey, signingKey] = [await rawPoint(exchange.publicKey), await rawPoint(signing.publicKey)];
  const devices: string[] = [];
  const userKeys = new Map<string, Uint8Array<ArrayBuffer>>();
  const exchangeKeys = new Map<string, string>();
  const scopeKeys = new Map<string, { id: string; key: Uint8Array<ArrayBuffer> }>();
  let refreshes = 0;

  async function answer(
    request: EnrolRequest,
    person: { readonly id: string; readonly name: string },
  ): Promise<EnrolResponse> {
    const { code, device, nonce, signatures } = request;
    const { signingKey: theirs, exchangeKey } = request.person;
    const said = enrolText({
      code,
      device: device.id,
      deviceKey: device.key,
      signingKey: theirs,
      exchangeKey,
      nonce,
    });
    if (!(await isSigned(device.key, said, signatures.device))) throw new Error('device did not sign');
    if (!(await isSigned(theirs, said, signatures.person))) throw new Error('person did not sign');
    const known = device.id ?? `device_${String(devices.length + 7).padStart(26, '0')}`;
    if (!devices.includes(known)) devices.push(known);
    exchangeKeys.set(`${known}|${person.id}`, exchangeKey);
    const userKey = userKeys.get(`${known}|${person.id}`);
    return {
      device: {
        id: known,
        label: `D${devices.indexOf(known) + 7}`,
        refresh: `refresh-${++refreshes}`,
        chain: { number: 0, hash: 'A'.repeat(43) },
      },
      person: {
        ...person,
        grants: [],
        ...(userKey && { userKey: await boxFor(exchangeKey, userKey, userKeyReturnOf(known, person.id)) }),
      },
      district: { id, name, epoch: 'epoch_1', publicKey, signingKey },
    };
  }

  /** @param mayRead which scopes this person may read */
  async function keys(
    device: string,
    person: string,
    request: KeysRequest,
    mayRead: (scope: string) => boolean = () => true,
  ): Promise<KeysResponse> {
    if (request.userKey !== undefined) {
      const userKey = await openedBox(exchange.privateKey, request.userKey, userKeyEscrowOf(device, person));
      userKeys.set(`${device}|${person}`, userKey);
    }
    const delivered: KeysResponse['keys'] = [];
    for (const { scope, id: offeredId, sealed } of request.offers) {
      if (!mayRead(scope)) continue;
      const place = `${device}|${scope}`;
      const offered = await openedBox(exchange.privateKey, sealed, escrowOf(device, scope, offeredId));
      const won = scopeKeys.get(place) ?? { id: offeredId, key: offered };
      scopeKeys.set(place, won);
      const to = exchangeKeys.get(`${device}|${person}`) ?? '';
      const wrapped = await boxFor(to, won.key, deliveryOf(device, person, scope, won.id));
      delivered.push({ scope, id: won.id, wrapped, leaseDays: scope.startsWith('readers/') ? 14 : 30 });
    }
    return { keys: delivered };
  }

  async function answerFile(
    request: EnrolRequest,
    person: { readonly id: string; readonly name: string },
    { address, expiresAt }: { readonly address: string; readonly expiresAt: string },
  ): Promise<EnrolmentAnswerFile> {
    const plain = text(JSON.stringify({ answer: await answer(request, person), address, expiresAt }));
    const deviceKey = request.device.key;
    const sealed = await boxFor(request.person.exchangeKey, plain, enrolmentAnswerOf(deviceKey));
    const hash = Buffer.from(await subtle.digest('SHA-256', text(sealed))).toString('base64url');
    const signature = await subtle.sign(SIGNATURE, signing.privateKey, text(enrolmentAnswerText(hash)));
    return {
      kind: 'linli-enrolment-answer',
      v: 1,
      deviceKey,
      signingKey,
      signature: Buffer.from(signature).toString('base64url'),
      sealed,
    };
  }

  return { id, name, publicKey, signingKey, userKeys, scopeKeys, answer, keys, answerFile };
}

export type EnrollingDistrict = Awaited<ReturnType<typeof enrollingDistrict>>;
