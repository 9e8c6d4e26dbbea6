/**
 * The answer to a package, line by line: verdicts and the device's state sealed to the device; to each person who asked what an online
 * turn would give them now, handshake, keys and pages, sealed to them; the district's signature over all of it. It is made anew each
 * time it is asked for, from what was imported last, so one that was lost costs a second walk and nothing else.
 */
import { createHash, randomBytes } from 'node:crypto';
import type {
  HandshakeResponse,
  KeysRequest,
  KeysResponse,
  PushResponse,
} from '../../shared/protocol/messages.ts';
import type {
  AnswerHead,
  AnswerPart,
  DeviceAnswer,
  PersonAnswer,
  PersonAsk,
} from '../../shared/protocol/package.ts';
import { answerForDeviceOf, answerForPersonOf, escrowOf } from '../../shared/protocol/sealed-box.ts';
import { packageAnswerText, revokedText } from '../../shared/protocol/signing.ts';
import type { Parts } from '../parts.ts';
import { memberOf } from '../people/enrol.ts';
import { scopeKeys } from '../people/scope-keys.ts';
import { handshake } from '../turn/handshake.ts';
import { pull } from '../turn/pull.ts';
import { toldTo } from '../turn/told-before.ts';
import { ASKING, partsFor } from './asking-by-file.ts';
import { askOf, keptPackage, type KeptPackage } from './import-package.ts';

/** Small enough that a line of the answer stays far below its limit. */
const PAGE = 500;

/** @returns lines with their line feeds; undefined where no package of this device was imported */
export async function answerPackage(
  parts: Parts,
  device: string,
): Promise<AsyncGenerator<string, 'whole' | 'interrupted'> | undefined> {
  const found = await parts.transactor.read((reading) => reading.packageOf(device));
  if (!found) return undefined;
  const kept = keptPackage.parse(JSON.parse(found.text));
  for (const given of kept.people) await lookBehind(parts, device, given);
  return answerLines(parts, kept);
}

/** A desk that has seen more than there is makes the district begin another epoch (sync.md S8): before anything is said in this one. */
async function lookBehind(parts: Parts, device: string, given: KeptPackage['people'][number]): Promise<void> {
  const ask = await askOf(parts, { id: device }, given);
  if (!ask) return;
  const { epoch, cursors } = ask;
  await pull(partsFor(parts, { device, person: given.person }), ASKING, { epoch, cursors, limit: 1 });
}

async function* answerLines(
  parts: Parts,
  kept: KeptPackage,
): AsyncGenerator<string, 'whole' | 'interrupted'> {
  const { keys, transactor } = parts;
  const at = parts.instant();
  const { device: id, id: packageId, number } = kept.head;
  const { serial, district, epoch } = await transactor.transact(async (writing) => {
    const present = await writing.lockHead();
    return { ...present, serial: await writing.nextAnswer({ at, device: id, id: packageId }) };
  });
  const hash = createHash('sha256');
  const line = (value: AnswerHead | AnswerPart): string => {
    const text = `${JSON.stringify(value)}\n`;
    hash.update(text);
    return text;
  };
  yield line({
    kind: 'linli-package-answer',
    v: 1,
    district,
    device: id,
    package: { id: packageId, number },
    serial,
    epoch,
    at,
  });
  const forDevice = Buffer.from(JSON.stringify(await deviceAnswerOf(parts, kept)));
  yield line({
    part: 'device',
    sealed: keys.sealBox(forDevice, kept.head.reply, answerForDeviceOf(id, packageId, serial)) ?? '',
  });
  for (const given of kept.people) {
    const { person } = given;
    const member = await transactor.read((reading) => memberOf(reading, id, person));
    const ask = member && (await askOf(parts, { id }, given));
    if (!member || !ask) continue;
    const seal = (text: string, page?: number): AnswerPart => ({
      part: 'person',
      person,
      ...(page !== undefined && { page }),
      sealed:
        keys.sealBox(
          Buffer.from(text),
          member.exchangeKey,
          answerForPersonOf(id, person, { id: packageId, serial, page }),
        ) ?? '',
    });
    const texts = personTexts(partsFor(parts, { device: id, person }), id, ask);
    let next = await texts.next();
    for (let page = -1; !next.done; page++, next = await texts.next())
      yield line(seal(next.value, page < 0 ? undefined : page));
    if (next.value === 'interrupted') return 'interrupted';
  }
  yield `${JSON.stringify({ part: 'end', signature: keys.sign(packageAnswerText(hash.digest('base64url'))) })}\n`;
  return 'whole';
}

