import { beforeEach, describe, expect, it } from 'vitest';
import { randomBytes } from 'node:crypto';
import type { Operation } from '../../shared/core/operation.ts';
import { CAST_ADDRESS, createCast, type Cast } from '../testing/cast.ts';
import { enrolRequestOf, newPersonKeys, valueOf, type Desk } from '../testing/desk.ts';
import { base64, newSigner, sealBox } from '../testing/desk-keys.ts';
import { createMemoryLedger } from '../testing/memory-ledger.ts';
import { village, villagers } from '../testing/village.ts';
import { hashOf } from './codes.ts';
import { enrol, type Trust } from './enrol.ts';

const { zhouMin, chenGuodong } = villagers;
const USER_KEY = new Uint8Array(32).fill(9);
const PASSWORD = '江南新村一号楼';

let cast: Cast;
let desk: Desk;
beforeEach(async () => {
  cast = await createCast();
  desk = await cast.desk(zhouMin);
});

const newcomer = async () => ({ key: await newSigner(), person: await newPersonKeys() });
const codeOf = async ({ id }: { readonly id: string }, device?: string) =>
  (await cast.district.issueCode(id, device)) ?? '';
const enrolWith = async (code: string) => cast.district.enrol(await enrolRequestOf(code, await newcomer()));
const errorOf = (result: { ok: boolean; error?: { error: string } }) =>
  result.ok ? 'ok' : result.error?.error;
const device = async () => cast.transactor.read((reading) => reading.device(desk.device));

/** What the desk escrows when it has contact. */
const escrow = async (of: Desk, person: string) => {
  const userKey = await sealBox(USER_KEY, cast.keys.publicKey, 'linli/user-key-escrow/1', [
    of.device,
    person,
  ]);
  valueOf(await cast.district.keys(await of.asking({ as: person }), { offers: [], userKey }));
};
const setPassword = async (password: string, old?: string) =>
  cast.district.password(await desk.asking(), { password, ...(old !== undefined && { old }) });

describe('enrolling by code', () => {
  it('opens once, for fifteen minutes, and forgives how the code was typed', async () => {
    const code = await codeOf(chenGuodong);
    const spoken = `${code.slice(0, 5).toLowerCase()} - ${code.slice(5)}`;
    expect(valueOf(await enrolWith(spoken))).toEqual({
      device: {
        id: expect.stringMatching(/^device_/),
        label: 'D2',
        refresh: expect.any(String),
        chain: { number: 0, hash: 'A'.repeat(43) },
      },
      person: { ...chenGuodong, grants: [...chenGuodong.grants] },
      district: {
        id: 'district-xuhui',
        name: '徐汇区',
        epoch: 'epoch-1',
        publicKey: cast.keys.publicKey,
        signingKey: cast.keys.signingKey,
      },
    });
    const late = await codeOf(chenGuodong);
    expect(errorOf(await enrolWith(code))).toBe('code-used');
    cast.clock.now += 15 * 60_000;
    expect(errorOf(await enrolWith(late))).toBe('code-expired');
    expect(errorOf(await enrolWith('2345678923'))).toBe('code-unknown');
    expect(errorOf(await enrolWith('<script>'))).toBe('code-unknown');
  });

  it('of two devices that race with one code, one wins', async () => {
    const code = await codeOf(chenGuodong);
    const outcomes = await Promise.all([enrolWith(code), enrolWith(code), enrolWith(code)]);
    expect(outcomes.map(errorOf).sort()).toEqual(['code-used', 'code-used', 'ok']);
  });

  it('gives the same request the same answer: a lost reply costs nothing', async () => {
    const request = await enrolRequestOf(await codeOf(chenGuodong), await newcomer());
    const first = valueOf(await cast.district.enrol(request));
    expect(valueOf(await cast.district.enrol(request))).toEqual(first);
    expect((await cast.transactor.read((reading) => reading.allDevices())).length).toBe(2);
  });

  it('wants both private keys: a signature by another one, or over another request, is refused', async () => {
    const who = await newcomer();
    const request = await enrolRequestOf(await codeOf(chenGuodong), who);
    const other = await newcomer();
    const forged = [
      { ...request, device: { key: other.key.point } },
      { ...request, person: { ...request.person, signingKey: other.person.signing.point } },
      { ...request, person: { ...request.person, exchangeKey: other.person.exchange.point } },
      { ...request, code: await codeOf(zhouMin) },
      { ...request, nonce: 'A'.repeat(22) },
    ];
    for (const one of forged) expect(errorOf(await cast.district.enrol(one))).toBe('bad-proof');
    expect(errorOf(await cast.district.enrol(request))).toBe('ok');
  });

  it('refuses an exchange key that nothing can be sealed to', async () => {
    const who = await newcomer();
    const off = base64(Buffer.concat([Buffer.of(4), Buffer.alloc(64, 1)]));
    const person = { ...who.person, exchange: { ...who.person.exchange, point: off } };
    const request = await enrolRequestOf(await codeOf(chenGuodong), { ...who, person });
    expect(errorOf(await cast.district.enrol(request))).toBe('malformed');
  });

  it('lets a further person join a known device, but nobody take its place with a code for any device', async () => {
    expect(valueOf(await desk.join(chenGuodong)).device.id).toBe(desk.device);
    const thief = await newcomer();
    const request = await enrolRequestOf(await codeOf(chenGuodong), { ...thief, id: desk.device });
    expect(errorOf(await cast.district.enrol(request))).toBe('bad-proof');
    expect((await device())?.key).toBe(desk.deviceKey.point);
  });

  it('joins no revoked and no quarantined device', async () => {
    await cast.district.administerLocally({ name: 'device.revoke', input: { device: desk.device } });
    expect(errorOf(await desk.join(chenGuodong))).toBe('revoked');
  });
});

