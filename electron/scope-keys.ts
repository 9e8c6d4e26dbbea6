/**
 * The way of scope keys to the unlocked person (docs/design: security, Keys): out of his ring, or from the district, to which this
 * computer offers a fresh key for each scope that it lacks; the first one for a device wins and comes back in a box for him. What
 * the district has yet to learn (keys begun here, the user key's escrow, scopes left) goes with the next contact.
 */
import { randomBytes } from 'node:crypto';
import type { ScopeKey } from '../shared/bridge.ts';
import { inOrder } from '../shared/core/in-order.ts';
import { leaseDaysOf, parseScope } from '../shared/core/scope.ts';
import {
  handshakeResponse,
  keysResponse,
  type KeysRequest,
  type KeysResponse,
} from '../shared/protocol/messages.ts';
import { deliveryOf, escrowOf } from '../shared/protocol/sealed-box.ts';
import { jsonOf, type Answer, type Filed } from './district.ts';
import { isDiskFull } from './native/atomic-file.ts';
import type { Keys, RingKey, Unlocked } from './native/key-types.ts';
import { sealTo } from './native/sealed-boxes.ts';
import type { SignedAsk } from './signed-ask.ts';

export interface ScopeKeys {
  /** Those that cannot be had are left out. */
  readonly open: (scopes: readonly string[]) => Promise<readonly ScopeKey[]>;
  readonly begin: (scope: string) => Promise<ScopeKey>;
  /** @returns ids of the keys that nobody on this computer holds any more */
  readonly leave: (scopes: readonly string[]) => Promise<readonly string[]>;
  /** Somebody has shaken hands with the district. @param handshake the body of its answer, which says who */
  readonly afterContact: (handshake: Uint8Array, filed?: Filed) => Promise<void>;
  /** What a file would have to tell the district: keys begun here, the user key's escrow, scopes left. */
  readonly forFile: () => { readonly keys: KeysRequest; readonly left: readonly string[] };
}

export interface ScopeKeysOptions {
  readonly keys: Pick<Keys, 'enrolled' | 'renewed'>;
  readonly inside: () => Unlocked | undefined;
  readonly ask: SignedAsk;
}

type Candidate = Pick<RingKey, 'scope' | 'id' | 'key'>;

/** Milliseconds: the page waits for its keys. */
const TIME_FOR_ONE = 20_000;
/** As many as one request may offer. */
const MOST_OFFERS = 500;
/** Keys begun without a contact: months of confidential matters. The key file is written as a whole with each. */
const MOST_BEGUN = 1000;

const freshKey = (scope: string): Candidate => ({
  scope,
  id: `k_${randomBytes(12).toString('base64url')}`,
  key: new Uint8Array(randomBytes(32)),
});

