/**
 * A client that somebody wrote from docs/protocol.md alone: node:crypto and fetch, nothing of the project's own code. What it cannot do,
 * the page does not tell. Every answer comes back as it was read.
 */
import {
  createCipheriv,
  createDecipheriv,
  createECDH,
  createHash,
  createPublicKey,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';

export type Json = Readonly<Record<string, unknown>>;
export interface Answered {
  readonly status: number;
  readonly body: Json;
}

export interface Sending {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly token?: string;
  readonly nonce?: string;
  /** An object, or the very text. */
  readonly body?: Json | string;
}

export interface Stranger {
  /** Whatever one likes, with a valid token and proof. */
  readonly ask: (path: string, sending?: Sending) => Promise<Answered>;
  readonly enrol: (code: string) => Promise<Answered>;
  /** A token for the person, and with it everything below. */
  readonly signIn: () => Promise<Answered>;
  readonly handshake: () => Promise<Answered>;
  /** Offers a key a scope. @returns the keys that count, opened */
  readonly keys: (scopes: readonly string[]) => Promise<ReadonlyMap<string, Buffer>>;
  readonly pull: (cursors: readonly Json[], epoch: string) => Promise<Answered>;
  /** Seals, chains, signs and sends one operation; what is left out of it is filled in. */
  readonly push: (operation: Json) => Promise<Answered>;
  readonly history: (record: string) => Promise<Answered>;
  readonly isRevoked: (token: Json) => boolean;
}

const sha256 = (...parts: readonly (string | Uint8Array)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** Raw point of 65 bytes, base64 with padding. */
const pointOf = (key: KeyObject): string => {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  return Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]).toString(
    'base64',
  );
};

function newSigner() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const point = pointOf(publicKey);
  return {
    point,
    id: sha256(Buffer.from(point, 'base64')).subarray(0, 16).toString('base64url'),
    sign: (text: string) =>
      sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url'),
  };
}

const aesKey = (secret: Uint8Array, info: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), info, 32));

/** `iv ‖ ciphertext ‖ tag`. */
function seal(key: Uint8Array, content: Uint8Array, data: string): Buffer {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(data));
  return Buffer.concat([iv, cipher.update(content), cipher.final(), cipher.getAuthTag()]);
}
function open(key: Uint8Array, sealed: Buffer, data: string): Buffer {
  const cipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12)).setAAD(Buffer.from(data));
  cipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([cipher.update(sealed.subarray(12, -16)), cipher.final()]);
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
export const newId = (kind: string): string =>
  `${kind}_0${[...randomBytes(25)].map((byte) => ALPHABET[byte % 32]).join('')}`;

/** The hash of a scope that holds these records. */
export function hashOfScope(records: readonly { readonly id: string; readonly seq: number }[]): string {
  let [high, low] = [0, 0];
  for (const { id, seq } of records) {
    let [h, l] = [0xdeadbeef, 0x41c6ce57];
    for (const character of Buffer.from(`${id}|${seq}`)) {
      h = Math.imul(h ^ character, 0x9e3779b1);
      l = Math.imul(l ^ character, 0x5f356495);
    }
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b) ^ Math.imul(l ^ (l >>> 13), 0xc2b2ae35);
    l = Math.imul(l ^ (l >>> 16), 0x85ebca6b) ^ Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    [high, low] = [high ^ h, low ^ l];
  }
  return [high, low].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}