describe('coming back', () => {
  it('a code for this device returns the user key to new keys, and a new device key takes the old one’s place', async () => {
    await escrow(desk, zhouMin.id);
    await desk.push(desk.pen.create('漏水'));
    const fresh = await newcomer();
    const code = await codeOf(zhouMin, desk.device);
    const back = valueOf(
      await cast.district.enrol(await enrolRequestOf(code, { ...fresh, id: desk.device })),
    );
    expect(back.device).toMatchObject({ id: desk.device, label: 'D1', chain: { number: 1 } });
    expect(
      await fresh.person.exchange.open(back.person.userKey ?? '', 'linli/user-key-return/1', [
        desk.device,
        zhouMin.id,
      ]),
    ).toEqual(USER_KEY);
    // The former device key and its tokens are nobody's any more.
    expect(errorOf(await desk.token(desk.enrolled.device.refresh))).toBe('unauthorised');
  });

  it('a code for this device opens no other one, and no new one', async () => {
    const code = await codeOf(zhouMin, desk.device);
    expect(errorOf(await enrolWith(code))).toBe('code-unknown');
    const other = await cast.desk(chenGuodong);
    expect(errorOf(await other.join(zhouMin, { code }))).toBe('code-unknown');
    expect(errorOf(await desk.join(zhouMin, { code }))).toBe('ok');
  });

  it('asks for the account’s password: missing or wrong it costs no code, and tries run out', async () => {
    await escrow(desk, zhouMin.id);
    valueOf(await setPassword(PASSWORD));
    const code = await codeOf(zhouMin, desk.device);
    expect(errorOf(await desk.join(zhouMin, { code }))).toBe('password-wrong');
    expect(errorOf(await desk.join(zhouMin, { code, password: '江南新村二号楼' }))).toBe('password-wrong');
    expect(valueOf(await desk.join(zhouMin, { code, password: PASSWORD })).person.userKey).toBeDefined();
    const next = await codeOf(zhouMin, desk.device);
    const tries: (string | undefined)[] = [];
    for (let index = 0; index < 5; index++)
      tries.push(errorOf(await desk.join(zhouMin, { code: next, password: `错的密码第${index}个` })));
    expect(tries).toContain('too-many-tries');
    // Nobody without a good code learns whether a password is right.
    expect(errorOf(await desk.join(zhouMin, { code: '2345678923', password: PASSWORD }))).toBe(
      'code-unknown',
    );
  });

  it('with the new password, not the old one, after it was changed; without one after it was cleared', async () => {
    await escrow(desk, zhouMin.id);
    valueOf(await setPassword(PASSWORD));
    expect(errorOf(await setPassword('另外一个新密码吧'))).toBe('password-wrong');
    valueOf(await setPassword('另外一个新密码吧', PASSWORD));
    const code = await codeOf(zhouMin, desk.device);
    expect(errorOf(await desk.join(zhouMin, { code, password: PASSWORD }))).toBe('password-wrong');
    await cast.district.administerLocally({
      name: 'person.clearPassword',
      input: { person: zhouMin.id },
    });
    expect(errorOf(await desk.join(zhouMin, { code }))).toBe('ok');
  });

  it('does not take a password that was changed while it was compared', async () => {
    await escrow(desk, zhouMin.id);
    valueOf(await setPassword(PASSWORD));
    const request = await enrolRequestOf(await codeOf(zhouMin, desk.device), {
      key: desk.deviceKey,
      id: desk.device,
      person: await newPersonKeys(),
    });
    const attempt = (trust: Trust) =>
      cast.transactor.transact((writing) =>
        enrol(writing, request, {
          now: cast.clock.now,
          random: randomBytes,
          keys: cast.keys,
          code: hashOf(request.code),
          trust,
        }),
      );
    expect(errorOf(await attempt({ kind: 'none' }))).toBe('password-wrong');
    expect(errorOf(await attempt({ kind: 'password', kept: 'the former one' }))).toBe('password-wrong');
    expect(errorOf(await attempt({ kind: 'administrator' }))).toBe('ok');
  });

  it('needs no password to join a device where nothing waits for its owner', async () => {
    valueOf(await setPassword(PASSWORD));
    const other = await cast.desk(chenGuodong);
    expect(errorOf(await other.join(zhouMin))).toBe('ok');
  });
});

