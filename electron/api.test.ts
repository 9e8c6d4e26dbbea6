import { afterEach, beforeEach, expect, it } from 'vitest';
import { carryApi, type ApiOptions } from './api.ts';
import { askDistrict } from './district.ts';
import {
  emptyProxy,
  json,
  portal,
  smallDistrict,
  xuhui,
  type SmallDistrict,
} from './testing/small-district.ts';

let district: SmallDistrict;
let options: ApiOptions;
let seen: string[];
beforeEach(async () => {
  district = await smallDistrict();
  seen = [];
  options = {
    ask: askDistrict,
    contact: () => ({ address: district.address, district: xuhui.id, deviceToken: 'device-token-7' }),
    personToken: () => 'token-of-zhou-min',
    onAnswer: (path) => seen.push(path),
  };
});
afterEach(() => district.stop());

async function ask(method: string, path: string, changed: Partial<ApiOptions> = {}, body = '{}') {
  const answer = await carryApi(
    { method, path, body: () => Promise.resolve(Buffer.from(body)) },
    { ...options, ...changed },
  );
  return { status: answer.status, body: JSON.parse(Buffer.from(answer.body).toString()) as unknown };
}
const history = '/api/history/mediation_01J00000000000000000000001';

it('adds both tokens to what the page may ask, and hands the answer on', async () => {
  expect(await ask('POST', '/api/handshake')).toEqual({ status: 200, body: { path: '/api/handshake' } });
  expect(await ask('GET', history)).toEqual({ status: 200, body: { path: history } });
  expect(seen).toEqual(['/api/handshake', history]);
  expect(
    district.requests.map(({ headers }) => [
      headers['authorization'],
      headers['x-linli-person'],
      headers['x-linli-district'],
    ]),
  ).toEqual(Array.from({ length: 2 }, () => ['Bearer device-token-7', 'token-of-zhou-min', xuhui.id]));
});

it('refuses every other path and method without asking anybody', async () => {
  const refused = await Promise.all(
    [
      ['POST', '/api/push'],
      ['POST', '/api/enrol'],
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
  expect(await ask('POST', '/api/pull', { personToken: () => undefined })).toEqual(locked);
  expect(await ask('POST', '/api/pull', { contact: () => undefined })).toEqual(locked);
  expect(district.requests).toEqual([]);
});

it('turns strangers and silence into errors of ours, and hands the district’s own errors on', async () => {
  district.misbehave({ path: '/api/pull', answer: portal });
  expect(await ask('POST', '/api/pull')).toEqual({ status: 502, body: { error: 'not-the-district' } });
  district.misbehave({ path: '/api/pull', answer: emptyProxy });
  expect(await ask('POST', '/api/pull')).toEqual({ status: 502, body: { error: 'unreachable' } });
  district.misbehave({ path: '/api/pull', answer: (response) => json(response, 200, {}, 'district_other') });
  expect(await ask('POST', '/api/pull')).toEqual({ status: 502, body: { error: 'other-district' } });
  const denied = { error: 'unauthorised', retry: false };
  district.misbehave({ path: '/api/pull', answer: (response) => json(response, 401, denied) });
  expect(await ask('POST', '/api/pull')).toEqual({ status: 401, body: denied });
  const large = 'x'.repeat(4 * 1024 * 1024 + 1);
  expect(await ask('POST', '/api/pull', {}, large)).toEqual({ status: 413, body: { error: 'too-large' } });
  await district.stop();
  expect(await ask('POST', '/api/pull')).toEqual({ status: 502, body: { error: 'unreachable' } });
  expect(seen).toEqual([]);
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
