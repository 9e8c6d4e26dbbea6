import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askDistrict } from './district.ts';
import { newPrivateKey, signText } from './native/signing.ts';
import { chenGuodong, deviceSeven, signerOf, zhouMin } from './testing/envelopes.ts';
import { FIRST_REFRESH } from './testing/small-accounts.ts';
import { smallDesk, type SmallDesk } from './testing/small-desk.ts';
import {
  json,
  lostAnswer,
  portal,
  smallDistrict,
  xuhui,
  type SmallDistrict,
} from './testing/small-district.ts';

let district: SmallDistrict;
let desk: SmallDesk;
let revocations: number;
beforeEach(async () => {
  district = await smallDistrict();
  revocations = 0;
  desk = smallDesk(() => district, { pending: () => 3, onRevoked: () => (revocations += 1) });
  desk.register();
  desk.unlock(signerOf(zhouMin.id));
});
afterEach(() => district.stop());

async function ask(as: 'device' | 'person' = 'person') {
  const path = as === 'device' ? '/api/push' : '/api/pull';
  const body = Buffer.from(as === 'device' ? '{"protocol":2,"entries":[]}' : '{}');
  const result = await desk.ask({ method: 'POST', path, as, body });
  return result.ok ? result.value.status : result.error;
}
const paths = () => district.requests.map(({ path }) => path);
const tokenRequests = () => paths().filter((path) => path === '/api/token').length;
const bearer = (headers: Record<string, unknown>) =>
  String(headers['authorization'] ?? '').replace('Bearer ', '');

describe('a request is this device’s own', () => {
  it('carries a token and a proof over it, each with a nonce of its own', async () => {
    expect([await ask(), await ask()]).toEqual([200, 200]);
    expect(paths()).toEqual(['/api/token', '/api/pull', '/api/pull']);
    const proofs = district.requests.map(({ headers }) => String(headers['x-linli-proof']));
    expect(new Set(proofs.map((proof) => proof.split('.')[0])).size).toBe(3);
    expect(district.requests[1]?.headers['x-linli-district']).toBe(xuhui.id);
  });

  it('serves nobody a second time, and nobody with another device’s key', async () => {
    await ask();
    const [, sent] = district.requests;
    const again = await askDistrict({
      method: 'POST',
      url: `${district.address}/api/pull`,
      headers: sent?.headers as Record<string, string>,
      body: Buffer.from('{}'),
    });
    expect(again.ok && [again.value.status, String(again.value.body)]).toEqual([
      401,
      '{"error":"bad-proof","retry":false}',
    ]);
    const stranger = smallDesk(() => district);
    stranger.unlock(signerOf(zhouMin.id));
    stranger.restoreRefresh(desk.refresh());
    expect(await stranger.ask({ method: 'POST', path: '/api/pull', as: 'person' })).toEqual({
      ok: false,
      error: 'access',
    });
  });

  it('[S13] speaks for whoever is unlocked, and for the device alone while nobody is', async () => {
    expect(await ask()).toBe(200);
    expect(await ask('device')).toBe(200);
    desk.unlock(signerOf(chenGuodong.id));
    expect(await ask()).toBe(200);
    desk.unlock(undefined);
    expect([await ask(), await ask('device')]).toEqual(['locked', 200]);
    const asked = district.requests.filter(({ path }) => path !== '/api/token');
    expect(asked.map(({ headers }) => district.accounts.personOf(bearer(headers)))).toEqual([
      zhouMin.id,
      undefined,
      chenGuodong.id,
      undefined,
    ]);
  });

  it('[S13] is not sent with what was got for somebody who has left meanwhile, and nothing of theirs stays', async () => {
    district.misbehave({
      path: '/api/token',
      answer: (_response, normal) => {
        desk.unlock(undefined);
        normal();
      },
    });
    expect([await ask(), paths()]).toEqual(['locked', ['/api/token']]);
    desk.unlock(signerOf(zhouMin.id));
    expect([await ask(), tokenRequests()]).toEqual([200, 2]);
    desk.tokens.personLeft();
    expect([await ask(), tokenRequests()]).toEqual([200, 3]);
  });

  it('is not sent for somebody who signs with a key that the district does not know', async () => {
    const { signing } = signerOf(chenGuodong.id);
    desk.unlock({ person: zhouMin, signing });
    expect([await ask(), paths()]).toEqual(['access', ['/api/token']]);
  });
});

