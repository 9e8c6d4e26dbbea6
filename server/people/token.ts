/**
 * POST /api/token: an access token and the next refresh token, for whoever holds the device's key; with a person's signature also for
 * that person. What the desk tells about itself at this occasion is for the administrator's page.
 */
import { newId } from '../../shared/core/id.ts';
import { ok, refuse, type Result } from '../../shared/core/result.ts';
import type { TokenRequest, TokenResponse } from '../../shared/protocol/messages.ts';
import { personText, revokedText } from '../../shared/protocol/signing.ts';
import type { DistrictError } from '../district-error.ts';
import type { Device, Reading, Writing } from '../ledger/transactor.ts';
import type { Parts } from '../parts.ts';
import { ACCESS_SECONDS, accessToken } from './access-token.ts';
import { provenNonce, type Asking } from './authenticate.ts';
import { deviceOfRefresh, nextRefresh, readRefresh, rotated } from './refresh-token.ts';

type Answer = Result<TokenResponse, DistrictError>;

export async function token(parts: Parts, asking: Asking, request: TokenRequest): Promise<Answer> {
  const { transactor, clock } = parts;
  // Whoever proves nothing must not get as far as a lock.
  const known = await bearerOf(parts, async (id) => (await transactor.caller(id))?.device, asking);
  if (!known.ok) return known;
  if (!parts.speaks(request.protocol)) return refuse({ error: 'unsupported-protocol' });
  return transactor.transact(async (writing): Promise<Answer> => {
    const bearer = await bearerOf(parts, writing.lockDevice, asking);
    if (!bearer.ok) return bearer;
    const { device, generation, nonce } = bearer.value;
    const after = rotated(device, generation, clock());
    if (!after) {
      await raise(parts, writing, { code: 'tokenReused', device: device.id, person: null });
      return refuse({ error: 'unauthorised' });
    }
    const isThere = await isPersonThere(parts, writing, { device, nonce, request });
    if (!isThere.ok) return isThere;
    await keepReport(parts, writing, after, request);
    return ok(answerTo(parts, after, request));
  });
}

interface Bearer {
  readonly device: Device;
  readonly generation: number;
  readonly nonce: string;
}

async function bearerOf(
  { keys }: Parts,
  find: Reading['device'],
  asking: Asking,
): Promise<Result<Bearer, DistrictError>> {
  const { access: refresh = '' } = asking;
  const device = await find(deviceOfRefresh(refresh));
  const generation = device && readRefresh(refresh, device, keys.mac);
  if (!device || generation === undefined) return refuse({ error: 'unauthorised' });
  const nonce = provenNonce(asking, device.key, keys.verify);
  return nonce === undefined ? refuse({ error: 'bad-proof' }) : ok({ device, generation, nonce });
}

interface Presence {
  readonly device: Device;
  readonly nonce: string;
  readonly request: TokenRequest;
}

async function isPersonThere(
  { keys }: Parts,
  writing: Writing,
  { device, nonce, request: { person } }: Presence,
): Promise<Result<undefined, DistrictError>> {
  if (!person) return ok(undefined);
  const found = await writing.caller(device.id, person.id);
  const account = found?.isMember ? found.person : undefined;
  if (!account) return refuse({ error: 'unauthorised' });
  const text = personText(device.id, person.id, nonce);
  const hasSigned = (await writing.signingKeys(device.id)).some(
    (key) => key.person === person.id && keys.verify(text, person.signature, key.key),
  );
  if (!hasSigned) return refuse({ error: 'bad-proof' });
  return account.disabled ? refuse({ error: 'forbidden' }) : ok(undefined);
}

/** What a desk tells of itself. */
export async function keepReport(
  parts: Parts,
  writing: Writing,
  device: Device,
  { app, pending, notices = [] }: Pick<TokenRequest, 'app' | 'pending' | 'notices'>,
): Promise<void> {
  await writing.saveDevice({ ...device, seenAt: parts.instant(), app, pending });
  if (notices.length === 0) return;
  const people = new Set((await writing.members(device.id)).map(({ person }) => person));
  for (const { code, person } of notices) {
    if (!parts.reports.take(device.id)) break;
    const known = person !== undefined && people.has(person) ? person : null;
    await raise(parts, writing, { code, device: device.id, person: known });
  }
}

const raise = (
  { instant }: Parts,
  writing: Writing,
  alarm: Pick<Parameters<Writing['raiseAlarm']>[0], 'code' | 'device' | 'person'>,
): Promise<void> => writing.raiseAlarm({ at: instant(), operation: '', ...alarm });

function answerTo(parts: Parts, device: Device, { person }: TokenRequest): TokenResponse {
  const { keys, nonces, clock, random, instant } = parts;
  const claims = {
    device: device.id,
    ...(person && { person: person.id }),
    key: keys.hash(device.key),
    issuedAt: nonces.issuedAt(),
    serial: newId('token', clock(), random),
  };
  return {
    access: accessToken(claims, keys.mac),
    expiresIn: ACCESS_SECONDS,
    refresh: nextRefresh(device, keys.mac),
    serverTime: instant(),
    ...(device.revoked && { revoked: { signature: keys.sign(revokedText(device.id)) } }),
  };
}
