/**
 * POST /api/keys and /api/left: the keys of scopes on one device (security.md SK). The desk offers, the first offer for a device and
 * scope stays, and it is delivered to every person of the device who may read the scope. The district keeps them sealed to itself.
 */
import { mayRead } from '../../shared/core/access.ts';
import { ok, refuse, type Result } from '../../shared/core/result.ts';
import { leaseDaysOf, parseScope } from '../../shared/core/scope.ts';
import type { KeysRequest, KeysResponse } from '../../shared/protocol/messages.ts';
import { deliveryOf, escrowOf, userKeyEscrowOf } from '../../shared/protocol/sealed-box.ts';
import type { DistrictError } from '../district-error.ts';
import type { EscrowedKey, Member } from '../ledger/on-device.ts';
import type { Writing } from '../ledger/transactor.ts';
import type { Parts } from '../parts.ts';
import type { Asking } from './authenticate.ts';
import { memberOf } from './enrol.ts';
import { personFor } from './permit.ts';
import { actorOf, needsNames } from './actor.ts';

const KEY_BYTES = 32;

type Given<T> = Promise<Result<T, DistrictError>>;

export async function scopeKeys(
  parts: Parts,
  asking: Asking,
  { offers, userKey }: KeysRequest,
): Given<KeysResponse> {
  const { transactor, registry, authenticate, keys } = parts;
  const asked = await transactor.read(async (reading) => {
    const caller = await personFor(reading, asking, authenticate);
    if (!caller.ok) return caller;
    const { device, person } = caller.value;
    const member = await memberOf(reading, device.id, person.id);
    if (!member) return refuse({ error: 'unauthorised' as const });
    const offered = offers.map((offer) => ({ offer, scope: parseScope(offer.scope) }));
    const actor = needsNames(offered.map(({ scope }) => scope)) ? await actorOf(reading, person) : person;
    const readable = offered.flatMap(({ offer, scope }) =>
      scope && mayRead(actor, scope, registry.roles) ? [offer] : [],
    );
    return ok({ member, readable });
  });
  if (!asked.ok) return asked;
  const { member, readable } = asked.value;
  const { device, person } = member;
  const sound = readable.filter(({ scope, id, sealed }) =>
    isKey(keys.openBox(sealed, escrowOf(device, scope, id))),
  );
  const isUserKey = userKey !== undefined && isKey(keys.openBox(userKey, userKeyEscrowOf(device, person)));
  const escrowed = await transactor.transact(async (writing) => {
    for (const { scope, id, sealed } of sound) await writing.escrow({ device, scope, id, sealed });
    if (isUserKey) await escrowUserKey(writing, member, userKey);
    return writing.escrowedKeys(device);
  });
  const wanted = new Set(readable.map(({ scope }) => scope));
  return ok({
    keys: escrowed.flatMap((key) => (wanted.has(key.scope) ? delivered(parts, key, member) : [])),
  });
}

const isKey = (content: Uint8Array | undefined): boolean => content?.length === KEY_BYTES;

/** Only as long as the same keys of the person are in force: whoever came back meanwhile brings the user key along. */
async function escrowUserKey(
  writing: Writing,
  { device, person, exchangeKey }: Member,
  userKey: string,
): Promise<void> {
  await writing.lockHead();
  const member = await memberOf(writing, device, person);
  if (member?.exchangeKey === exchangeKey) await writing.saveMember({ ...member, userKey });
}

function delivered(
  { keys }: Parts,
  { device, scope: name, id, sealed }: EscrowedKey,
  { person, exchangeKey }: Member,
): KeysResponse['keys'] {
  const scope = parseScope(name);
  const key = keys.openBox(sealed, escrowOf(device, name, id));
  const wrapped = key && keys.sealBox(key, exchangeKey, deliveryOf(device, person, name, id));
  if (!scope || wrapped === undefined) return [];
  return [{ scope: name, id, wrapped, leaseDays: leaseDaysOf(scope) }];
}

/**
 * The receipt that a lost scope's keys are destroyed on this device: for the administrator. The answer counts what was told, not what
 * there was: whoever asks may have lost the right to know.
 */
export function leftScopes(
  parts: Parts,
  asking: Asking,
  { scopes }: { readonly scopes: readonly string[] },
): Given<{ readonly noted: number }> {
  const { transactor, authenticate, instant } = parts;
  return transactor.transact(async (writing): Given<{ readonly noted: number }> => {
    const caller = await personFor(writing, asking, authenticate);
    if (!caller.ok) return caller;
    const { device, person } = caller.value;
    const known = new Set((await writing.escrowedKeys(device.id)).map(({ scope }) => scope));
    const left = new Set(scopes);
    for (const scope of left) {
      if (!known.has(scope)) continue;
      const about = { operation: scope, device: device.id, person: person.id };
      await writing.raiseAlarm({ at: instant(), code: 'scopeLeft', ...about });
    }
    return ok({ noted: left.size });
  });
}