export function createScopeKeys({ keys, inside, ask }: ScopeKeysOptions): ScopeKeys {
  const turn = inOrder();

  async function post(path: string, body: unknown): Promise<Answer | undefined> {
    const bytes = Buffer.from(JSON.stringify(body));
    const result = await ask({ method: 'POST', path, body: bytes, as: 'person', timeoutMs: TIME_FOR_ONE });
    return result.ok && result.value.status === 200 ? result.value : undefined;
  }

  function requestFor(me: Unlocked, offered: readonly Candidate[]): KeysRequest | undefined {
    const enrolled = keys.enrolled();
    if (!enrolled) return undefined;
    const { device, district } = enrolled;
    const userKey = me.userKeyBox();
    return {
      offers: offered.map(({ scope, id, key }) => ({
        scope,
        id,
        sealed: sealTo(district.publicKey, key, escrowOf(device.id, scope, id)),
      })),
      ...(userKey !== undefined && { userKey }),
    };
  }

  /** @returns whether the district has answered, and what it delivered is kept */
  async function offer(me: Unlocked, offered: readonly Candidate[]): Promise<boolean> {
    const request = requestFor(me, offered);
    if (!request) return false;
    const said = await post('/api/keys', request);
    const answer = keysResponse.safeParse(said && jsonOf(said.body));
    // Whoever has locked meanwhile takes nothing in any more.
    if (!answer.success || inside() !== me) return false;
    // A file answers what was asked when it was made.
    if (request.userKey !== undefined && said?.filed?.userKey !== false) await me.userKeyEscrowed();
    const wanted = new Set(offered.map(({ scope }) => scope));
    const delivered = answer.data.keys
      .filter(({ scope }) => wanted.has(scope))
      .flatMap((one) => deliveredTo(me, keys.enrolled()?.device.id ?? '', one));
    const answered = new Set(delivered.map(({ scope }) => scope));
    // Where another key won, ours still opens what was sealed under it here; it stays, in front of the winner.
    const begun = me.ring.unescrowed().filter(({ scope }) => answered.has(scope));
    const won = new Set(delivered.map(({ id }) => id));
    const beaten = begun.filter(({ id }) => !won.has(id)).map((one) => ({ ...one, escrowed: true }));
    return delivered.length === 0 || admitted(me, [...beaten, ...delivered]);
  }

  async function offerAll(me: Unlocked, all: readonly Candidate[]): Promise<void> {
    let at = 0;
    do {
      if (!(await offer(me, all.slice(at, at + MOST_OFFERS)))) return;
      at += MOST_OFFERS;
    } while (at < all.length);
  }

  async function open(scopes: readonly string[]): Promise<readonly ScopeKey[]> {
    const me = inside();
    if (!me) return [];
    const wanted = new Set(scopes);
    const here = new Set(me.ring.keys().open.map(({ scope }) => scope));
    const begun = me.ring.unescrowed();
    const missing = [...wanted]
      .filter((scope) => !here.has(scope) && parseScope(scope) !== undefined)
      .map((scope) => begun.find((one) => one.scope === scope) ?? freshKey(scope));
    if (missing.length > 0) await offerAll(me, missing);
    return me.ring.keys().open.filter(({ scope }) => wanted.has(scope));
  }

  async function begin(scope: string): Promise<ScopeKey> {
    const [me, parsed] = [inside(), parseScope(scope)];
    if (!me || !parsed) throw new Error('No scope, or nobody to begin it');
    const known = me.ring
      .keys()
      .open.filter((key) => key.scope === scope)
      .at(-1);
    if (known) return known;
    if (me.ring.unescrowed().length >= MOST_BEGUN)
      throw new Error('Keys without end that the district has not seen');
    const key = freshKey(scope);
    await me.ring.admit([{ ...key, leaseDays: leaseDaysOf(parsed), escrowed: false }]);
    return key;
  }

  async function tellLeft(me: Unlocked): Promise<void> {
    const scopes = inside() === me ? me.ring.left() : [];
    if (scopes.length === 0) return;
    const noted = await post('/api/left', { scopes });
    if (noted !== undefined && inside() === me) await me.ring.toldLeft(scopes);
  }

  return {
    open: (scopes) => turn(() => open(scopes)),
    begin: (scope) => turn(() => begin(scope)),
    leave: (scopes) =>
      turn(async () => {
        const me = inside();
        if (!me) return [];
        const gone = await me.ring.leave(scopes);
        // The page does not wait for the district's receipt, and what fails goes with the next contact.
        turn(() => tellLeft(me)).catch(() => undefined);
        return gone;
      }),
    forFile: () => {
      const me = inside();
      const request = me && requestFor(me, me.ring.unescrowed());
      return { keys: request ?? { offers: [] }, left: me?.ring.left() ?? [] };
    },
    afterContact: (handshake, filed) =>
      turn(async () => {
        const me = inside();
        const heard = handshakeResponse.safeParse(jsonOf(handshake)).data;
        // Whoever came in meanwhile had no contact by this.
        if (!me || heard?.person.id !== me.person.id) return;
        await keys.renewed(heard.person, filed?.used);
        await me.heardEpoch(heard.epoch);
        const begun = me.ring.unescrowed();
        if (begun.length > 0 || me.userKeyBox() !== undefined) await offerAll(me, begun);
        await tellLeft(me);
      }),
  };
}

/** @returns whether there was room for them on the disk; the district has them for the next time */
async function admitted(me: Unlocked, delivered: readonly RingKey[]): Promise<boolean> {
  try {
    await me.ring.admit(delivered);
    return true;
  } catch (error) {
    if (isDiskFull(error)) return false;
    throw error;
  }
}

function deliveredTo(
  me: Unlocked,
  device: string,
  { scope, id, wrapped, leaseDays }: KeysResponse['keys'][number],
): readonly RingKey[] {
  const key = me.openBox(wrapped, deliveryOf(device, me.person.id, scope, id));
  return key?.length === 32 ? [{ scope, id, key: Uint8Array.from(key), leaseDays, escrowed: true }] : [];
}
