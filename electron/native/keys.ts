/**
 * The keys of this computer (docs/design: security, Keys). Owns the way from a passphrase to a user key:
 * Argon2id → ‖ device secret → HKDF → unwraps the user key → opens the person's token. Nobody else holds the device secret, and the
 * user key lives in memory only between `unlock` and `wipe`.
 *
 * Enrolling the same person again with the same passphrase keeps the old user key, so that what it sealed stays readable.
 */
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { DoorRefusal } from '../../shared/bridge.ts';
import { ok, refuse, type Result } from '../../shared/core/result.ts';
import { inOrder } from '../../shared/core/in-order.ts';
import { openDeviceSecret, renewDeviceSecret, type DeviceSecret, type KeyStore } from './device-secret.ts';
import {
  readKeyFile,
  setKeyFileAside,
  writeKeyFile,
  type KdfParameters,
  type KeyFileBody,
  type Lock,
} from './key-file.ts';
import { derived, open, seal } from './sealing.ts';
import { openTries } from './tries.ts';

const id = z.string().max(64);
const enrolledSchema = z.object({
  district: z.object({
    id,
    name: z.string(),
    address: z.string(),
    /** Base64 of the point; pinned for ever. */
    publicKey: z.string(),
  }),
  device: z.object({ id, label: z.string(), token: z.string() }),
  people: z.array(z.object({ id, name: z.string() })),
});
export type Enrolled = z.infer<typeof enrolledSchema>;

export interface Unlocked {
  readonly person: { readonly id: string; readonly name: string };
  readonly token: string;
  readonly userKey: Uint8Array;
}

export interface Admission {
  readonly district: Enrolled['district'];
  readonly device: Enrolled['device'];
  readonly person: { readonly id: string; readonly name: string; readonly token: string };
  readonly passphrase: string;
}

export type DeriveKey = (passphrase: string, parameters: KdfParameters) => Promise<Uint8Array>;

export interface Keys {
  readonly enrolled: () => Enrolled | undefined;
  readonly damaged: () => boolean;
  readonly keyStore: () => boolean;
  readonly admit: (admission: Admission) => Promise<Unlocked>;
  readonly unlock: (input: { person: string; passphrase: string }) => Promise<Result<Unlocked, DoorRefusal>>;
}

/** 64 MiB, three passes, one lane: above OWASP's floor, half a second on an office PC. */
const COST = { algorithm: 'argon2id', memoryKiB: 65_536, passes: 3, lanes: 1 } as const;

const SEALED = 'linli/enrolled/1';
const kekInfo = (device: string, person: string): string => `linli/kek/1|${device}|${person}`;
const userKeyData = (device: string, lock: Pick<Lock, 'person' | 'kdf'>): string =>
  `linli/user-key/1|${device}|${lock.person}|${JSON.stringify(lock.kdf)}`;
const tokenData = (device: string, person: string): string => `linli/person-token/1|${device}|${person}`;

