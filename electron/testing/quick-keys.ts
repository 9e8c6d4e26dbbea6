/** Keys with a cheap derivation behind the port: the real one is tested once, because it is meant to be slow. */
import { createHash } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KeyStore } from '../native/device-secret.ts';
import type { Keys, Unlocked } from '../native/key-types.ts';
import { openKeys } from '../native/keys.ts';
import type { DeriveKey } from '../native/user-key.ts';
import type { EnrollingDistrict } from './enrolling-district.ts';

export const quickDerive: DeriveKey = (passphrase, { salt }) =>
  Promise.resolve(new Uint8Array(createHash('sha256').update(`${salt}|${passphrase}`).digest()));

export const noKeyStore: KeyStore = {
  available: false,
  encrypt: () => {
    throw new Error('no key store here');
  },
  decrypt: () => {
    throw new Error('no key store here');
  },
};

/** Stands for the operating system's: it can read back what it wrote, in this account only. */
export const keyStoreOf = (account: string): KeyStore => ({
  available: true,
  encrypt: (text) => Buffer.from(`${account}:${Buffer.from(text).toString('hex')}`),
  decrypt: (sealed) => {
    const [whose, hex = ''] = sealed.toString().split(':');
    if (whose !== account) throw new Error('another account');
    return Buffer.from(hex, 'hex').toString();
  },
});

/** A computer's profile on a real disk, whose clocks stand still until they are told to move. */
export async function quickComputer() {
  const profile = await mkdtemp(join(tmpdir(), 'linli-computer-'));
  const clocks = { wall: Date.parse('2026-03-02T01:00:00Z'), running: 0 };
  const folder = join(profile, 'keys');
  const mirror = join(profile, 'journal', 'keys.mirror.json');
  return {
    profile,
    folder,
    mirror,
    clocks,
    open: (keyStore: KeyStore = noKeyStore): Promise<Keys> =>
      openKeys({
        folder,
        mirror,
        keyStore,
        derive: quickDerive,
        now: () => clocks.wall,
        running: () => clocks.running,
      }),
  };
}
export type QuickComputer = Awaited<ReturnType<typeof quickComputer>>;

const ADDRESS = 'http://127.0.0.1:4100';

/** Enrols through the district's answer, as the door does. */
export async function comeIn(
  keys: Keys,
  district: EnrollingDistrict,
  person: { readonly id: string; readonly name: string },
  passphrase: string,
  code = 'ABCDE12345',
): Promise<Unlocked> {
  const candidate = await keys.candidate(code, '0.1.0');
  const response = await district.answer(candidate.request, person);
  return keys.admit({ response, candidate, address: ADDRESS, passphrase });
}
