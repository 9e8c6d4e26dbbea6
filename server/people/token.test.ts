import { beforeEach, describe, expect, it } from 'vitest';
import { createCast, type Cast } from '../testing/cast.ts';
import { valueOf, type Desk } from '../testing/desk.ts';
import { newSigner } from '../testing/desk-keys.ts';
import { createMemoryLedger } from '../testing/memory-ledger.ts';
import { village, villagers } from '../testing/village.ts';
import { createNonces } from './nonces.ts';

const { zhouMin, chenGuodong } = villagers;

let cast: Cast;
let desk: Desk;
let first: string;
beforeEach(async () => {
  cast = await createCast();
  desk = await cast.desk(zhouMin);
  first = desk.enrolled.device.refresh;
});

const errorOf = (result: { ok: boolean; error?: { error: string } }) =>
  result.ok ? 'ok' : result.error?.error;
const next = async (refresh: string) => valueOf(await desk.token(refresh)).refresh;
const alarms = () => cast.transactor.read((reading) => reading.alarms(100));
const seen = async () => cast.transactor.read((reading) => reading.device(desk.device));
const minutes = (count: number) => (cast.clock.now += count * 60_000);

describe('refresh tokens', () => {
  it('a lost answer is given again, however long the desk is away afterwards', async () => {
    const second = await next(first);
    minutes(14 * 24 * 60);
    expect(await next(first)).toBe(second);
    expect(await next(second)).not.toBe(second);
    expect(await alarms()).toEqual([]);
  });

  it('the former one stays good for 60 s after the new one was used; later it is an alarm and opens nothing', async () => {
    const second = await next(first);
    const third = await next(second);
    cast.clock.now += 60_000;
    expect(await next(first)).toBe(third);
    cast.clock.now += 1000;
    expect(errorOf(await desk.token(first))).toBe('unauthorised');
    expect(await alarms()).toEqual([
      expect.objectContaining({ code: 'tokenReused', device: desk.device, person: null }),
    ]);
    // Whoever has the newest goes on; the one before the former is over even within the grace.
    expect(errorOf(await desk.token(third))).toBe('ok');
    expect(errorOf(await desk.token(second))).toBe('ok');
    expect(errorOf(await desk.token(first))).toBe('unauthorised');
  });

  it('two that renew at the same time get the same next one', async () => {
    const [one, other] = await Promise.all([next(first), next(first)]);
    expect(one).toBe(other);
  });

  it('S8 a district that came back from a backup takes the newest token, though it has forgotten it', async () => {
    const ledger = createMemoryLedger(
      { district: 'district-xuhui', name: '徐汇区', epoch: 'epoch-1' },
      village.roles,
    );
    cast = await createCast(ledger);
    desk = await cast.desk(zhouMin);
    const backup = await ledger.snapshot();
    let token = desk.enrolled.device.refresh;
    for (let round = 0; round < 5; round++) token = await next(token);
    await ledger.restore(backup);
    expect(errorOf(await desk.token(token))).toBe('ok');
    expect(await alarms()).toEqual([]);
    cast.clock.now += 61_000;
    expect(errorOf(await desk.token(desk.enrolled.device.refresh))).toBe('unauthorised');
  });

  it('is bound to the device’s key: a copy serves nobody, and raises no alarm in its owner’s name', async () => {
    const second = await next(first);
    await next(second);
    minutes(2);
    const thief = await cast.desk(chenGuodong);
    const stolen = await thief.prove(first, { path: '/api/token' });
    const request = { protocol: 2, app: '0', pending: 0 };
    expect(errorOf(await cast.district.token(stolen, request))).toBe('bad-proof');
    expect(await alarms()).toEqual([]);
    for (const broken of [
      '',
      'nobody',
      `${first}x`,
      first.replace('.1.', '.2.'),
      first.replace('.1.', '.-1.'),
    ]) {
      expect(errorOf(await desk.token(broken))).toBe('unauthorised');
    }
  });
});