export async function openKeys(options: {
  readonly folder: string;
  readonly keyStore: KeyStore;
  readonly derive: DeriveKey;
  readonly now?: () => number;
}): Promise<Keys> {
  const { folder, keyStore, derive, now = Date.now } = options;
  const turn = inOrder();
  await mkdir(folder, { recursive: true });
  const tries = await openTries(join(folder, 'tries.json'), now);
  let secret = await openDeviceSecret(folder, keyStore);
  let locks: readonly Lock[] = [];
  let enrolled: Enrolled | undefined;
  let damaged = false;

  const file = await readKeyFile(folder);
  if (file === 'damaged') damaged = true;
  else if (file) {
    enrolled = secret && openEnrolled(file, secret);
    damaged = enrolled === undefined;
    locks = file.locks;
  }

  async function kekOf(
    passphrase: string,
    kdf: KdfParameters,
    info: string,
    device: DeviceSecret,
  ): Promise<Buffer> {
    const fromPassphrase = await derive(passphrase.normalize('NFC'), kdf);
    const together = Buffer.concat([fromPassphrase, device.bytes]);
    const kek = derived(together, info);
    fromPassphrase.fill(0);
    together.fill(0);
    return kek;
  }

  async function userKeyOf(lock: Lock, passphrase: string): Promise<Buffer | undefined> {
    if (!secret || !enrolled) return undefined;
    const device = enrolled.device.id;
    const kek = await kekOf(passphrase, lock.kdf, kekInfo(device, lock.person), secret);
    const userKey = open(kek, Buffer.from(lock.userKey, 'base64'), userKeyData(device, lock));
    kek.fill(0);
    return userKey;
  }

  async function admit({ district, device, person, passphrase }: Admission): Promise<Unlocked> {
    if (damaged) {
      await setKeyFileAside(folder, new Date(now()).toISOString().replaceAll(':', '-'));
      locks = [];
      enrolled = undefined;
    }
    secret ??= await renewDeviceSecret(folder, keyStore);
    const before =
      enrolled?.device.id === device.id ? locks.find((lock) => lock.person === person.id) : undefined;
    const userKey = (before && (await userKeyOf(before, passphrase))) ?? randomBytes(32);

    const kdf: KdfParameters = { ...COST, salt: randomBytes(16).toString('base64') };
    const kek = await kekOf(passphrase, kdf, kekInfo(device.id, person.id), secret);
    const lock: Lock = {
      person: person.id,
      kdf,
      userKey: seal(kek, userKey, userKeyData(device.id, { person: person.id, kdf })).toString('base64'),
      token: seal(
        derived(userKey, 'linli/token-key/1'),
        Buffer.from(person.token),
        tokenData(device.id, person.id),
      ).toString('base64'),
    };
    kek.fill(0);
    const others = (enrolled?.people ?? []).filter((other) => other.id !== person.id);
    const next: Enrolled = { district, device, people: [...others, { id: person.id, name: person.name }] };
    const nextLocks = [...locks.filter((other) => other.person !== person.id), lock];
    const sealed = seal(derived(secret.bytes, SEALED), Buffer.from(JSON.stringify(next)), SEALED).toString(
      'base64',
    );
    await writeKeyFile(folder, { v: 1, sealed, locks: nextLocks });
    [enrolled, locks, damaged] = [next, nextLocks, false];
    await tries.forgive(person.id);
    return { person: { id: person.id, name: person.name }, token: person.token, userKey };
  }

  async function unlock(input: {
    person: string;
    passphrase: string;
  }): Promise<Result<Unlocked, DoorRefusal>> {
    if (damaged || !enrolled) return refuse({ code: damaged ? 'damaged-keys' : 'unknown-person' });
    const person = enrolled.people.find((one) => one.id === input.person);
    const lock = locks.find((one) => one.person === input.person);
    if (!person || !lock) return refuse({ code: 'unknown-person' });
    const notNow = await tries.begin(person.id);
    if (notNow) return refuse(notNow);
    const userKey = await userKeyOf(lock, input.passphrase);
    if (!userKey)
      return refuse({ code: tries.left(person.id) === 0 ? 'too-many-tries' : 'wrong-passphrase' });
    await tries.forgive(person.id);
    const tokenKey = derived(userKey, 'linli/token-key/1');
    const token = open(tokenKey, Buffer.from(lock.token, 'base64'), tokenData(enrolled.device.id, person.id));
    if (!token) return refuse({ code: 'damaged-keys' });
    return ok({ person, token: token.toString(), userKey });
  }

  return {
    enrolled: () => enrolled,
    damaged: () => damaged,
    keyStore: () => secret?.inKeyStore ?? keyStore.available,
    admit: (admission) => turn(() => admit(admission)),
    unlock: (input) => turn(() => unlock(input)),
  };
}

function openEnrolled(file: KeyFileBody, secret: DeviceSecret): Enrolled | undefined {
  const text = open(derived(secret.bytes, SEALED), Buffer.from(file.sealed, 'base64'), SEALED);
  return text && enrolledSchema.safeParse(JSON.parse(text.toString())).data;
}