describe('what a code does not open', () => {
  it('a user key comes back only with a code for this very device: an overheard one for a new computer is none', async () => {
    await escrow(desk, zhouMin.id);
    const code = await codeOf(zhouMin);
    expect(errorOf(await desk.join(zhouMin, { code }))).toBe('code-unknown');
    // It still serves what it was made for.
    expect(errorOf(await enrolWith(code))).toBe('ok');
  });

  it('nobody but who uses a device already brings another device key, not even with a code for it', async () => {
    const code = await codeOf(chenGuodong, desk.device);
    const fresh = await enrolRequestOf(code, { ...(await newcomer()), id: desk.device });
    expect(errorOf(await cast.district.enrol(fresh))).toBe('bad-proof');
    expect((await device())?.key).toBe(desk.deviceKey.point);
    expect(errorOf(await desk.join(chenGuodong, { code }))).toBe('ok');
  });

  it('a device that was revoked meanwhile gets no answer a second time', async () => {
    const code = await codeOf(chenGuodong);
    const request = await enrolRequestOf(code, await newcomer());
    const { id } = valueOf(await cast.district.enrol(request)).device;
    await cast.district.administerLocally({ name: 'device.revoke', input: { device: id } });
    expect(errorOf(await cast.district.enrol(request))).toBe('revoked');
  });
});

describe('by a pair of files', () => {
  const answerTo = async (person: string, more: object = {}) => {
    const who = await newcomer();
    const request = await enrolRequestOf('', who);
    const file = { kind: 'linli-enrolment-request', v: 1, at: '2026-11-23T04:00:00.000Z', request };
    const ask = () =>
      cast.district.administerLocally({
        name: 'enrolment.answer',
        input: { person, request: file, ...more },
      });
    return { who, ask };
  };

  it('answers to the person’s keys alone, signed, for seven days; asked twice it is the same device', async () => {
    const { who, ask } = await answerTo(chenGuodong.id);
    const read = async () => {
      const { file } = valueOf(await ask()) as { file: { sealed: string; deviceKey: string } };
      expect(file).toMatchObject({ kind: 'linli-enrolment-answer', signingKey: cast.keys.signingKey });
      const bytes = await who.person.exchange.open(file.sealed, 'linli/enrolment-answer/1', [who.key.point]);
      return JSON.parse(Buffer.from(bytes).toString()) as {
        answer: { device: { id: string } };
        expiresAt: string;
      };
    };
    const first = await read();
    expect(first).toMatchObject({
      address: CAST_ADDRESS,
      expiresAt: '2026-11-30T04:00:00.000Z',
      answer: { person: { id: chenGuodong.id }, device: { label: 'D2' } },
    });
    cast.clock.now += 86_400_000;
    expect((await read()).answer.device.id).toBe(first.answer.device.id);
    expect((await cast.transactor.read((reading) => reading.allDevices())).length).toBe(2);
  });

  it('belongs to one person: the same file answered for another one is refused, and so is a stranger', async () => {
    const { ask } = await answerTo(chenGuodong.id);
    valueOf(await ask());
    const stranger = await answerTo('person_unknown');
    expect(await stranger.ask()).toEqual({ ok: false, error: 'unknown-person' });
  });
});

it('S8 a computer that the backup does not know yet comes in again with a code, under its old id', async () => {
  const ledger = createMemoryLedger(
    { district: 'district-xuhui', name: '徐汇区', epoch: 'epoch-1' },
    village.roles,
  );
  cast = await createCast(ledger);
  const backup = await ledger.snapshot();
  desk = await cast.desk(zhouMin);
  valueOf(await desk.join(chenGuodong));
  const hers = desk.pen.create('她的');
  const his = desk.pen.create('他的', { author: chenGuodong.id });
  expect((await desk.push(hers, his)).map(({ verdict }) => verdict)).toEqual(['confirmed', 'confirmed']);

  await ledger.restore(backup);
  expect(errorOf(await desk.token(desk.enrolled.device.refresh))).toBe('unauthorised');
  const again = valueOf(await desk.join(zhouMin));
  expect([again.device.id, again.device.chain.number]).toEqual([desk.device, 0]);
  const verdicts = (entries: readonly Operation[]) =>
    desk.push(...entries).then((all) => all.map(({ verdict }) => verdict));
  // What they signed with keys that the district has forgotten is neither refused nor forgotten: it waits for the next signature of
  // its author, which vouches for it.
  expect(await verdicts([hers, his])).toEqual(['held']);
  const hersNow = desk.pen.create('她回来后写的');
  const answer = valueOf(
    await desk.pushEntries([await desk.entry(hers), await desk.entry(his), await desk.entry(hersNow)]),
  );
  expect(answer).toMatchObject({
    verdicts: [{ verdict: 'confirmed' }, { verdict: 'held', reason: { code: 'access' } }],
    expects: 2,
  });
  valueOf(await desk.join(chenGuodong));
  const hisNow = desk.pen.create('他回来后写的', { author: chenGuodong.id });
  expect(await verdicts([his, hersNow, hisNow])).toEqual(['confirmed', 'confirmed', 'confirmed']);
});