it('whoever holds no token of the device waits for nobody and keeps nobody waiting: the ledger is not even locked', async () => {
  const ledger = createMemoryLedger(
    { district: 'district-xuhui', name: '徐汇区', epoch: 'epoch-1' },
    village.roles,
  );
  let writings = 0;
  const transact: typeof ledger.transact = (work) => {
    writings += 1;
    return ledger.transact(work);
  };
  cast = await createCast({ ...ledger, transact });
  desk = await cast.desk(zhouMin);
  const good = desk.enrolled.device.refresh;
  const thief = await cast.desk(chenGuodong);
  writings = 0;
  const request = { protocol: 2, app: '0', pending: 0 };
  const stolen = await cast.district.token(await thief.prove(good, { path: '/api/token' }), request);
  expect([errorOf(stolen), errorOf(await desk.token(`${good}x`)), writings]).toEqual([
    'bad-proof',
    'unauthorised',
    0,
  ]);
  expect([errorOf(await desk.token(good)), writings]).toEqual(['ok', 1]);
});

describe('presence', () => {
  it('a person is there by their own signature over the proof’s nonce, and nobody else’s', async () => {
    valueOf(await desk.join(chenGuodong));
    const refresh = desk.enrolled.device.refresh;
    const asking = await desk.prove(refresh, { path: '/api/token' });
    const his = desk.people.get(chenGuodong.id)?.signing;
    const hers = desk.people.get(zhouMin.id)?.signing;
    const ask = async (text: readonly string[], signer = his) =>
      errorOf(
        await cast.district.token(asking, {
          protocol: 2,
          app: '0',
          pending: 0,
          person: { id: chenGuodong.id, signature: (await signer?.sign(text.join('\n'))) ?? '' },
        }),
      );
    const right = ['linli/person/1', desk.device, chenGuodong.id, asking.nonce];
    expect(await ask(right, hers)).toBe('bad-proof');
    expect(await ask(['linli/person/1', 'device_other', chenGuodong.id, asking.nonce])).toBe('bad-proof');
    expect(await ask(['linli/person/1', desk.device, zhouMin.id, asking.nonce])).toBe('bad-proof');
    expect(await ask(['linli/person/1', desk.device, chenGuodong.id, 'A'.repeat(22)])).toBe('bad-proof');
    expect(await ask(right)).toBe('ok');
  });

  it('nobody is there who does not use this device, or is disabled; the device goes on alone', async () => {
    const other = await cast.desk(chenGuodong);
    const asking = await desk.prove(first, { path: '/api/token' });
    const signer = other.people.get(chenGuodong.id)?.signing;
    const signature =
      (await signer?.sign(['linli/person/1', desk.device, chenGuodong.id, asking.nonce].join('\n'))) ?? '';
    const person = { id: chenGuodong.id, signature };
    expect(errorOf(await cast.district.token(asking, { protocol: 2, app: '0', pending: 0, person }))).toBe(
      'unauthorised',
    );
    await cast.district.changePerson(zhouMin.id, { disabled: true });
    expect(errorOf(await desk.token(first))).toBe('forbidden');
    expect(errorOf(await desk.token(first, { as: null }))).toBe('ok');
  });
});

describe('what a desk reports', () => {
  it('when it was here, what it runs, what waits, and what happened to its keys', async () => {
    minutes(3);
    const notices = [
      { code: 'recovery-sheet-used', at: '2026-11-23', person: zhouMin.id },
      { code: 'journal-damaged', at: '2026-11-23', person: 'person_somebody' },
    ] as const;
    valueOf(await desk.token(first, { app: '0.2.0', pending: 7, notices: [...notices] }));
    expect(await seen()).toMatchObject({ seenAt: '2026-11-23T04:03:00.000Z', app: '0.2.0', pending: 7 });
    expect(await alarms()).toEqual([
      expect.objectContaining({ code: 'recovery-sheet-used', device: desk.device, person: zhouMin.id }),
      expect.objectContaining({ code: 'journal-damaged', device: desk.device, person: null }),
    ]);
  });

  it('so much in a minute, and no more: a desk that reports without end fills no disk', async () => {
    const notices = Array.from({ length: 50 }, () => ({ code: 'journal-damaged', at: '2026' }) as const);
    for (let round = 0; round < 4; round++) valueOf(await desk.token(first, { notices }));
    const kept = (await cast.transactor.read((reading) => reading.alarms(1000))).length;
    expect(kept).toBe(60);
    minutes(1);
    valueOf(await desk.token(first, { notices }));
    expect((await cast.transactor.read((reading) => reading.alarms(1000))).length).toBe(110);
  });

  it('a revoked device is told so, may push, and what it pushes is held', async () => {
    await cast.district.administerLocally({ name: 'device.revoke', input: { device: desk.device } });
    const { signature = '' } = valueOf(await desk.token(first, { as: null })).revoked ?? {};
    const { signingKey } = desk.enrolled.district;
    expect(cast.keys.verify(`linli/revoked/1\n${desk.device}`, signature, signingKey)).toBe(true);
    expect(cast.keys.verify('linli/revoked/1\ndevice_other', signature, signingKey)).toBe(false);
    const last = desk.pen.create('停用前写的');
    expect(await desk.push(last)).toEqual([{ id: last.id, verdict: 'held', reason: { code: 'revoked' } }]);
    expect(errorOf(await cast.district.handshake(await desk.asking(), { protocol: 2 }))).toBe('revoked');
    expect(await cast.record(last.record)).toBeUndefined();
  });
});

