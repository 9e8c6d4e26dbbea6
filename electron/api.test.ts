import { afterEach, beforeEach, expect, it } from 'vitest';
import { bodyWithin } from './body-within.ts';
import { carryApi, type ApiOptions } from './api.ts';
import { askDistrict } from './district.ts';
import { signerOf, zhouMin } from './testing/envelopes.ts';
import { smallDesk, type SmallDesk } from './testing/small-desk.ts';
import {
  emptyProxy,
  json,
  portal,
  smallDistrict,
  xuhui,
  type SmallDistrict,
} from './testing/small-district.ts';

let district: SmallDistrict;
let desk: SmallDesk;
let options: ApiOptions;
let seen: string[];
beforeEach(async () => {
  district = await smallDistrict();
  desk = smallDesk(() => district);
  desk.register();
  desk.unlock(signerOf(zhouMin.id));
  seen = [];
  options = { ask: desk.ask, onAnswer: (path) => seen.push(path) };
});
afterEach(() => district.stop());

async function ask(method: string, path: string, body = '{}') {
  const answer = await carryApi(
    { method, path, body: (most) => bodyWithin(new Request('http://desk/', { method: 'POST', body }), most) },
    options,
  );
  return { status: answer.status, body: JSON.parse(Buffer.from(answer.body).toString()) as unknown };
}
const history = '/api/history/mediation_01J00000000000000000000001';

it('asks as the unlocked person what the page may ask, and hands the answer on', async () => {
  const may = ['/api/handshake', '/api/pull', '/api/administer', '/api/password'];
  for (const path of may) expect(await ask('POST', path)).toEqual({ status: 200, body: { path } });
  expect(await ask('GET', history)).toEqual({ status: 200, body: { path: history } });
  const check = `${history}/check`;
  expect(await ask('GET', check)).toEqual({ status: 200, body: { path: check } });
  expect(seen).toEqual([...may, history, check]);
  expect(district.requests.map(({ path }) => path)).toEqual(['/api/token', ...may, history, check]);
  expect(district.accounts.reports).toMatchObject([{ person: { id: zhouMin.id } }]);
});

it('refuses every other path and method without asking anybody', async () => {
  const refused = await Promise.all(
    [
      ['POST', '/api/push'],
      ['POST', '/api/enrol'],
      ['POST', '/api/token'],
      ['POST', '/api/keys'],
      ['POST', '/api/left'],
      ['GET', '/api/administer'],
      ['GET', '/api/events'],
      ['GET', '/api/handshake'],
      ['DELETE', history],
      ['GET', '/api/history/../people'],
      ['GET', `${history}/x`],
      ['POST', '/api/pull/'],
      ['POST', '/api/pull?x=1'],
    ].map(([method = '', path = '']) => ask(method, path)),
  );
  expect(refused).toEqual(refused.map(() => ({ status: 404, body: { error: 'unknown' } })));
  expect(district.requests).toEqual([]);
});

it('says locked while nobody is in, or nothing is enrolled', async () => {
  const locked = { status: 401, body: { error: 'locked' } };
  desk.unlock(undefined);
  expect(await ask('POST', '/api/pull')).toEqual(locked);
  desk.unlock(signerOf(zhouMin.id));
  desk.leave();
  expect(await ask('POST', '/api/pull')).toEqual(locked);
  expect(district.requests).toEqual([]);
});

it('turns strangers and silence into errors of ours, and hands the district’s own errors on', async () => {
  district.misbehave({ path: '/api/pull', answer: portal });
  expect(await ask('POST', '/api/pull')).toEqual({ status: 502, body: { error: 'not-the-district' } });
  district.misbehave({ path: '/api/pull', answer: emptyProxy });
  expect(await ask('POST', '/api/pull')).toEqual({ status: 502, body: { error: 'unreachable' } });
  district.misbehave({ path: '/api/pull', answer: (response) => json(response, 200, {}, 'district_other') });
  expect(await ask('POST', '/api/pull')).toEqual({ status: 502, body: { error: 'other-district' } });
  const denied = { error: 'forbidden', retry: false };
  district.misbehave({ path: '/api/pull', answer: (response) => json(response, 403, denied) });
  expect(await ask('POST', '/api/pull')).toEqual({ status: 403, body: denied });
  const large = 'x'.repeat(4 * 1024 * 1024 + 1);
  expect(await ask('POST', '/api/pull', large)).toEqual({ status: 413, body: { error: 'too-large' } });
  await district.stop();
  expect(await ask('POST', '/api/pull')).toEqual({ status: 502, body: { error: 'unreachable' } });
  expect(seen).toEqual([]);
});

it('tells the page in the district’s own words what concerns this computer', async () => {
  district.quarantine();
  const told = [await ask('POST', '/api/pull')];
  district.accounts.revoke();
  told.push(await ask('POST', '/api/pull'));
  desk.restoreRefresh('refresh-of-somebody-else');
  district.accounts.expire();
  told.push(await ask('POST', '/api/pull'));
  expect(told).toEqual([
    { status: 409, body: { error: 'quarantined', retry: false } },
    { status: 401, body: { error: 'revoked', retry: false } },
    { status: 401, body: { error: 'unauthorised', retry: false } },
  ]);
});

it('gives up on an answer that never ends', async () => {
  district.misbehave({
    path: '/api/pull',
    answer: (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'x-linli-district': xuhui.id });
      const more = setInterval(() => response.write('x'.repeat(65_536)), 1);
      response.once('close', () => clearInterval(more));
    },
  });
  const result = await askDistrict({
    method: 'POST',
    url: `${district.address}/api/pull`,
    mostBytes: 1_000_000,
  });
  expect(result).toEqual({ ok: false, error: 'network' });
});
