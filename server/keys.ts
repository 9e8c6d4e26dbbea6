/**
 * The district's key pair (security.md DPK): made at the first start, its private half in `keys/` of the data folder and nowhere
 * else, whatever the database. Whoever loses it can read no entry that is still on its way: it belongs into the backup.
 *
 * Opening an entry: ECDH P-256(private, session point) → HKDF-SHA-256(salt empty, info `linli/entry/1`) → AES-256-GCM opens
 * `forDistrict` to the content key, which opens `content`; associated data `linli/entry/1|<device>|<id>` both times.
 */
import {
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { ENTRY_INFO, entryData } from '../shared/protocol/envelope.ts';
import type { DistrictKeys } from './district.ts';

export function loadKeys(folder: string): DistrictKeys {
  const path = join(folder, 'keys', 'district.pem');
  if (!existsSync(path)) {
    mkdirSync(join(folder, 'keys'), { recursive: true, mode: 0o700 });
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    writeDurably(path, privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);
  }
  return keysOf(createPrivateKey(readFileSync(path)));
}

export function keysOf(privateKey: KeyObject): DistrictKeys {
  const wrappers = new Map<string, Buffer>();
  const wrapperOf = (session: string): Buffer => {
    const known = wrappers.get(session);
    if (known) return known;
    const secret = diffieHellman({ privateKey, publicKey: publicKeyOf(session) });
    const key = Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), ENTRY_INFO, 32));
    if (wrappers.size >= 500) wrappers.delete(wrappers.keys().next().value as string);
    wrappers.set(session, key);
    return key;
  };
  return {
    publicKey: rawPointOf(createPublicKey(privateKey)),
    open: ({ device, id, session, forDistrict, content }) => {
      try {
        const data = Buffer.from(entryData(device, id));
        const contentKey = openText(wrapperOf(session), Buffer.from(forDistrict, 'base64'), data);
        return Promise.resolve(new Uint8Array(openText(contentKey, Buffer.from(content, 'base64'), data)));
      } catch {
        // A point off the curve, another key, a flipped bit: all the same to the sender.
        return Promise.resolve(undefined);
      }
    },
  };
}

/** `iv (12) ‖ ciphertext ‖ tag (16)`. */
function openText(key: Buffer, sealed: Buffer, data: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12));
  decipher.setAAD(data);
  decipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
}

function publicKeyOf(rawPoint: string): KeyObject {
  const point = Buffer.from(rawPoint, 'base64');
  if (point.length !== 65 || point[0] !== 4) throw new Error('not an uncompressed point');
  const part = (from: number): string => point.subarray(from, from + 32).toString('base64url');
  return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: part(1), y: part(33) }, format: 'jwk' });
}

function rawPointOf(key: KeyObject): string {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  return Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]).toString(
    'base64',
  );
}

/** The file is there whole or not at all, also after a power cut. */
export function writeDurably(path: string, text: string): void {
  const file = openSync(`${path}.new`, 'w', 0o600);
  writeSync(file, text);
  fsyncSync(file);
  closeSync(file);
  renameSync(`${path}.new`, path);
}
