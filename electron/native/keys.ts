/**
 * The keys of this computer (docs/design: security, Keys): the parts joined. Nobody else holds the device secret or the device's key;
 * a user key lives in memory only between unlocking and `wipe`. Every change is one turn, durable before anybody relies on it.
 */
import { join } from 'node:path';
import { inOrder } from '../../shared/core/in-order.ts';
import { admit } from './admission.ts';
import type { Belonging } from './belonging.ts';
import { openCandidates } from './candidates.ts';
import { openKeyHome, type Home, type HomeOptions } from './key-home.ts';
import type { Lock } from './key-file.ts';
import { locksIn } from './key-locks.ts';
import type { Keys, Notice, Unlocked } from './key-types.ts';
import { watchLease } from './lease-watch.ts';
import { openBox } from './sealed-boxes.ts';
import { pointOf, privateKeyFrom, privateKeyOf, signingKeyIdOf, signText } from './signing.ts';
import { openTries } from './tries.ts';
import { createUnlocked } from './unlocked.ts';
import type { DeriveKey } from './user-key.ts';

export interface KeysOptions extends Omit<HomeOptions, 'now'> {
  readonly derive: DeriveKey;
  readonly now?: () => number;
  /** Milliseconds that the program has been running. */
  readonly running?: () => number;
}

const MOST_NOTICES = 50;

