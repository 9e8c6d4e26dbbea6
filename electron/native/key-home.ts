/**
 * The key file of this computer and the secret that opens it, as one thing with four states: never enrolled, at home, whole but without
 * its secret, damaged. Every change is durable before it counts. Nothing that may be readable another day is overwritten.
 */
import { mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openBelonging, sealBelonging, type Belonging } from './belonging.ts';
import {
  makeNextSecret,
  promoteNextSecret,
  readDeviceSecrets,
  type DeviceSecret,
  type KeyStore,
} from './device-secret.ts';
import {
  keyFilesIn,
  readKeyFile,
  setKeyFilesAside,
  writeKeyFile,
  type KeyFileBody,
  type KeyPlaces,
  type Lock,
} from './key-file.ts';
import type { Known } from './key-types.ts';

export interface HomeOptions extends KeyPlaces {
  readonly keyStore: KeyStore;
  /** Wall clock, milliseconds since 1970. */
  readonly now: () => number;
}

/** What is open while this computer is enrolled and its secret is here. */
export interface Home {
  readonly secret: DeviceSecret;
  readonly belonging: Belonging;
  readonly locks: readonly Lock[];
}

export interface KeyHome {
  readonly current: () => Home | undefined;
  readonly state: () => 'never' | 'home' | 'lost' | 'damaged';
  /** What outlives the device secret. */
  readonly known: () => Known | undefined;
  /** Also those whose secret is lost: they belong to the device. */
  readonly locks: () => readonly Lock[];
  readonly keyStore: () => boolean;
  readonly secrets: () => readonly DeviceSecret[];
  /** The secret to seal under from now on. */
  readonly secretToUse: () => Promise<DeviceSecret>;
  readonly save: (next: Home) => Promise<void>;
  /** In memory alone, until the next `save`. */
  readonly note: (lease: Belonging['lease']) => void;
  readonly setAside: () => Promise<void>;
  readonly destroy: () => Promise<void>;
}

export async function openKeyHome({ folder, mirror, keyStore, now }: HomeOptions): Promise<KeyHome> {
  const places = { folder, mirror };
  const stamp = (): string => new Date(now()).toISOString().replaceAll(':', '-');
  await mkdir(folder, { recursive: true });
  await mkdir(dirname(mirror), { recursive: true });
  let secrets = await readDeviceSecrets(folder, keyStore);
  let file = await readKeyFile(places);
  let current = await homeOf(file);

  async function homeOf(body: typeof file): Promise<Home | undefined> {
    if (!body || body === 'damaged') return undefined;
    for (const secret of secrets) {
      const belonging = openBelonging(secret.bytes, body.sealed);
      if (belonging) return { secret: await inForce(secret), belonging, locks: body.locks };
    }
    return undefined;
  }

  async function inForce(secret: DeviceSecret): Promise<DeviceSecret> {
    if (!secret.isNext) return secret;
    await promoteNextSecret(folder, stamp());
    const promoted = { ...secret, isNext: false };
    secrets = [promoted];
    return promoted;
  }

  return {
    current: () => current,
    state: () => (current ? 'home' : file === 'damaged' ? 'damaged' : file ? 'lost' : 'never'),
    known() {
      if (!file || file === 'damaged') return undefined;
      const { device, district, publicKey, signingKey } = file;
      return { device, district, publicKey, signingKey };
    },
    locks: () => (file === 'damaged' ? [] : (file?.locks ?? [])),
    keyStore: () => current?.secret.inKeyStore ?? keyStore.available,
    secrets: () => secrets,
    async secretToUse() {
      if (current) return current.secret;
      const next = secrets.find(({ isNext }) => isNext) ?? (await makeNextSecret(folder, keyStore));
      secrets = [...secrets.filter(({ isNext }) => !isNext), next];
      return next;
    },
    async save({ secret, belonging, locks }) {
      const body: KeyFileBody = {
        v: 2,
        device: belonging.device.id,
        district: belonging.district.id,
        publicKey: belonging.district.publicKey,
        signingKey: belonging.district.signingKey,
        sealed: sealBelonging(secret.bytes, belonging),
        locks: [...locks],
      };
      const before = current;
      await writeKeyFile(places, body);
      file = body;
      // The disk takes its time: what the lease has counted meanwhile stays counted.
      const meanwhile = current === before ? {} : usedIn(current);
      current = { secret, belonging: { ...belonging, lease: { ...belonging.lease, ...meanwhile } }, locks };
      current = { ...current, secret: await inForce(secret) };
    },
    note(lease) {
      if (current) current = { ...current, belonging: { ...current.belonging, lease } };
    },
    setAside: () => setKeyFilesAside(places, stamp()),
    async destroy() {
      // First copy and secret go last: a start after a crash is still this computer, hears again that it is revoked, and goes on.
      const [first = ''] = keyFilesIn(places);
      const others = (await readdir(folder)).filter(
        (name) => !/^(keys|device-secret(\.next)?)\.json$/.test(name),
      );
      for (const path of [mirror, `${mirror}.new`]) await rm(path, { force: true });
      for (const name of others) await rm(join(folder, name), { recursive: true, force: true });
      await rm(first, { force: true });
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { recursive: true });
      [file, current, secrets] = [undefined, undefined, []];
    },
  };
}

const usedIn = (home: Home | undefined): Partial<Pick<Belonging['lease'], 'used' | 'wall'>> =>
  home ? { used: home.belonging.lease.used, wall: home.belonging.lease.wall } : {};
