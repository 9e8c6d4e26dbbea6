/** The desk's keys, door and line against the district's own code over HTTP: what both were written to, they also do together. */
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { AdministrationInput, AdministrationName } from '../shared/protocol/administer.ts';
import { handshakeResponse } from '../shared/protocol/messages.ts';
import { buildApp } from '../server/app.ts';
import { createCast, type Cast } from '../server/testing/cast.ts';
import { JIANGNAN, villagers } from '../server/testing/village.ts';
import { carryApi } from './api.ts';
import { askDistrict } from './district.ts';
import { createDoor } from './door.ts';
import { createLine } from './line.ts';
import type { KeyStore } from './native/device-secret.ts';
import { DEFAULT_SETTINGS } from './native/settings.ts';
import { createScopeKeys } from './scope-keys.ts';
import { keyStoreOf, noKeyStore, quickComputer, type QuickComputer } from './testing/quick-keys.ts';

const { zhouMin, chenGuodong, liXiulan } = villagers;
const pin = '135792';
const another = '246813';
const phrase = '弄堂口的梧桐树下有三张椅子';
let cast: Cast;
let app: FastifyInstance;
let address: string;
let computer: QuickComputer;

beforeEach(async () => {
  cast = await createCast();
  const adminSecret = 'a-secret-of-the-data-folder';
  const { district, clock } = cast;
  app = await buildApp({ district, clock: () => clock.now, log: () => undefined, adminSecret });
  await app.listen({ port: 0, host: '127.0.0.1' });
  address = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  computer = await quickComputer();
});
afterEach(() => app.close());

/** The main process on this computer, as after a start. */
async function started(keyStore: KeyStore = keyStoreOf('zhou')) {
  const keys = await computer.open(keyStore);
  const carried: { request?: Uint8Array; answer?: Uint8Array } = {};
  const line = createLine({
    keys,
    unlocked: () => door.inside(),
    appVersion: '0.1.0',
    pending: () => 0,
    onRevoked: () => undefined,
  });
  const door = createDoor({
    keys,
    ask: askDistrict,
    appVersion: '0.1.0',
    settings: () => DEFAULT_SETTINGS,
    revoked: line.revoked,
    onAdmitted: () => Promise.resolve(),
    onEnter: () => undefined,
    onLeave: line.personLeft,
    onTurnedAway: () => undefined,
    files: {
      save: ({ name, bytes }) => {
        carried.request = bytes;
        return Promise.resolve(name);
      },
      open: () => Promise.resolve(carried.answer),
    },
    now: () => cast.clock.now,
  });
  const scopes = createScopeKeys({ keys, inside: door.inside, ask: line.ask });
  const body = () => Promise.resolve(Buffer.from(JSON.stringify({ protocol: 2, app: '0.1.0' })));
  /** @returns the status, and the scopes that the person may read */
  async function handshake(): Promise<readonly [number, readonly string[]]> {
    let good: Uint8Array | undefined;
    const onAnswer = (_: string, bytes: Uint8Array) => {
      good = bytes;
    };
    const { status } = await carryApi(
      { method: 'POST', path: '/api/handshake', body },
      { ask: line.ask, onAnswer },
    );
    if (!good) return [status, []];
    await scopes.afterContact(good);
    return [status, handshakeResponse.parse(JSON.parse(Buffer.from(good).toString())).scopes];
  }
  const enrol = async (person: { readonly id: string }, passphrase: string, code?: string) =>
    door.enrol({ address, passphrase, code: code ?? (await cast.district.issueCode(person.id)) ?? '' });
  return { keys, line, door, scopes, handshake, enrol, carried };
}

async function administer<N extends AdministrationName>(
  name: N,
  input: AdministrationInput<N>,
): Promise<unknown> {
  const done = await cast.district.administerLocally({ name, input });
  if (!done.ok) throw new Error(done.error);
  return done.value;
}

it('S13: two people of one computer get the same keys, each for themselves, and what one leaves the other keeps', async () => {
  const desk = await started();
  expect(await desk.enrol(zhouMin, pin)).toMatchObject({ ok: true });
  const [, zhouReads] = await desk.handshake();
  const zhous = await desk.scopes.open([...zhouReads, 'person/nobody', '310112/casework']);
  expect(zhous.map(({ scope }) => scope).sort()).toEqual([...zhouReads].sort());
  expect(await desk.enrol(chenGuodong, another)).toMatchObject({ ok: true });
  const [, chenReads] = await desk.handshake();
  const chens = await desk.scopes.open(chenReads);
  const casework = `${JIANGNAN}/casework`;
  const idIn = (keys: typeof zhous) => keys.find(({ scope }) => scope === casework)?.id;
  expect(idIn(chens)).toBeDefined();
  expect(idIn(chens)).toBe(idIn(zhous));
  expect(chens.map(({ scope }) => scope)).not.toContain(`person/${zhouMin.id}`);
  expect(await desk.scopes.leave([casework, `person/${chenGuodong.id}`])).toHaveLength(1);
});