export async function openKeys(options: KeysOptions): Promise<Keys> {
  const { folder, derive, now = Date.now, running = () => performance.now() } = options;
  const turn = inOrder();
  const home = await openKeyHome({ ...options, now });
  const tries = await openTries(join(folder, 'tries.json'), now);
  const lease = watchLease(home, now, running);
  const candidates = await openCandidates(folder, home);

  function atHome(): Home {
    const current = home.current();
    if (!current) throw new Error('Nobody is enrolled');
    return current;
  }
  async function save(changed: Partial<Pick<Home, 'belonging' | 'locks'>>): Promise<void> {
    await home.save({ ...atHome(), ...changed });
    lease.kept();
  }
  const changeBelonging = (edit: (belonging: Belonging) => Belonging): Promise<void> =>
    turn(() => save({ belonging: edit(atHome().belonging) }));
  function noted(code: Notice['code'], person?: string): Belonging {
    const { belonging } = atHome();
    const notice = { code, at: new Date(now()).toISOString(), ...(person !== undefined && { person }) };
    return { ...belonging, notices: [...belonging.notices, notice].slice(-MOST_NOTICES) };
  }
  /** Reading must not wait for room on the disk. */
  const keepLease = async (): Promise<void> => {
    if (lease.isDue()) await save({}).catch(() => undefined);
  };

  function enter(userKey: Uint8Array, person: string): Unlocked | undefined {
    const { belonging } = atHome();
    const named = belonging.people.find(({ id }) => id === person);
    if (!named) throw new Error('Nobody of that name is enrolled');
    const lock = (): Lock => {
      const found = atHome().locks.find((one) => one.person === person);
      if (!found) throw new Error('Nobody of that name is enrolled');
      return found;
    };
    const changed = (edit: (lock: Lock) => Lock): readonly Lock[] =>
      atHome().locks.map((one) => (one.person === person ? edit(one) : one));
    return createUnlocked(userKey, {
      person: named,
      device: belonging.device.id,
      publicKey: belonging.district.publicKey,
      lock,
      change: (edit) => turn(() => save({ locks: changed(edit) })),
      isOver: (leaseDays) => lease.isOver(person, leaseDays),
      isHeldByAnother: (id) =>
        atHome().locks.some((one) => one.person !== person && one.ring.some((key) => key.id === id)),
    });
  }

  const locks = locksIn({ home, tries, derive, save, noted, enter });

  return {
    enrolled() {
      const current = home.current();
      if (!current) return undefined;
      const { district, device, people } = current.belonging;
      const hasSheet = (id: string) =>
        current.locks.some(({ person, sheet }) => person === id && sheet !== undefined);
      return {
        district,
        device: { id: device.id, label: device.label },
        people: people.map((person) => ({ ...person, hasSheet: hasSheet(person.id) })),
      };
    },
    known: home.known,
    damaged: () => home.state() === 'damaged',
    secretLost: () => home.state() === 'lost',
    keyStore: home.keyStore,
    device: {
      sign: (text) => signText(deviceKeyOf(atHome()), text),
      publicKey: () => pointOf(deviceKeyOf(atHome())),
      exchangeKey: () => pointOf(exchangeKeyOf(atHome())),
      openBox: (box, purpose) => openBox(exchangeKeyOf(atHome()), box, purpose),
      refresh: () => home.current()?.belonging.device.refresh,
      keepRefresh: (refresh, former) =>
        turn(async () => {
          const { belonging } = atHome();
          if (belonging.device.refresh !== former) return;
          await save({ belonging: { ...belonging, device: { ...belonging.device, refresh } } });
        }),
    },
    signingKeyOf: (id, author) =>
      home
        .locks()
        .filter(({ person }) => person === author)
        .flatMap(({ signingPoint, formerPoints }) => [signingPoint, ...formerPoints])
        .find((point) => signingKeyIdOf(point) === id),
    candidate: (code, app) =>
      turn(async () => {
        const { request, exchange } = await candidates.of(code, app);
        const key = privateKeyOf(Buffer.from(exchange, 'base64'));
        return { request: { ...request, app }, openBox: (box, purpose) => openBox(key, box, purpose) };
      }),
    admit: ({ candidate, ...given }) =>
      turn(async () => {
        const kept = candidates.withKey(candidate.request.person.signingKey);
        if (!kept) throw new Error('An answer without its request');
        const userKey = await admit({ ...given, kept, home, derive, now });
        lease.kept();
        // Whoever is in is in; a request too many hurts nobody.
        await candidates.drop(kept).catch(() => undefined);
        await tries.forgive(given.response.person.id);
        const unlocked = enter(userKey, given.response.person.id);
        if (!unlocked) throw new Error('A fresh lock does not open');
        return unlocked;
      }),
    unlock: (given) =>
      turn(async () => {
        const unlocked = await locks.unlock(given);
        if (unlocked.ok) await keepLease();
        return unlocked;
      }),
    changePassphrase: (given) => turn(() => locks.changePassphrase(given)),
    makeSheet: (given) => turn(() => locks.makeSheet(given)),
    useSheet: (given) => turn(() => locks.useSheet(given)),
    used: lease.used,
    renewed: ({ id, name, grants }, used) =>
      turn(async () => {
        lease.renewed(id, used);
        const { belonging } = atHome();
        const present = { id, name, grants: grants.map(({ role, area }) => ({ role, area })) };
        const people = belonging.people.map((one) => (one.id === id ? present : one));
        if (JSON.stringify(people) === JSON.stringify(belonging.people)) return keepLease();
        await save({ belonging: { ...belonging, people } });
      }),
    notices: () => home.current()?.belonging.notices ?? [],
    note: (code) => turn(() => save({ belonging: noted(code) })),
    toldNotices: (told) =>
      changeBelonging((belonging) => ({
        ...belonging,
        notices: belonging.notices.filter(
          (notice) => !told.some(({ code, at }) => code === notice.code && at === notice.at),
        ),
      })),
    destroyAll: () =>
      turn(async () => {
        await home.destroy();
        candidates.forget();
      }),
  };
}

const deviceKeyOf = ({ belonging }: Home) => privateKeyOf(Buffer.from(belonging.device.key, 'base64'));

const exchangeKeyOf = (current: Home) => {
  const { d = '' } = deviceKeyOf(current).export({ format: 'jwk' });
  return privateKeyFrom(Buffer.from(d, 'base64url'), 'linli/device-exchange/1');
};
