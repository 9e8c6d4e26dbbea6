/** An unlocked person: opened from his lock with the user key, until `wipe`. */
import type { KeyObject } from 'node:crypto';
import { userKeyEscrowOf } from '../../shared/protocol/sealed-box.ts';
import { unescrowed, type Lock } from './key-file.ts';
import type { Unlocked } from './key-types.ts';
import { openRing, type RingOptions } from './ring.ts';
import { openBox, sealTo } from './sealed-boxes.ts';
import { privateKeyOf, signText, signingKeyIdOf } from './signing.ts';
import { ownKeyOf, wrappingOf, type Wrapping } from './user-key.ts';

export interface UnlockedOptions extends Omit<RingOptions, 'wrapping'> {
  readonly person: { readonly id: string; readonly name: string };
  readonly device: string;
  /** The district's point. */
  readonly publicKey: string;
}

/** Both private keys under the user key, as they stand in the lock. */
export const wrapPair = (
  wrapping: Wrapping,
  signing: Uint8Array,
  exchange: Uint8Array,
): Pick<Lock, 'signing' | 'exchange'> => ({
  signing: wrapping.wrap(signing, 'signing'),
  exchange: wrapping.wrap(exchange, 'exchange'),
});

export const opensLock = (wrapping: Wrapping, lock: Lock): boolean =>
  wrapping.unwrap(lock.signing, 'signing') !== undefined;

/** @param userKey is this session's from now on, and zeroed when it ends; undefined: the lock's keys are damaged */
export function createUnlocked(userKey: Uint8Array, options: UnlockedOptions): Unlocked | undefined {
  const { person, device, publicKey, lock, change } = options;
  const wrapping = wrappingOf(userKey, device, person.id);
  const keyIn = (wrapped: string, what: string): KeyObject | undefined => {
    const pkcs8 = wrapping.unwrap(wrapped, what);
    const key = pkcs8 && privateKeyOf(pkcs8);
    pkcs8?.fill(0);
    return key;
  };
  let signing = keyIn(lock().signing, 'signing');
  let exchange = keyIn(lock().exchange, 'exchange');
  if (!signing || !exchange) return undefined;
  const ownKey = ownKeyOf(userKey);
  const ring = openRing({ ...options, wrapping });
  return {
    person,
    ownKey,
    signing: {
      id: signingKeyIdOf(lock().signingPoint),
      sign: (text) => {
        if (!signing) throw new Error('locked');
        return signText(signing, text);
      },
    },
    openBox: (box, purpose) => exchange && openBox(exchange, box, purpose),
    userKeyBox() {
      if (!exchange || lock().escrowed) return undefined;
      return sealTo(publicKey, userKey, userKeyEscrowOf(device, person.id));
    },
    userKeyEscrowed: () => change((now) => ({ ...now, escrowed: true })),
    async heardEpoch(epoch) {
      if (epoch === lock().epoch) return;
      await change((now) => ({ ...now, epoch, escrowed: false, ring: unescrowed(now.ring) }));
      ring.forgetEscrow();
    },
    ring,
    wipe() {
      signing = exchange = undefined;
      userKey.fill(0);
      ownKey.fill(0);
      wrapping.wipe();
      ring.wipe();
    },
  };
}