it('a forgotten PIN, a lost key store and a recovery sheet bring the same keys back', async () => {
  let desk = await started();
  const first = await desk.enrol(zhouMin, pin);
  const [, reads] = await desk.handshake();
  const count = (await desk.scopes.open(reads)).length;
  const ownKey = first.ok ? first.value.ownKey : undefined;

  desk = await started();
  const device = desk.keys.known()?.device ?? '';
  const codeHere = async () =>
    ((await administer('code.issue', { person: zhouMin.id, device })) as { code: string }).code;
  const back = await desk.enrol(zhouMin, another, await codeHere());
  expect(back.ok && [back.value.ownKey, back.value.scopeKeys.length]).toEqual([ownKey, count]);
  expect(await desk.handshake()).toEqual([200, reads]);

  desk = await started(noKeyStore);
  expect(await desk.enrol(zhouMin, phrase)).toEqual({ ok: false, error: { code: 'code-unknown' } });
  const lost = await desk.enrol(zhouMin, phrase, await codeHere());
  expect(lost.ok && [lost.value.ownKey, lost.value.device.id]).toEqual([ownKey, device]);

  const made = await desk.door.makeSheet({ passphrase: phrase });
  const words = made.ok ? made.value.words : made.error.code;
  desk.door.lock();
  const used = await desk.door.useSheet({ person: zhouMin.id, words, passphrase: `${phrase}了` });
  expect(used.ok && used.value.ownKey).toEqual(ownKey);
  expect(await desk.handshake()).toEqual([200, reads]);
  expect(desk.keys.notices()).toEqual([]);
  const { notices } = (await administer('notices.list', {})) as { notices: { code: string }[] };
  const codes = notices.map(({ code }) => code);
  expect(codes).toEqual(expect.arrayContaining(['recovery-sheet-used', 'key-store-lost']));
});

it('a pair of files enrols as a code does, and the person is as present as any', async () => {
  const desk = await started();
  await desk.door.requestFile();
  const request = JSON.parse(Buffer.from(desk.carried.request ?? []).toString()) as never;
  const { file } = (await administer('enrolment.answer', { person: liXiulan.id, request })) as {
    file: unknown;
  };
  desk.carried.answer = Buffer.from(JSON.stringify(file));
  expect(await desk.door.readAnswer()).toMatchObject({ ok: true, value: { person: liXiulan.name } });
  expect(await desk.door.takeAnswer({ passphrase: pin })).toMatchObject({ ok: true });
  // The first contact, should a network come one day: by the address that a person types.
  expect(await desk.enrol(zhouMin, another)).toMatchObject({ ok: true });
  expect(await desk.door.unlock({ person: liXiulan.id, passphrase: pin })).toMatchObject({ ok: true });
  expect((await desk.handshake())[0]).toBe(200);
});

it('a revoked computer gets no key and lets nobody in any more; its keys destroyed, it is enrolled anew as another', async () => {
  const desk = await started();
  await desk.enrol(zhouMin, pin);
  const before = desk.keys.known()?.device;
  const [, reads] = await desk.handshake();
  await administer('device.revoke', { device: desk.keys.known()?.device ?? '' });
  expect(await desk.scopes.open(reads)).toEqual([]);
  expect([(await desk.handshake())[0], desk.line.revoked()]).toEqual([401, true]);
  expect(await desk.door.unlock({ person: zhouMin.id, passphrase: pin })).toEqual({
    ok: false,
    error: { code: 'revoked' },
  });
  desk.door.lock();
  await desk.keys.destroyAll();
  expect(desk.door.state()).toMatchObject({ enrolled: false, people: [], revoked: true });
  expect(await desk.enrol(zhouMin, another)).toMatchObject({ ok: true });
  expect([desk.keys.known()?.device === before, desk.door.state().revoked]).toEqual([false, false]);
  expect(await desk.handshake()).toEqual([200, reads]);
  expect(await desk.scopes.open(reads)).toHaveLength(reads.length);
});
