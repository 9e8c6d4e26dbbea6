/**
 * The district's keys (security.md DPK): one to seal to, one to sign answers in files with, and what follows from the first. They are
 * made at the first start; their private halves lie in `keys/` of the data folder and nowhere else, whatever the database. Whoever
 * loses them can read no entry that is still on its way: they belong into the backup.
 *
 * Everything cryptographic that the district does stands behind `DistrictKeys`, so that a simulation can put cheap stand-ins there.
 */
import {
  createHash,
  createHmac,
  createPrivateKey,
  createSecretKey,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENTRY_INFO, entryData } from '../shared/protocol/envelope.ts';
import type { Purpose } from '../shared/protocol/sealed-box.ts';
import { writeDurably } from './durable-file.ts';
import type { OpenEnvelope } from './judge/open-envelope.ts';
import { rawPointOf } from './points.ts';
import { agreedKey, derivedKey, openBox, openText, sealBox } from './sealed-boxes.ts';
import { isSignedBy, signText } from './signatures.ts';

export interface DistrictKeys {
  /** Raw points, base64: what desks seal to, and what signs answers in files. */
  readonly publicKey: string;
  readonly signingKey: string;
  readonly open: OpenEnvelope;
  /** Undefined where the box is not for the district and this purpose, or damaged. */
  readonly openBox: (box: string, purpose: Purpose) => Uint8Array | undefined;
  /** Undefined where the receiver's point is none. */
  readonly sealBox: (content: Uint8Array, receiver: string, purpose: Purpose) => string | undefined;
  readonly sign: (text: string) => string;
  /** @param point of the signer, raw, base64; false, too, where it is none */
  readonly verify: (text: string, signature: string, point: string) => boolean;
  /** SHA-256, base64url. */
  readonly hash: (content: Uint8Array | string) => string;
  /** HMAC-SHA-256, base64url, under a key that follows from the private one: for tokens. */
  readonly mac: (text: string) => string;
}

export interface PrivateKeys {
  readonly exchange: KeyObject;
  readonly signing: KeyObject;
}

export const newPrivateKey = (): KeyObject => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

export function loadKeys(folder: string): DistrictKeys {
  mkdirSync(join(folder, 'keys'), { recursive: true, mode: 0o700 });
  return keysOf({
    exchange: keptKey(join(folder, 'keys', 'district.pem')),
    signing: keptKey(join(folder, 'keys', 'district-signing.pem')),
  });
}

function keptKey(path: string): KeyObject {
  if (!existsSync(path)) {
    writeDurably(path, newPrivateKey().export({ type: 'pkcs8', format: 'pem' }) as string);
  }
  return createPrivateKey(readFileSync(path));
}

export function keysOf({ exchange, signing }: PrivateKeys): DistrictKeys {
  const { d = '' } = exchange.export({ format: 'jwk' });
  const macKey = createSecretKey(derivedKey(Buffer.from(d, 'base64url'), 'linli/token-mac/1'));
  return {
    publicKey: rawPointOf(exchange).toString('base64'),
    signingKey: rawPointOf(signing).toString('base64'),
    open: opening(exchange),
    openBox: (box, purpose) => openBox(exchange, box, purpose),
    sealBox,
    sign: (text) => signText(signing, text),
    verify: isSignedBy,
    hash: (content) => createHash('sha256').update(content).digest('base64url'),
    mac: (text) => createHmac('sha256', macKey).update(text).digest('base64url'),
  };
}

/** One key agreement for each session of a desk, not for each entry. */
function opening(privateKey: KeyObject): OpenEnvelope {
  const wrappers = new Map<string, KeyObject>();
  const wrapperOf = (session: string): KeyObject => {
    const known = wrappers.get(session);
    if (known) return known;
    const key = createSecretKey(agreedKey(privateKey, Buffer.from(session, 'base64'), ENTRY_INFO));
    if (wrappers.size >= 500) wrappers.delete(wrappers.keys().next().value as string);
    wrappers.set(session, key);
    return key;
  };
  return (envelope) => {
    try {
      const data = entryData(envelope);
      const contentKey = openText(
        wrapperOf(envelope.session),
        Buffer.from(envelope.forDistrict, 'base64'),
        data,
      );
      return Promise.resolve(
        new Uint8Array(openText(createSecretKey(contentKey), Buffer.from(envelope.content, 'base64'), data)),
      );
    } catch {
      // A point off the curve, another key, a flipped bit: all the same to the sender.
      return Promise.resolve(undefined);
    }
  };
}