async function deviceAnswerOf(parts: Parts, kept: KeptPackage): Promise<DeviceAnswer> {
  const { transactor, keys } = parts;
  const { device: id } = kept.head;
  const [device, { epoch, restoredHead }] = await transactor.read(async (reading) => [
    await reading.device(id),
    await reading.head(),
  ]);
  return {
    life: { epoch, restoredHead },
    pushes: await presentVerdicts(parts, kept),
    ...(device?.revoked && { revoked: { signature: keys.sign(revokedText(id)) } }),
    ...(device?.quarantined && { quarantined: true }),
    notices: kept.notices,
  };
}

/** What was held may have moved on since the import. */
async function presentVerdicts(
  { transactor }: Parts,
  { head, pushes }: KeptPackage,
): Promise<PushResponse[]> {
  const held = pushes.flatMap(({ verdicts }) =>
    verdicts.flatMap(({ id, verdict }) => (verdict === 'held' ? [id] : [])),
  );
  const stored = held.length === 0 ? [] : await transactor.read((reading) => reading.operations(held));
  const now = new Map(stored.map(({ id, verdict }) => [id, toldTo(head.protocol, verdict)]));
  return pushes.map((one) => ({
    ...one,
    verdicts: one.verdicts.map((verdict) =>
      verdict.verdict === 'held' ? (now.get(verdict.id) ?? verdict) : verdict,
    ),
  }));
}

/** What comes before the pages, then the pages. Memory holds one of them. */
async function* personTexts(
  parts: Parts,
  device: string,
  { protocol, epoch, cursors, keys, left, used }: PersonAsk,
): AsyncGenerator<string, 'whole' | 'interrupted'> {
  const first = (given: Partial<PersonAnswer>): string =>
    JSON.stringify({ used, left, userKey: keys.userKey !== undefined, from: [], ...given });
  const reached = new Map(cursors.map(({ scope, cursor }) => [scope, cursor]));
  const greeted = await handshake(parts, ASKING, { protocol });
  if (!greeted.ok) {
    yield first({ problem: greeted.error.error });
    return 'whole';
  }
  const hello = greeted.value;
  const from = hello.scopes.map((scope) => ({
    scope,
    cursor: epoch === hello.epoch ? (reached.get(scope) ?? 0) : 0,
  }));
  yield first({ hello, keys: await keysFor(parts, device, hello, keys), from });
  for (let [at, more] = [from, from.length > 0]; more;) {
    const page = await pull(parts, ASKING, { epoch: hello.epoch, cursors: at, limit: PAGE });
    // The district has just begun another epoch, or taken a right away: what comes of it is another answer.
    if (!page.ok) return 'interrupted';
    const read = JSON.parse(page.value) as { readonly cursor: number; readonly more: boolean };
    yield page.value;
    more = read.more;
    at = at.map(({ scope, cursor }) => ({ scope, cursor: Math.max(cursor, read.cursor) }));
  }
  return 'whole';
}

/**
 * A desk cannot offer a key for a scope of which it hears by this very answer, and a second walk for each would be too many: where it
 * has offered none, the district makes the offer itself. The first one for a device stays either way.
 */
async function keysFor(
  parts: Parts,
  device: string,
  { scopes }: HandshakeResponse,
  { offers, userKey }: KeysRequest,
): Promise<KeysResponse> {
  const offered = new Set(offers.map(({ scope }) => scope));
  const made = scopes.filter((scope) => !offered.has(scope)).map((scope) => offerOf(parts, device, scope));
  const answered = await scopeKeys(parts, ASKING, {
    offers: [...offers, ...made],
    ...(userKey && { userKey }),
  });
  return answered.ok ? answered.value : { keys: [] };
}

function offerOf({ keys }: Parts, device: string, scope: string): KeysRequest['offers'][number] {
  const id = `k_${randomBytes(12).toString('base64url')}`;
  return {
    scope,
    id,
    sealed: keys.sealBox(randomBytes(32), keys.publicKey, escrowOf(device, scope, id)) ?? '',
  };
}