export function createStranger(url: string, { protocol }: { readonly protocol: number }): Stranger {
  const device = newSigner();
  const person = newSigner();
  const exchange = createECDH('prime256v1');
  exchange.generateKeys();
  const exchangeKey = exchange.getPublicKey('base64');
  const hello = { protocol, app: 'stranger 1' };
  let me = { device: '', person: '', district: '', districtKey: '', signingKey: '', epoch: '' };
  let refresh = '';
  let access = '';
  let end = { number: 0, hash: 'A'.repeat(43) };

  async function ask(path: string, sending: Sending = {}): Promise<Answered> {
    const { method = 'POST', token = access, body, nonce = randomBytes(16).toString('base64url') } = sending;
    const text = typeof body === 'object' ? JSON.stringify(body) : (body ?? '');
    const hash = sha256(text).toString('base64url');
    const signed = ['linli/request/1', method, path, token, nonce, hash].join('\n');
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(token !== '' && {
          authorization: `Bearer ${token}`,
          'x-linli-proof': `${nonce}.${device.sign(signed)}`,
        }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(me.district !== '' && { 'x-linli-district': me.district }),
      },
      ...(body !== undefined && { body: text }),
    });
    if (response.headers.get('x-linli-district') === null) throw new Error('not the district');
    return { status: response.status, body: (await response.json()) as Json };
  }

  /** `ephemeral point ‖ iv ‖ ciphertext ‖ tag`. */
  function box(content: Uint8Array, info: string, ...bound: readonly string[]): string {
    const ephemeral = createECDH('prime256v1');
    ephemeral.generateKeys();
    const key = aesKey(ephemeral.computeSecret(me.districtKey, 'base64'), info);
    return Buffer.concat([ephemeral.getPublicKey(), seal(key, content, [info, ...bound].join('|'))]).toString(
      'base64',
    );
  }
  function unbox(given: string, info: string, ...bound: readonly string[]): Buffer {
    const bytes = Buffer.from(given, 'base64');
    const key = aesKey(exchange.computeSecret(bytes.subarray(0, 65)), info);
    return open(key, bytes.subarray(65), [info, ...bound].join('|'));
  }

  function entryOf(operation: Json & { readonly id: string }): Json {
    const session = createECDH('prime256v1');
    session.generateKeys();
    const wrapper = aesKey(session.computeSecret(me.districtKey, 'base64'), 'linli/entry/2');
    const data = `linli/entry/2|${me.device}|${me.person}|${operation.id}`;
    const json = Buffer.from(JSON.stringify(operation));
    const [salt, contentKey] = [randomBytes(16), randomBytes(32)];
    const commitment = sha256('linli/commitment/1|', salt, sha256(json)).toString('base64url');
    const number = end.number + 1;
    const chained = ['linli/link/1', me.device, number, end.hash, me.person, operation.id, commitment];
    const hash = sha256(chained.join('|')).toString('base64url');
    const link = {
      number,
      previous: end.hash,
      hash,
      key: person.id,
      signature: person.sign(`linli/link-signature/1|${hash}`),
    };
    end = { number, hash };
    return {
      envelope: {
        v: 2,
        id: operation.id,
        device: me.device,
        author: me.person,
        session: session.getPublicKey('base64'),
        forDistrict: seal(wrapper, contentKey, data).toString('base64'),
        forAuthor: seal(randomBytes(32), contentKey, data).toString('base64'),
        commitment,
        content: seal(contentKey, Buffer.concat([salt, json]), data).toString('base64'),
      },
      link,
    };
  }

  return {
    ask,
    enrol: async (code) => {
      const nonce = randomBytes(16).toString('base64url');
      const keys = [device.point, person.point, exchangeKey];
      const text = ['linli/enrol/2', code, '', ...keys, nonce].join('\n');
      const answered = await ask('/api/enrol', {
        body: {
          ...hello,
          code,
          device: { key: device.point },
          person: { signingKey: person.point, exchangeKey },
          nonce,
          signatures: { device: device.sign(text), person: person.sign(text) },
        },
      });
      if (answered.status !== 200) return answered;
      const body = answered.body as {
        readonly device: { readonly id: string; readonly refresh: string; readonly chain: typeof end };
        readonly person: { readonly id: string };
        readonly district: Readonly<Record<'id' | 'publicKey' | 'signingKey' | 'epoch', string>>;
      };
      const { id: district, publicKey: districtKey, signingKey, epoch } = body.district;
      me = { device: body.device.id, person: body.person.id, district, districtKey, signingKey, epoch };
      ({ refresh, chain: end } = body.device);
      return answered;
    },
    signIn: async () => {
      const nonce = randomBytes(16).toString('base64url');
      const signature = person.sign(['linli/person/1', me.device, me.person, nonce].join('\n'));
      const body = { ...hello, pending: 0, person: { id: me.person, signature } };
      const answered = await ask('/api/token', { token: refresh, nonce, body });
      if (answered.status === 200)
        ({ access, refresh } = answered.body as { access: string; refresh: string });
      return answered;
    },
    handshake: () => ask('/api/handshake', { body: hello }),
    keys: async (scopes) => {
      const offers = scopes.map((scope) => {
        const id = `k_${randomBytes(12).toString('base64url')}`;
        return { scope, id, sealed: box(randomBytes(32), 'linli/escrow/1', me.device, scope, id) };
      });
      const { body } = await ask('/api/keys', { body: { offers } });
      const keys = body['keys'] as readonly Readonly<Record<'scope' | 'id' | 'wrapped', string>>[];
      return new Map(
        keys.map(({ scope, id, wrapped }) => [
          scope,
          unbox(wrapped, 'linli/scope-key/1', me.device, me.person, scope, id),
        ]),
      );
    },
    pull: (cursors, epoch) => ask('/api/pull', { body: { epoch, cursors } }),
    push: (operation) => {
      const whole = {
        v: 1,
        id: newId('operation'),
        version: 1,
        author: me.person,
        device: me.device,
        at: new Date().toISOString(),
        basis: { epoch: me.epoch, seq: 0 },
        after: [],
        ...operation,
      };
      return ask('/api/push', { body: { protocol, entries: [entryOf(whole)] } });
    },
    history: (record) => ask(`/api/history/${record}`, { method: 'GET' }),
    isRevoked: ({ revoked }) => {
      const signature = (revoked as { readonly signature?: string } | undefined)?.signature;
      if (signature === undefined) return false;
      const point = Buffer.from(me.signingKey, 'base64');
      const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'));
      const key = createPublicKey({ format: 'jwk', key: { kty: 'EC', crv: 'P-256', x: x!, y: y! } });
      const text = Buffer.from(`linli/revoked/1\n${me.device}`);
      return verify('sha256', text, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
    },
  };
}
