/**
 * Everybody's locks on this computer: opening them by passphrase or by recovery sheet, and giving them another passphrase. Whoever asks
 * runs one at a time (keys.ts); a try is counted before it is judged.
 */
import type { DoorRefusal } from '../../shared/bridge.ts';
import { ok, refuse, type Result } from '../../shared/core/result.ts';
import type { Lock } from './key-file.ts';
import type { Home, KeyHome } from './key-home.ts';
import type { Keys, Unlocked } from './key-types.ts';
import { newWords } from './recovery-sheet.ts';
import type { Tries } from './tries.ts';
import { isBelowCost, lockUserKey, sheetOf, userKeyBySheet, userKeyOf, type DeriveKey } from './user-key.ts';

export interface LocksOptions {
  readonly home: KeyHome;
  readonly tries: Tries;
  readonly derive: DeriveKey;
  readonly save: (changed: Partial<Pick<Home, 'belonging' | 'locks'>>) => Promise<void>;
  readonly noted: (code: 'recovery-sheet-used', person: string) => Home['belonging'];
  /** Undefined where the lock's keys are damaged. The user key is the session's from now on. */
  readonly enter: (userKey: Uint8Array, person: string) => Unlocked | undefined;
}

export type Locks = Pick<Keys, 'unlock' | 'changePassphrase' | 'makeSheet' | 'useSheet'>;

const damaged = refuse({ code: 'damaged-keys' } as const);

export function locksIn({ home, tries, derive, save, noted, enter }: LocksOptions): Locks {
  /** Where this person has a lock that could be opened now: it, and what opens it. */
  function lockHere(person: string) {
    const current = home.current();
    if (!current) return home.state() === 'never' ? refuse({ code: 'unknown-person' } as const) : damaged;
    const { belonging, locks, secret } = current;
    const isNamed = belonging.people.some(({ id }) => id === person);
    const lock = locks.find((one) => one.person === person);
    if (!isNamed || !lock) return refuse({ code: 'unknown-person' } as const);
    return ok({ lock, here: { device: belonging.device.id, secret: secret.bytes, derive } });
  }

  const withLock = (changed: Lock): readonly Lock[] =>
    home.locks().map((lock) => (lock.person === changed.person ? changed : lock));

  async function opened(person: string, passphrase: string) {
    const found = lockHere(person);
    if (!found.ok) return found;
    const notNow = await tries.begin(person);
    if (notNow) return refuse(notNow);
    const { lock, here } = found.value;
    const userKey = await userKeyOf(lock, passphrase, here);
    if (!userKey)
      return refuse({ code: tries.left(person) === 0 ? 'too-many-tries' : 'wrong-passphrase' } as const);
    await tries.forgive(person);
    return ok({ userKey, lock, here });
  }

  function entered(userKey: Buffer, person: string): Result<Unlocked, DoorRefusal> {
    const unlocked = enter(userKey, person);
    return unlocked ? ok(unlocked) : damaged;
  }

  return {
    async unlock({ person, passphrase }) {
      const open = await opened(person, passphrase);
      if (!open.ok) return open;
      const { userKey, lock, here } = open.value;
      if (isBelowCost(lock.kdf)) {
        const locked = await lockUserKey(userKey, person, passphrase, here);
        // Coming in must not wait for room on the disk.
        await save({ locks: withLock({ ...lock, ...locked }) }).catch(() => undefined);
      }
      return entered(userKey, person);
    },
    async changePassphrase({ person, old, passphrase }) {
      const open = await opened(person, old);
      if (!open.ok) return open;
      const { userKey, lock, here } = open.value;
      const locked = await lockUserKey(userKey, person, passphrase, here);
      userKey.fill(0);
      await save({ locks: withLock({ ...lock, ...locked }) });
      return ok({ changed: true });
    },
    async makeSheet({ person, passphrase }) {
      const open = await opened(person, passphrase);
      if (!open.ok) return open;
      const { userKey, lock, here } = open.value;
      const words = newWords();
      const sheet = sheetOf(userKey, person, words, here.device);
      userKey.fill(0);
      await save({ locks: withLock({ ...lock, sheet }) });
      return ok({ words });
    },
    async useSheet({ person, words, passphrase }) {
      const found = lockHere(person);
      if (!found.ok) return found;
      const { lock, here } = found.value;
      const userKey = userKeyBySheet(lock, words, here.device);
      if (!userKey) return refuse({ code: 'wrong-sheet' });
      const { sheet: _, ...rest } = lock;
      const locked = await lockUserKey(userKey, person, passphrase, here);
      await save({
        belonging: noted('recovery-sheet-used', person),
        locks: withLock({ ...rest, ...locked }),
      });
      await tries.forgive(person);
      return entered(userKey, person);
    },
  };
}
