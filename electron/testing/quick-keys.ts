/** Keys with a cheap derivation behind the port: the real one is tested once, because it is meant to be slow. */
import { createHash } from 'node:crypto';
import type { KeyStore } from '../native/device-secret.ts';
import type { Admission, DeriveKey } from '../native/keys.ts';
import { zhouMin } from './envelopes.ts';

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

export const admission = (passphrase: string, changed: Partial<Admission> = {}): Admission => ({
  district: {
    id: 'district_01J00000000000000000000310',
    name: '徐汇区',
    address: 'http://127.0.0.1:4100',
    publicKey: Buffer.alloc(65, 4).toString('base64'),
  },
  device: { id: 'device_01J00000000000000000000007', label: 'D7', token: 'device-token-7' },
  person: { ...zhouMin, token: 'token-of-zhou-min' },
  passphrase,
  ...changed,
});
