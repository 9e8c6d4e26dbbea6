/**
 * The keys of this computer (docs/design: security, Keys): the parts joined. Nobody else holds the device secret or the device's key;
 * a user key lives in memory only between unlocking and `wipe`. Every change is one turn, durable before anybody relies on it.
 */
import { join } from 'node:path';
import { inOrder } from '../../shared/core/in-order.ts';
import { ok, refuse, type Result } from '../../shared/core/result.ts';
import type { DoorRefusal } from '../../shared/bridge.ts';
import { admit } from './admission.ts';
import type { Belonging } from './belonging.ts';
import { dropCandidates, newCandidate, readCandidates, writeCandidates } from './candidates.ts';
import { openKeyHome, type Home, type HomeOptions } from './key-home.ts';
import type { Lock } from './key-file.ts';
import type { Candidate, Keys, Unlocked } from './key-types.ts';
import { watchLease } from './lease-watch.ts';
import { newWords } from './recovery-sheet.ts';
import { openBox } from './sealed-boxes.ts';
import { pointOf, privateKeyOf, signingKeyIdOf, signText } from './signing.ts';
import { openTries } from './tries.ts';
import { createUnlocked } from './unlocked.ts';
import { isBelowCost, lockUserKey, sheetOf, userKeyBySheet, userKeyOf, type DeriveKey } from './user-key.ts';

export interface KeysOptions extends Omit<HomeOptions, 'now'> {
  readonly derive: DeriveKey;
  readonly now?: () => number;
  /** Milliseconds that the program has been running. */
  readonly running?: () => number;
}

type Refused = Result<never, DoorRefusal>;
const damaged: Refused = refuse({ code: 'damaged-keys' });