describe('tokens', () => {
  it('are renewed before their end on a clock that nobody can set, one at a time', async () => {
    await Promise.all([ask(), ask(), ask('device'), ask('device')]);
    expect(tokenRequests()).toBe(2);
    desk.pass(560_000);
    await ask();
    expect(tokenRequests()).toBe(2);
    desk.pass(20_000);
    await Promise.all([ask(), ask()]);
    expect([tokenRequests(), district.accounts.alarms()]).toEqual([3, 0]);
  });

  it('that are over by the district’s clock are replaced once, and the question is asked again', async () => {
    await ask();
    district.accounts.expire();
    expect(await ask()).toBe(200);
    expect(paths()).toEqual(['/api/token', '/api/pull', '/api/pull', '/api/token', '/api/pull']);
    district.misbehave({
      path: '/api/pull',
      times: 9,
      answer: (response) => json(response, 401, { error: 'expired', retry: false }),
    });
    expect(await ask()).toBe('access');
    expect(paths().slice(5)).toEqual(['/api/pull', '/api/token', '/api/pull']);
  });

  it('rotate through a lost answer, and through a disk that takes nothing', async () => {
    district.misbehave({ path: '/api/token', answer: lostAnswer });
    expect([await ask(), desk.refresh()]).toEqual(['network', FIRST_REFRESH]);
    expect([await ask(), desk.refresh()]).toEqual([200, 'refresh-2']);
    desk.fillDisk(true);
    expect([await ask('device'), desk.refresh()]).toEqual([200, 'refresh-2']);
    desk.fillDisk(false);
    district.accounts.expire();
    expect([await ask('device'), desk.refresh()]).toEqual([200, 'refresh-4']);
    expect(district.accounts.alarms()).toBe(0);
  });

  it('the next refresh token is on disk before the access token beside it is used', async () => {
    let onDisk = '';
    district.misbehave({
      path: '/api/pull',
      answer: (_response, normal) => {
        onDisk = desk.refresh();
        normal();
      },
    });
    await ask();
    expect(onDisk).toBe('refresh-1');
  });

  it('a copied refresh token that comes too late is an alarm there and no access here', async () => {
    await ask();
    district.accounts.expire();
    await ask();
    desk.restoreRefresh(FIRST_REFRESH);
    district.accounts.expire();
    expect([await ask(), district.accounts.alarms()]).toEqual(['access', 1]);
  });

  it('tell the administrator what waits here and what happened, until it was heard', async () => {
    const notice = { code: 'recovery-sheet-used' as const, at: '2026-03-02', person: zhouMin.id };
    desk.note(notice);
    district.misbehave({ path: '/api/token', answer: portal });
    expect([await ask(), desk.notices()]).toEqual(['not-the-district', [notice]]);
    await ask();
    await ask('device');
    expect(district.accounts.reports).toMatchObject([{ pending: 3, notices: [notice] }, { pending: 3 }]);
    expect([desk.notices(), district.accounts.reports[1]]).toEqual([
      [],
      expect.not.objectContaining({ notices: expect.anything() as unknown }),
    ]);
  });
});

describe('what concerns this computer as a whole has one word', () => {
  it('revoked: it may only deliver, and knows it from its token', async () => {
    district.accounts.revoke();
    expect([await ask('device'), revocations, desk.tokens.revoked()]).toEqual([200, 1, true]);
    expect([await ask(), revocations]).toEqual(['revoked', 1]);
  });

  it('revoked: an answer says it, too, while its token is still good', async () => {
    await ask();
    district.accounts.revoke();
    expect([await ask(), await ask(), revocations, tokenRequests()]).toEqual(['revoked', 'revoked', 1, 2]);
  });

  it('revoked: the district’s signature says it, and nobody in between', async () => {
    await ask();
    const says = { status: 401, error: 'revoked', retry: false };
    district.misbehave({ path: '/api/pull', answer: (response) => json(response, 401, says) });
    expect([await ask(), revocations, desk.tokens.revoked(), await ask()]).toEqual(['server', 0, false, 200]);
    const stranger = newPrivateKey();
    const texts = [`linli/revoked/1\n${deviceSeven}`, 'linli/revoked/1\ndevice_other'];
    const signatures = [
      signText(stranger, texts[0] ?? ''),
      district.accounts.sign(texts[1] ?? ''),
      district.accounts.sign(deviceSeven),
    ];
    for (const signature of signatures) {
      district.accounts.expire();
      district.misbehave({
        path: '/api/token',
        answer: (response, normal) => {
          const end = response.end.bind(response);
          const forged = (body: string) => {
            const answer = JSON.parse(body) as object;
            return end(JSON.stringify({ ...answer, revoked: { signature } }));
          };
          response.end = forged as typeof response.end;
          normal();
        },
      });
      expect([await ask(), revocations, desk.tokens.revoked()]).toEqual([200, 0, false]);
    }
  });

  it('revoked: at the same district, enrolled anew as another computer, it is not', async () => {
    district.accounts.revoke();
    await ask('device');
    desk.leave();
    expect(desk.tokens.revoked()).toBe(true);
    desk.comeBack('device_01J00000000000000000000008');
    expect(desk.tokens.revoked()).toBe(false);
  });

  it('quarantined, other district, newer protocol, stranger, nobody', async () => {
    district.quarantine();
    expect(await ask()).toBe('quarantined');
    district.release();
    const answers = [
      [409, 'wrong-district', 'other-district'],
      [426, 'unsupported-protocol', 'newer-protocol'],
      [403, 'forbidden', 403],
      [507, 'disk-full', 507],
    ] as const;
    for (const [status, error, told] of answers) {
      district.misbehave({
        path: '/api/pull',
        answer: (response) => json(response, status, { error, retry: false }),
      });
      expect(await ask()).toBe(told);
    }
    district.misbehave({ path: '/api/pull', answer: portal });
    expect(await ask()).toBe('not-the-district');
    desk.leave();
    expect(await ask('device')).toBe('locked');
  });

  it('a token request that gets no token says why', async () => {
    const answers = [
      [403, { error: 'forbidden', retry: false }, 'access'],
      [401, { error: 'revoked', retry: false }, 'revoked'],
      [500, { error: 'internal', retry: true }, 'server'],
      [200, { access: 5 }, 'server'],
    ] as const;
    for (const [status, body, told] of answers) {
      district.misbehave({ path: '/api/token', answer: (response) => json(response, status, body) });
      expect(await ask()).toBe(told);
    }
    expect(revocations).toBe(0);
    await district.stop();
    expect(await ask()).toBe('network');
  });
});
