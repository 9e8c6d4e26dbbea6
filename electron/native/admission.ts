/**
 * A person comes in with the district's answer: for the first time, beside colleagues, or back again. Coming back keeps the user key,
 * from the district's escrow or by the same passphrase, and with it the ring, the sheet and everything that was sealed here.
 */
import { randomBytes } from 'node:crypto';
import { userKeyReturnOf } from '../../shared/protocol/sealed-box.ts';
import type { KeptCandidate } from './candidates.ts';
import { unescrowed, type Lock } from './key-file.ts';
import type { Home, KeyHome } from './key-home.ts';
import type { Admission } from './key-types.ts';
import { openBox } from './sealed-boxes.ts';
import { privateKeyOf } from './signing.ts';
import { opensLock, wrapPair } from './unlocked.ts';
import { lockUserKey, userKeyOf, wrappingOf, type DeriveKey } from './user-key.ts';

const MOST_NOTICES = 50;

interface Admitting extends Omit<Admission, 'candidate'> {
  readonly home: KeyHome;
  readonly kept: KeptCandidate;
  readonly derive: DeriveKey;
  readonly now: () => number;
}

/** @returns the user key, of whoever has just come in; everything is durable */
export async function admit({ home, kept, derive, now, ...given }: Admitting): Promise<Buffer> {
  const { response, address, passphrase } = given;
  const { device, person } = response;
  const secret = await home.secretToUse();
  const here = { device: device.id, secret: secret.bytes, derive };
  const locks = home.known()?.device === device.id ? home.locks() : [];
  const before = locks.find((lock) => lock.person === person.id);

  const returned = returnedKey(kept, response);
  const fits = (userKey: Buffer | undefined): userKey is Buffer =>
    userKey !== undefined &&
    before !== undefined &&
    opensLock(wrappingOf(userKey, device.id, person.id), before);
  const byPassphrase = async () =>
    before && home.state() === 'home' ? userKeyOf(before, passphrase, here) : undefined;
  const found = fits(returned) ? returned : await byPassphrase();
  const userKey = found ?? returned ?? randomBytes(32);

  const isLocked = before !== undefined && found === undefined;
  if (isLocked || home.state() === 'lost' || home.state() === 'damaged') await home.setAside();

  const wrapping = wrappingOf(userKey, device.id, person.id);
  const lock: Lock = {
    ...(found && before),
    ...(await lockUserKey(userKey, person.id, passphrase, here)),
    ...wrapPair(wrapping, Buffer.from(kept.signing, 'base64'), Buffer.from(kept.exchange, 'base64')),
    signingPoint: kept.request.person.signingKey,
    formerPoints: before ? [...before.formerPoints, before.signingPoint] : [],
    escrowed: userKey === returned,
    epoch: response.district.epoch,
    ring: found && before ? ringIn(before, response.district.epoch) : [],
  };
  wrapping.wipe();
  await home.save({
    secret,
    belonging: belongingAfter(home, kept, { response, address }, now()),
    locks: [...locks.filter((other) => other.person !== person.id), lock],
  });
  return userKey;
}

const ringIn = ({ ring, epoch }: Lock, present: string): Lock['ring'] =>
  epoch === present ? ring : unescrowed(ring);

function returnedKey(kept: KeptCandidate, { device, person }: Admission['response']): Buffer | undefined {
  if (person.userKey === undefined) return undefined;
  const exchange = privateKeyOf(Buffer.from(kept.exchange, 'base64'));
  const userKey = openBox(exchange, person.userKey, userKeyReturnOf(device.id, person.id));
  return userKey?.length === 32 ? userKey : undefined;
}

function belongingAfter(
  home: KeyHome,
  kept: KeptCandidate,
  { response, address }: Pick<Admission, 'response' | 'address'>,
  now: number,
): Home['belonging'] {
  const { district, device, person } = response;
  const before = home.current()?.belonging;
  const used = before?.lease.used ?? 0;
  const at = new Date(now).toISOString();
  const lost = { lost: 'key-store-lost', damaged: 'keys-damaged' } as const;
  const state = home.state();
  const code = state === 'lost' || state === 'damaged' ? lost[state] : undefined;
  return {
    district: {
      id: district.id,
      name: district.name,
      address,
      publicKey: district.publicKey,
      signingKey: district.signingKey,
    },
    device: { id: device.id, label: device.label, key: kept.device, refresh: device.refresh },
    people: [
      ...(before?.people ?? []).filter(({ id }) => id !== person.id),
      { id: person.id, name: person.name, grants: person.grants },
    ],
    lease: { used, wall: now, renewed: { ...before?.lease.renewed, [person.id]: used } },
    notices: [...(before?.notices ?? []), ...(code ? [{ code, at, person: person.id }] : [])].slice(
      -MOST_NOTICES,
    ),
  };
}
