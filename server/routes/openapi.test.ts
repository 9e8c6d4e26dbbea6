import { Validator } from '@seriousme/openapi-schema-validator';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PROOF } from '../../shared/protocol/signing.ts';
import { OLDEST_PROTOCOL, PROTOCOL } from '../../shared/protocol/version.ts';
import { buildApp } from '../app.ts';
import type { District } from '../district.ts';
import { createCast, type Cast } from '../testing/cast.ts';
import { describedBy } from '../testing/described.ts';
import { enrolRequestOf, newPersonKeys, type Desk } from '../testing/desk.ts';
import { newSigner } from '../testing/desk-keys.ts';
import { JIANGNAN, villagers } from '../testing/village.ts';

let cast: Cast;
let zhou: Desk;
let app: FastifyInstance;
const serve = async (over: Partial<District> = {}, perMinute = 1200): Promise<void> => {
  const district = { ...cast.district, ...over };
  await app?.close();
  app = await buildApp({ district, clock: () => cast.clock.now, log: () => undefined, perMinute });
};
beforeEach(async () => {
  cast = await createCast();
  zhou = await cast.desk(villagers.zhouMin);
  await serve();
});
afterEach(() => app.close());

const served = async () => (await app.inject({ url: '/api/openapi.json' })).json();
const hello = { protocol: PROTOCOL, app: '0.1.0' };
const pull = { epoch: 'epoch-1', cursors: [{ scope: `${JIANGNAN}/casework`, cursor: 0 }] };

/** As 周敏 at her desk, or as her desk with its refresh token. */
async function post(path: string, body: object | string, token?: string) {
  const payload = typeof body === 'string' ? body : JSON.stringify(body);
  const request = { method: 'POST', path, body: payload };
  const { access, proof = '' } = token ? await zhou.prove(token, request) : await zhou.asking(request);
  const headers = {
    authorization: `Bearer ${access}`,
    [PROOF]: proof,
    'content-type': 'application/json',
  };
  const response = await app.inject({ method: 'POST', url: path, payload, headers });
  return { method: 'POST', path, status: response.statusCode, body: response.json() as unknown };
}

it('is sound OpenAPI, and tells who may ask each route', async () => {
  const document = await served();
  expect(await new Validator().validate(document)).toEqual({ valid: true });
  expect(document.info.description).toContain(`Protocols ${OLDEST_PROTOCOL} to ${PROTOCOL}`);
  expect(document.paths['/api/history/{record}'].get).toMatchObject({
    security: [{ accessToken: [], proof: [] }],
    parameters: [
      { name: 'record', in: 'path', required: true },
      { name: 'x-linli-district', in: 'header' },
    ],
  });
  expect(document.paths['/api/push'].post.requestBody.content['application/json'].schema).toEqual({
    $ref: '#/components/schemas/pushRequest',
  });
  expect(document.paths['/api/status'].get.security).toEqual([]);
  expect(document.components.schemas.pushRequest.properties.entries.items).toEqual({
    $ref: '#/components/schemas/pushEntry',
  });
});

it('knows every failure that has nothing to do with who asks', async () => {
  const described = describedBy(await served());
  const expectError = async (answered: Promise<Awaited<ReturnType<typeof post>>>, error: string) => {
    const answer = await answered;
    expect(described.whatIsWrong(answer)).toEqual([]);
    expect(answer.body).toMatchObject({ error });
  };
  const who = { key: await newSigner(), person: await newPersonKeys() };
  const { refresh } = zhou.enrolled.device;
  await expectError(post('/api/enrol', await enrolRequestOf('2345678923', who)), 'code-unknown');
  await expectError(
    post('/api/token', { ...hello, pending: 0, protocol: 99 }, refresh),
    'unsupported-protocol',
  );
  await expectError(post('/api/handshake', { ...hello, protocol: 99 }), 'unsupported-protocol');
  await expectError(post('/api/pull', { ...pull, epoch: 'epoch-0' }), 'wrong-epoch');
  for (const path of [
    '/api/handshake',
    '/api/pull',
    '/api/push',
    '/api/keys',
    '/api/left',
    '/api/administer',
  ]) {
    await expectError(post(path, '{"half":'), 'malformed');
    await expectError(post(path, ' '.repeat(3 * 1024 * 1024)), 'too-large');
  }
  const throwing = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }));
  await serve({ pull: throwing('X'), push: throwing('ENOSPC') });
  await expectError(post('/api/pull', pull), 'internal');
  await expectError(
    post('/api/push', { protocol: PROTOCOL, entries: [await zhou.entry(zhou.pen.create('漏水'))] }),
    'disk-full',
  );
  await serve({}, 0);
  await expectError(post('/api/pull', pull), 'too-many-tries');
});

it('the check of answers finds a field too many, one too few, another error and another status', async () => {
  const { whatIsWrong } = describedBy(await served());
  const [method, path] = ['POST', '/api/left'];
  expect(whatIsWrong({ method, path, status: 200, body: { noted: 1 } })).toEqual([]);
  expect(whatIsWrong({ method, path, status: 200, body: { noted: 1, more: 1 } })).toEqual([
    ' must NOT have additional properties {"additionalProperty":"more"}',
  ]);
  expect(whatIsWrong({ method, path, status: 200, body: {} })).toHaveLength(1);
  expect(whatIsWrong({ method, path, status: 403, body: { error: 'forbidden', retry: false } })).toEqual([]);
  expect(whatIsWrong({ method, path, status: 403, body: { error: 'not-found', retry: false } })).toHaveLength(
    1,
  );
  expect(whatIsWrong({ method, path, status: 418, body: {} })).toEqual([
    'not described: /api/left post responses 418',
  ]);
});