describe('access tokens', () => {
  const ask = async (asking: Awaited<ReturnType<Desk['asking']>>) =>
    errorOf(await cast.district.handshake(asking, { protocol: 2 }));

  it('live ten minutes by the district’s clock, whatever the desk’s says', async () => {
    const { access } = valueOf(await desk.token(first));
    cast.clock.now += 599_000;
    expect(await ask(await desk.prove(access))).toBe('ok');
    cast.clock.now += 2000;
    expect(await ask(await desk.prove(access))).toBe('expired');
  });

  it('serve a request once: sent again it is nobody’s, also with another token of the same desk', async () => {
    const asking = await desk.asking();
    expect(await ask(asking)).toBe('ok');
    expect(await ask(asking)).toBe('bad-proof');
    const other = valueOf(await desk.token(first)).access;
    expect(await ask({ ...asking, access: other })).toBe('bad-proof');
  });

  it('are over when another key takes the device’s place, for the new key, too', async () => {
    const { access } = valueOf(await desk.token(first));
    const fresh = await newSigner();
    await cast.transactor.transact(async (writing) => {
      const device = await writing.device(desk.device);
      if (device) await writing.saveDevice({ ...device, key: fresh.point });
    });
    const asking = await desk.prove(access);
    const text = ['linli/request/1', 'POST', '/', access, asking.nonce, asking.bodyHash].join('\n');
    const proof = `${asking.nonce}.${await fresh.sign(text)}`;
    expect(await ask({ ...asking, proof })).toBe('unauthorised');
  });

  it('nothing in them can be changed: person, device, time', async () => {
    const { access } = valueOf(await desk.token(first));
    const [payload = '', mac = ''] = access.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
    for (const change of [{ person: chenGuodong.id }, { device: 'device_x' }, { issuedAt: 9e15 }]) {
      const forged = Buffer.from(JSON.stringify({ ...claims, ...change })).toString('base64url');
      expect(await ask(await desk.prove(`${forged}.${mac}`))).toBe('unauthorised');
    }
    expect(await ask(await desk.prove(`${payload}.${mac}.`))).toBe('unauthorised');
    expect(await ask(await desk.prove(access))).toBe('ok');
  });
});

describe('the memory of nonces', () => {
  const claims = (serial: string, issuedAt: number) => ({ device: 'd', key: 'k', serial, issuedAt });

  it('is bounded: a token whose nonces had to go is over, never replayed', () => {
    let now = 1000;
    const nonces = createNonces(() => now, 3);
    now = 2000;
    const old = claims('old', nonces.issuedAt());
    now = 3000;
    const fresh = claims('fresh', nonces.issuedAt());
    expect(['1', '2', '3'].map((nonce) => nonces.take(old, nonce))).toEqual(['fresh', 'fresh', 'fresh']);
    expect(nonces.take(fresh, '1')).toBe('fresh');
    expect(nonces.take(old, '1')).toBe('over');
    expect(nonces.take(fresh, '1')).toBe('replayed');
  });

  it('does not take tokens of before it began, and gives out good ones though the clock was set back', () => {
    let now = 1_000_000;
    const nonces = createNonces(() => now);
    expect(nonces.take(claims('before', now), '1')).toBe('over');
    now -= 500_000;
    expect(nonces.take(claims('after', nonces.issuedAt()), '1')).toBe('fresh');
  });
});