export async function openKeys(options: KeysOptions): Promise<Keys> {
  const { folder, derive, now = Date.now, running = () => performance.now() } = options;
  const turn = inOrder();
  const home = await openKeyHome({ ...options, now });
  const tries = await openTries(join(folder, 'tries.json'), now);
  const lease = watchLease(home, now, running);
  let candidates = (
    await Promise.all(home.secrets().map(({ bytes }) => readCandidates(folder, bytes)))
  ).flat();

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
  const withLock = (changed: Lock): readonly Lock[] =>
    atHome().locks.map((lock) => (lock.person === changed.person ? changed : lock));
  const here = () => ({
    device: atHome().belonging.device.id,
    secret: atHome().secret.bytes,
    derive,
  });

  function lockOf(person: string): Lock {
    const lock = atHome().locks.find((one) => one.person === person);
    if (!lock) throw new Error('Nobody of that name is enrolled');
    return lock;
  }

  /** @param userKey is the session's from now on */
  function enter(userKey: Uint8Array, person: string): Unlocked | undefined {
    const { belonging } = atHome();
    const named = belonging.people.find(({ id }) => id === person);
    if (!named) throw new Error('Nobody of that name is enrolled');
    return createUnlocked(userKey, {
      person: named,
      device: belonging.device.id,
      publicKey: belonging.district.publicKey,
      lock: () => lockOf(person),
      change: (edit) => turn(() => save({ locks: withLock(edit(lockOf(person))) })),
      isOver: (leaseDays) => lease.isOver(person, leaseDays),
      isHeldByAnother: (id) =>
        atHome().locks.some((lock) => lock.person !== person && lock.ring.some((key) => key.id === id)),
    });
  }

  /** Why this person has no lock that could be opened now. */
  function unknown(person: string): Refused | undefined {
    const current = home.current();
    if (!current) return home.state() === 'never' ? refuse({ code: 'unknown-person' }) : damaged;
    const isKnown =
      current.belonging.people.some(({ id }) => id === person) &&
      current.locks.some((lock) => lock.person === person);
    return isKnown ? undefined : refuse({ code: 'unknown-person' });
  }

  async function opened(person: string, passphrase: string): Promise<Result<Buffer, DoorRefusal>> {
    const refused = unknown(person);
    if (refused) return refused;
    const notNow = await tries.begin(person);
    if (notNow) return refuse(notNow);
    const userKey = await userKeyOf(lockOf(person), passphrase, here());
    if (!userKey) return refuse({ code: tries.left(person) === 0 ? 'too-many-tries' : 'wrong-passphrase' });
    await tries.forgive(person);
    return ok(userKey);
  }

  const changeLock = async (userKey: Buffer, changed: Lock): Promise<void> => {
    await save({ locks: withLock(changed) });
    userKey.fill(0);
  };
  const unlockedBy = (userKey: Buffer, person: string): Result<Unlocked, DoorRefusal> => {
    const unlocked = enter(userKey, person);
    return unlocked ? ok(unlocked) : damaged;
  };
  async function raiseCost(userKey: Buffer, person: string, passphrase: string): Promise<void> {
    const lock = lockOf(person);
    if (!isBelowCost(lock.kdf)) return;
    const locked = await lockUserKey(userKey, person, passphrase, here());
    await save({ locks: withLock({ ...lock, ...locked }) }).catch(() => undefined);
  }
  /** Reading must not wait for room on the disk. */
  const keepLease = async (): Promise<void> => {
    if (lease.isDue()) await save({}).catch(() => undefined);
  };

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
        people: people.map(({ id, name }) => ({ id, name, hasSheet: hasSheet(id) })),
      };
    },
    known: home.known,
    damaged: () => home.state() === 'damaged',
    secretLost: () => home.state() === 'lost',
    keyStore: home.keyStore,
    device: {
      sign: (text) => signText(deviceKeyOf(atHome()), text),
      publicKey: () => pointOf(deviceKeyOf(atHome())),
      refresh: () => home.current()?.belonging.device.refresh,
      keepRefresh: (refresh) =>
        changeBelonging((belonging) => ({ ...belonging, device: { ...belonging.device, refresh } })),
    },
    signingKeyOf: (id) =>
      home
        .locks()
        .flatMap(({ signingPoint, formerPoints }) => [signingPoint, ...formerPoints])
        .find((point) => signingKeyIdOf(point) === id),
    candidate: (code, app) =>
      turn(async () => {
        const current = home.current();
        const key = current && Buffer.from(current.belonging.device.key, 'base64');
        const point = key && pointOf(privateKeyOf(key));
        const id = home.known()?.device;
        const known = candidates.find(
          ({ request }) =>
            request.code === code &&
            request.device.id === id &&
            (point === undefined || request.device.key === point),
        );
        const kept = known ?? newCandidate(code, app, { id, key });
        if (!known) {
          const others = candidates.filter(({ request }) => (request.code === '') !== (code === ''));
          const next = [...others, kept];
          await writeCandidates(folder, (await home.secretToUse()).bytes, next);
          candidates = next;
        }
        const exchange = privateKeyOf(Buffer.from(kept.exchange, 'base64'));
        return {
          request: { ...kept.request, app },
          openBox: (box, purpose) => openBox(exchange, box, purpose),
        } satisfies Candidate;
      }),
    admit: ({ candidate, ...given }) =>
      turn(async () => {
        const { signingKey } = candidate.request.person;
        const kept = candidates.find(({ request }) => request.person.signingKey === signingKey);
        if (!kept) throw new Error('An answer without its request');
        const userKey = await admit({ ...given, kept, home, derive, now });
        lease.kept();
        await dropCandidates(folder);
        candidates = [];
        await tries.forgive(given.response.person.id);
        const unlocked = enter(userKey, given.response.person.id);
        if (!unlocked) throw new Error('A fresh lock does not open');
        return unlocked;
      }),
    unlock: ({ person, passphrase }) =>
      turn(async () => {
        const userKey = await opened(person, passphrase);
        if (!userKey.ok) return userKey;
        await raiseCost(userKey.value, person, passphrase);
        await keepLease();
        return unlockedBy(userKey.value, person);
      }),
    changePassphrase: ({ person, old, passphrase }) =>
      turn(async () => {
        const userKey = await opened(person, old);
        if (!userKey.ok) return userKey;
        const locked = await lockUserKey(userKey.value, person, passphrase, here());
        await changeLock(userKey.value, { ...lockOf(person), ...locked });
        return ok({ changed: true });
      }),
    makeSheet: ({ person, passphrase }) =>
      turn(async () => {
        const userKey = await opened(person, passphrase);
        if (!userKey.ok) return userKey;
        const words = newWords();
        const sheet = sheetOf(userKey.value, person, words, here().device);
        await changeLock(userKey.value, { ...lockOf(person), sheet });
        return ok({ words });
      }),
    useSheet: ({ person, words, passphrase }) =>
      turn(async () => {
        const refused = unknown(person);
        if (refused) return refused;
        const { sheet: _, ...lock } = lockOf(person);
        const userKey = userKeyBySheet(lockOf(person), words, here().device);
        if (!userKey) return refuse({ code: 'wrong-sheet' });
        const locked = await lockUserKey(userKey, person, passphrase, here());
        const { belonging } = atHome();
        const at = new Date(now()).toISOString();
        const notice = { code: 'recovery-sheet-used', at, person } as const;
        await save({
          belonging: { ...belonging, notices: [...belonging.notices, notice].slice(-50) },
          locks: withLock({ ...lock, ...locked }),
        });
        await tries.forgive(person);
        return unlockedBy(userKey, person);
      }),
    renewed: (person) =>
      turn(async () => {
        lease.renewed(person.id);
        const { belonging } = atHome();
        const isNamed = belonging.people.some(({ id, name }) => id === person.id && name === person.name);
        if (isNamed) return keepLease();
        const people = belonging.people.map((one) =>
          one.id === person.id ? { id: one.id, name: person.name } : one,
        );
        await save({ belonging: { ...belonging, people } });
      }),
    notices: () => home.current()?.belonging.notices ?? [],
    note: (code) =>
      changeBelonging((belonging) => ({
        ...belonging,
        notices: [...belonging.notices, { code, at: new Date(now()).toISOString() }].slice(-50),
      })),
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
        candidates = [];
      }),
  };
}

const deviceKeyOf = ({ belonging }: Home) => privateKeyOf(Buffer.from(belonging.device.key, 'base64'));
