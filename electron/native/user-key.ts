/**
 * The ways to a user key, and what it wraps. By passphrase: Argon2id → ‖ device secret → HKDF. By recovery sheet: HKDF of its words.
 * Everything is bound to the device and the person that it belongs to, so that no lock opens in another one's place.
 */
import { randomBytes } from 'node:crypto';
import type { KdfParameters, Lock } from './key-file.ts';
import { derived, open, seal } from './sealing.ts';
import { asMeant } from './typed-code.ts';

export type DeriveKey = (passphrase: string, parameters: KdfParameters) => Promise<Uint8Array>;

export interface OpenedHere {
  readonly device: string;
  readonly secret: Uint8Array;
  readonly derive: DeriveKey;
}

/** 64 MiB, three passes, one lane: above OWASP's floor, half a second on an office PC. */
const COST = { algorithm: 'argon2id', memoryKiB: 65_536, passes: 3, lanes: 1 } as const;

/** Locked when less was asked for: raised at the next occasion. */
export const isBelowCost = ({ memoryKiB, passes }: KdfParameters): boolean =>
  memoryKiB < COST.memoryKiB || passes < COST.passes;

const keyData = (device: string, { person, kdf }: Pick<Lock, 'person' | 'kdf'>): string =>
  `linli/user-key/2|${device}|${person}|${JSON.stringify(kdf)}`;
const sheetData = (device: string, person: string): string => `linli/sheet/1|${device}|${person}`;

async function passphraseKey(
  passphrase: string,
  { person, kdf }: Pick<Lock, 'person' | 'kdf'>,
  here: OpenedHere,
): Promise<Buffer> {
  const fromPassphrase = await here.derive(passphrase.normalize('NFC'), kdf);
  const together = Buffer.concat([fromPassphrase, here.secret]);
  const key = derived(together, `linli/kek/1|${here.device}|${person}`);
  fromPassphrase.fill(0);
  together.fill(0);
  return key;
}

export async function lockUserKey(
  userKey: Uint8Array,
  person: string,
  passphrase: string,
  here: OpenedHere,
  cost: Omit<KdfParameters, 'salt'> = COST,
): Promise<Pick<Lock, 'person' | 'kdf' | 'userKey'>> {
  const lock = { person, kdf: { ...cost, salt: randomBytes(16).toString('base64') } };
  const key = await passphraseKey(passphrase, lock, here);
  const wrapped = seal(key, userKey, keyData(here.device, lock)).toString('base64');
  key.fill(0);
  return { ...lock, userKey: wrapped };
}

export async function userKeyOf(
  lock: Lock,
  passphrase: string,
  here: OpenedHere,
): Promise<Buffer | undefined> {
  const key = await passphraseKey(passphrase, lock, here);
  const userKey = open(key, Buffer.from(lock.userKey, 'base64'), keyData(here.device, lock));
  key.fill(0);
  return userKey;
}

/** Without the device secret: the sheet is for the day when other things are lost. */
const sheetKey = (words: string, salt: string): Buffer =>
  derived(Buffer.from(asMeant(words)), `linli/sheet/1|${salt}`);

export function sheetOf(
  userKey: Uint8Array,
  person: string,
  words: string,
  device: string,
): NonNullable<Lock['sheet']> {
  const salt = randomBytes(16).toString('base64');
  const wrapped = seal(sheetKey(words, salt), userKey, sheetData(device, person));
  return { salt, userKey: wrapped.toString('base64') };
}

export function userKeyBySheet({ person, sheet }: Lock, words: string, device: string): Buffer | undefined {
  if (!sheet) return undefined;
  return open(sheetKey(words, sheet.salt), Buffer.from(sheet.userKey, 'base64'), sheetData(device, person));
}

/** Seals and opens under a user key what belongs to one person at one device. Throws once it is wiped: zeroes are a key, too. */
export interface Wrapping {
  /** @param what names its place, so that nothing stands in for anything else */
  readonly wrap: (plain: Uint8Array, what: string) => string;
  readonly unwrap: (wrapped: string, what: string) => Buffer | undefined;
  readonly wipe: () => void;
}

export function wrappingOf(userKey: Uint8Array, device: string, person: string): Wrapping {
  const kept = derived(userKey, 'linli/wrapping/1');
  let isWiped = false;
  const key = (): Buffer => {
    if (isWiped) throw new Error('locked');
    return kept;
  };
  const data = (what: string): string => `linli/wrapped/1|${device}|${person}|${what}`;
  return {
    wrap: (plain, what) => seal(key(), plain, data(what)).toString('base64'),
    unwrap: (wrapped, what) => open(key(), Buffer.from(wrapped, 'base64'), data(what)),
    wipe() {
      isWiped = true;
      kept.fill(0);
    },
  };
}

export const ownKeyOf = (userKey: Uint8Array): Buffer => derived(userKey, 'linli/own/1');
