/**
 * One person's scope keys on this computer. They lie wrapped under the user key in that person's lock; here they are open from
 * unlocking to locking. Whether a key may be given out is the lease's to say; the key stays either way, for the next contact.
 */
import { z } from 'zod';
import { keyId } from '../../shared/protocol/encoding.ts';
import type { Lock } from './key-file.ts';
import type { Ring, RingKey } from './key-types.ts';
import type { Wrapping } from './user-key.ts';

const entrySchema = z.object({
  scope: z.string(),
  leaseDays: z.number().int(),
});
const leftSchema = z.array(z.string());

export interface RingOptions {
  readonly lock: () => Lock;
  /** Durable when it returns. */
  readonly change: (edit: (lock: Lock) => Lock) => Promise<void>;
  readonly wrapping: Wrapping;
  readonly isOver: (leaseDays: number) => boolean;
  /** Whether another person's lock on this computer holds the key. */
  readonly isHeldByAnother: (id: string) => boolean;
}

export interface OpenRing extends Ring {
  /** As the lock has it now. */
  readonly forgetEscrow: () => void;
  readonly wipe: () => void;
}

/** The key stands in front of the JSON as bytes: a text could not be wiped from memory. */
const KEY_BYTES = 32;
/** A copy that can be wiped: V8 moves small arrays of its own heap about and leaves their former places as they were. */
function kept(key: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(new ArrayBuffer(key.length));
  copy.set(key);
  return copy;
}
const placeOf = (id: string): string => `scope-key|${id}`;

export function openRing({ lock, change, wrapping, isOver, isHeldByAnother }: RingOptions): OpenRing {
  let entries: readonly RingKey[] = lock().ring.flatMap(({ id, wrapped, escrowed }) => {
    const text = wrapping.unwrap(wrapped, placeOf(id));
    if (!text) return [];
    const key = kept(text.subarray(0, KEY_BYTES));
    const { scope, leaseDays } = entrySchema.parse(JSON.parse(text.subarray(KEY_BYTES).toString()));
    text.fill(0);
    return [{ scope, id: keyId.parse(id), key, leaseDays, escrowed }];
  });

  let isWiped = false;

  /** An id is one key for ever: another one under it would destroy the first. */
  const isOwnId = ({ id, scope, key }: RingKey): boolean =>
    entries.every((one) => one.id !== id || (one.scope === scope && Buffer.compare(one.key, key) === 0));

  const wrapped = ({ scope, id, key, leaseDays, escrowed }: RingKey): Lock['ring'][number] => {
    const text = Buffer.concat([key, Buffer.from(JSON.stringify({ scope, leaseDays }))]);
    const entry = { id, wrapped: wrapping.wrap(text, placeOf(id)), escrowed };
    text.fill(0);
    return entry;
  };

  function left(): readonly string[] {
    const text = lock().left;
    const plain = text === undefined ? undefined : wrapping.unwrap(text, 'left');
    return plain ? leftSchema.parse(JSON.parse(plain.toString())) : [];
  }
  const withLeft = ({ left: _, ...rest }: Lock, scopes: readonly string[]): Lock =>
    scopes.length === 0
      ? rest
      : { ...rest, left: wrapping.wrap(Buffer.from(JSON.stringify(scopes)), 'left') };

  return {
    keys() {
      const given = entries.filter(({ leaseDays }) => !isOver(leaseDays));
      const inOrder = [...given.filter((one) => !one.escrowed), ...given.filter((one) => one.escrowed)];
      return {
        open: inOrder.map(({ scope, id, key }) => ({ scope, id, key: Uint8Array.from(key) })),
        over: [...new Set(entries.filter((one) => !given.includes(one)).map(({ scope }) => scope))],
      };
    },
    async admit(keys) {
      const fresh = keys.filter(isOwnId).map((one) => ({ ...one, key: kept(one.key) }));
      const ids = new Set(fresh.map(({ id }) => id));
      await change((now) => ({
        ...now,
        ring: [...now.ring.filter(({ id }) => !ids.has(id)), ...fresh.map(wrapped)],
      }));
      if (isWiped) for (const { key } of fresh) key.fill(0);
      else entries = [...entries.filter(({ id }) => !ids.has(id)), ...fresh];
    },
    async leave(scopes) {
      const going = entries.filter(({ scope }) => scopes.includes(scope));
      if (going.length === 0) return [];
      const ids = new Set(going.map(({ id }) => id));
      await change((now) => {
        const names = [...new Set([...left(), ...going.map(({ scope }) => scope)])];
        return withLeft({ ...now, ring: now.ring.filter(({ id }) => !ids.has(id)) }, names);
      });
      entries = entries.filter(({ id }) => !ids.has(id));
      for (const { key } of going) key.fill(0);
      return [...ids].filter((id) => !isHeldByAnother(id));
    },
    unescrowed: () => entries.filter(({ escrowed }) => !escrowed),
    left,
    toldLeft: (told) =>
      change((now) =>
        withLeft(
          now,
          left().filter((scope) => !told.includes(scope)),
        ),
      ),
    forgetEscrow() {
      entries = entries.map((entry) => ({ ...entry, escrowed: false }));
    },
    wipe() {
      isWiped = true;
      for (const { key } of entries) key.fill(0);
      entries = [];
    },
  };
}
