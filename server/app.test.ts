import { json } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DISTRICT, errorResponse, handshakeResponse, PERSON_TOKEN } from '../shared/protocol/messages.ts';
import { PROTOCOL } from '../shared/protocol/version.ts';
import { buildApp, type AppOptions } from './app.ts';
import { createCast, type Cast, type Desk } from './testing/cast.ts';
import { JIANGNAN, RIHUI, villagers } from './testing/village.ts';

const casework = `${JIANGNAN}/casework`;
const ADMIN_SECRET = 'a-secret-of-the-data-folder';

let cast: Cast;
let zhou: Desk;
let app: FastifyInstance;
const lines: unknown[] = [];
const open = async (options: Partial<AppOptions> = {}): Promise<FastifyInstance> => {
  await app?.close();
  app = await buildApp({
    district: cast.district,
    clock: () => cast.clock.now,
    log: (line) => void lines.push(line),
    adminSecret: ADMIN_SECRET,
    ...options,
  });
  return app;
};
beforeEach(async () => {
  lines.length = 0;
  cast = await createCast();
  zhou = await cast.desk(villagers.zhouMin);
  await open();
});
afterEach(() => app.close());

const headersOf = ({ credentials }: Desk): Record<string, string> => ({
  authorization: `Bearer ${credentials.device}`,
  [PERSON_TOKEN]: credentials.person,
});
const handshake = { protocol: PROTOCOL, app: '0.1.0' };
const pull = { epoch: 'epoch-1', cursors: [{ scope: casework, cursor: 0 }] };

/** Every route with a request that would succeed for 周敏 at her own desk. */
const ROUTES: Readonly<Record<string, () => Promise<InjectOptions>>> = {
  'POST /api/enrol': async () => ({
    method: 'POST',
    url: '/api/enrol',
    body: { ...handshake, code: await cast.district.issueCode(villagers.zhouMin.id), device: zhou.device },
  }),
  'POST /api/handshake': async () => ({ method: 'POST', url: '/api/handshake', body: handshake }),
  'POST /api/pull': async () => ({ method: 'POST', url: '/api/pull', body: pull }),
  'POST /api/push': async () => ({
    method: 'POST',
    url: '/api/push',
    body: { protocol: PROTOCOL, entries: [await zhou.seal(zhou.pen.create('漏水'))] },
  }),
  'GET /api/history/:record': async () => {
    const creation = zhou.pen.create('漏水');
    await zhou.push(creation);
    return { method: 'GET', url: `/api/history/${creation.record}` };
  },
  'GET /api/events': async () => ({ method: 'GET', url: '/api/events', payloadAsStream: true }),
  'POST /api/admin': async () => ({ method: 'POST', url: '/api/admin', body: { command: 'people' } }),
  'GET /api/protocol': async () => ({ method: 'GET', url: '/api/protocol' }),
  'GET /api/status': async () => ({ method: 'GET', url: '/api/status' }),
  'GET /health': async () => ({ method: 'GET', url: '/health' }),
};

type Headers = Readonly<Record<string, string>>;
/** Who asks: each sets the stage and gives the headers. */
const PRINCIPALS: Readonly<Record<string, () => Promise<Headers>>> = {
  'own desk': async () => headersOf(zhou),
  'no token': async () => ({}),
  'wrong device token': async () => ({ ...headersOf(zhou), authorization: 'Bearer nobody' }),
  'wrong person token': async () => ({ ...headersOf(zhou), [PERSON_TOKEN]: 'nobody' }),
  'no person token': async () => ({ authorization: headersOf(zhou)['authorization'] ?? '' }),
  'person token of another desk': async () => {
    const other = await cast.desk(villagers.zhouMin);
    return { ...headersOf(zhou), [PERSON_TOKEN]: other.credentials.person };
  },
  'basic instead of bearer': async () => ({
    ...headersOf(zhou),
    authorization: `Basic ${zhou.credentials.device}`,
  }),
  'revoked device': async () => {
    await cast.district.revokeDevice(zhou.device);
    return headersOf(zhou);
  },
  'disabled person': async () => {
    await cast.district.changePerson(villagers.zhouMin.id, { disabled: true });
    return headersOf(zhou);
  },
  'no rights left': async () => {
    await cast.district.changePerson(villagers.zhouMin.id, { grants: [] });
    return headersOf(zhou);
  },
  'another committee': async () => headersOf(await cast.desk(villagers.liXiulan)),
  'another district': async () => ({ ...headersOf(zhou), [DISTRICT]: 'district-huangpu' }),
};

/** Status by route and principal, in the order of PRINCIPALS. A route without a row fails below. */
const MATRIX: Readonly<Record<string, readonly number[]>> = {
  // A code for a known device asks for that device's own token; the person needs none yet.
  'POST /api/enrol': [200, 401, 401, 200, 200, 200, 401, 401, 403, 200, 401, 409],
  'POST /api/handshake': [200, 401, 401, 401, 401, 401, 401, 401, 403, 200, 200, 409],
  'POST /api/pull': [200, 401, 401, 401, 401, 401, 401, 401, 403, 403, 403, 409],
  // Carried by the device, whoever is signed in; rights are the judge's business.
  'POST /api/push': [200, 401, 401, 200, 200, 200, 401, 401, 200, 200, 200, 409],
  'GET /api/history/:record': [200, 401, 401, 401, 401, 401, 401, 401, 403, 404, 404, 409],
  'GET /api/events': [200, 401, 401, 200, 200, 200, 401, 401, 200, 200, 200, 409],
  'POST /api/admin': [401, 401, 401, 401, 401, 401, 401, 401, 401, 401, 401, 409],
  'GET /api/protocol': [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 409],
  'GET /api/status': [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 409],
  'GET /health': [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 409],
};

describe('who may ask what', () => {
  it('every route of the app has a row in the matrix', () => {
    const routes = app
      .printRoutes({ commonPrefix: false })
      .split('\n')
      .flatMap((line) => /(\/\S+) \((.+)\)/.exec(line)?.slice(1, 3).join('|') ?? [])
      .flatMap((route) => {
        const [path = '', methods = ''] = route.split('|');
        return methods
          .split(', ')
          .filter((method) => method !== 'HEAD')
          .map((method) => `${method} ${path}`);
      });
    expect(routes.sort()).toEqual(Object.keys(MATRIX).sort());
    expect(Object.keys(ROUTES).sort()).toEqual(Object.keys(MATRIX).sort());
  });

  for (const [route, statuses] of Object.entries(MATRIX)) {
    for (const [index, [principal, headersFor]] of Object.entries(PRINCIPALS).entries()) {
      it(`${route} asked with: ${principal} → ${statuses[index]}`, async () => {
        const request = await ROUTES[route]!();
        const response = await app.inject({ ...request, headers: await headersFor() });
        expect(response.statusCode).toBe(statuses[index]);
        expect(response.headers[DISTRICT]).toBe('district-xuhui');
        if (response.statusCode < 400) {
          if (request.payloadAsStream) response.stream().destroy();
          return;
        }
        const body = request.payloadAsStream ? await json(response.stream()) : response.json();
        expect(errorResponse.safeParse(body).success).toBe(true);
      });
    }
  }

  it('does not tell from the answer whether a record exists that is not for this person', async () => {
    const li = await cast.desk(villagers.liXiulan);
    const creation = li.pen.create('日晖的事', { area: RIHUI, author: villagers.liXiulan.id });
    await li.push(creation);
    const ask = (record: string) => app.inject({ url: `/api/history/${record}`, headers: headersOf(zhou) });
    const [hidden, missing] = [await ask(creation.record), await ask(zhou.pen.id('matter'))];
    expect([hidden.statusCode, hidden.body]).toEqual([missing.statusCode, missing.body]);
  });

  it('a code opens once, for fifteen minutes, and forgives how it was typed', async () => {
    const enrol = async (code: string) =>
      (await app.inject({ method: 'POST', url: '/api/enrol', body: { ...handshake, code } })).json();
    const code = (await cast.district.issueCode(villagers.chenGuodong.id)) ?? '';
    const spoken = `${code.slice(0, 5).toLowerCase()} - ${code.slice(5)}`;
    expect(await enrol(spoken)).toEqual({
      device: { id: expect.stringMatching(/^device_/), label: 'D2', token: expect.any(String) },
      person: { id: villagers.chenGuodong.id, name: '陈国栋', token: expect.any(String) },
      district: { id: 'district-xuhui', name: '徐汇区', epoch: 'epoch-1', publicKey: expect.any(String) },
    });
    const late = (await cast.district.issueCode(villagers.chenGuodong.id)) ?? '';
    expect(await enrol(code)).toEqual({ error: 'code-used', retry: false });
    cast.clock.now += 15 * 60_000;
    expect(await enrol(late)).toEqual({ error: 'code-expired', retry: false });
    expect(await enrol('2345678923')).toEqual({ error: 'code-unknown', retry: false });
    expect(await enrol('<script>')).toEqual({ error: 'code-unknown', retry: false });
  });

  it('slows down whoever tries codes, and lets them go on a minute later', async () => {
    await open({ enrolmentsPerMinute: 3 });
    const enrol = async () =>
      (await app.inject({ method: 'POST', url: '/api/enrol', body: { ...handshake, code: '2345678923' } }))
        .statusCode;
    expect([await enrol(), await enrol(), await enrol(), await enrol()]).toEqual([403, 403, 403, 429]);
    cast.clock.now += 60_000;
    expect(await enrol()).toBe(403);
  });

  it('slows down a device that asks without end', async () => {
    await open({ perMinute: 2 });
    const ask = async () => (await app.inject({ url: '/api/status', headers: headersOf(zhou) })).statusCode;
    expect([await ask(), await ask(), await ask()]).toEqual([200, 200, 429]);
  });

  it('lets the administrator’s commands in with the secret of the data folder', async () => {
    const response = await app.inject({
      method: 'POST',
      url: '/api/admin',
      headers: { authorization: `Bearer ${ADMIN_SECRET}` },
      body: { command: 'code', person: villagers.zhouMin.id },
    });
    expect(response.json()).toEqual({ ok: true, text: expect.stringMatching(/^[2-9A-Z]{10}$/) });
  });
});

describe('what a desk is told', () => {
  it('shakes hands: head, time, and the scopes of the person by name', async () => {
    await zhou.push(zhou.pen.create('漏水'));
    const response = await app.inject({
      method: 'POST',
      url: '/api/handshake',
      headers: headersOf(zhou),
      body: handshake,
    });
    expect(handshakeResponse.parse(response.json())).toEqual({
      protocol: PROTOCOL,
      district: 'district-xuhui',
      epoch: 'epoch-1',
      restoredHead: 0,
      head: 1,
      durable: 0,
      serverTime: '2026-11-23T04:00:00.000Z',
      scopes: [casework, '310104/directory', '310104007/directory', `${JIANGNAN}/directory`].sort(),
      person: villagers.zhouMin,
    });
  });

  it('refuses a future protocol and another epoch, each by name', async () => {
    const ask = async (url: string, body: object) => {
      const response = await app.inject({ method: 'POST', url, headers: headersOf(zhou), body });
      return [response.statusCode, response.json().error];
    };
    expect(await ask('/api/handshake', { protocol: 99, app: '9' })).toEqual([426, 'unsupported-protocol']);
    expect(await ask('/api/enrol', { protocol: 99, app: '9', code: 'x' })).toEqual([
      426,
      'unsupported-protocol',
    ]);
    expect(await ask('/api/pull', { ...pull, epoch: 'epoch-0' })).toEqual([409, 'wrong-epoch']);
  });

  it('asks for rights over every scope of a pull, not only over some', async () => {
    const cursors = [casework, `${RIHUI}/casework`].map((scope) => ({ scope, cursor: 0 }));
    const response = await app.inject({
      method: 'POST',
      url: '/api/pull',
      headers: headersOf(zhou),
      body: { ...pull, cursors },
    });
    expect([response.statusCode, response.json()]).toEqual([403, { error: 'forbidden', retry: false }]);
  });

  it('describes its messages as JSON Schema', async () => {
    const { messages } = (await app.inject({ url: '/api/protocol' })).json();
    expect(Object.keys(messages)).toContain('pushRequest');
    expect(messages.handshakeRequest.properties).toEqual({
      protocol: expect.objectContaining({ type: 'integer' }),
      app: { type: 'string', maxLength: 40 },
    });
  });

  it('warns that there is no backup, in the status', async () => {
    await zhou.push(zhou.pen.create('漏水'));
    expect((await app.inject({ url: '/api/status' })).json()).toEqual({
      district: 'district-xuhui',
      protocols: { oldest: 1, newest: 1 },
      head: 1,
      durable: 0,
      serverTime: '2026-11-23T04:00:00.000Z',
      listening: 0,
      warnings: ['no-backup'],
    });
  });
});

describe('hostile bodies', () => {
  const post = async (payload: string | Buffer, headers: Record<string, string> = {}) => {
    const response = await app.inject({
      method: 'POST',
      url: '/api/handshake',
      payload,
      headers: { 'content-type': 'application/json', ...headersOf(zhou), ...headers },
    });
    return [response.statusCode, response.json()] as const;
  };
  const malformed = [400, { error: 'malformed', retry: false }];

  it.each([
    ['nothing', ''],
    ['junk', 'hello'],
    ['a page of HTML', '<html><body>登录</body></html>'],
    ['half a body', '{"protocol":1,"ap'],
    ['another shape', '[]'],
    ['100 000 levels', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    [
      '33 levels where 2 belong',
      JSON.stringify({ ...handshake, more: JSON.parse(`${'['.repeat(33)}${']'.repeat(33)}`) }),
    ],
    ['a prototype', '{"protocol":1,"app":"x","__proto__":{"admin":true}}'],
    ['a prototype in disguise', '{"protocol":1,"app":"x","\\u005f_proto__":{"admin":true}}'],
    ['a constructor', '{"protocol":1,"app":"x","constructor":{"prototype":{}}}'],
    ['10 000 characters', JSON.stringify({ protocol: 1, app: 'x'.repeat(10_000) })],
  ])('refuses %s', async (_what, body) => {
    expect(await post(body)).toEqual(malformed);
  });

  it('reads gzip, and refuses broken gzip and a bomb', async () => {
    const body = Buffer.from(JSON.stringify(handshake));
    const gzip = { 'content-encoding': 'gzip' };
    expect((await post(gzipSync(body), gzip))[0]).toBe(200);
    expect(await post(gzipSync(body).subarray(0, 20), gzip)).toEqual(malformed);
    expect(await post(body, gzip)).toEqual(malformed);
    expect(await post(body, { 'content-encoding': 'br' })).toEqual(malformed);
    const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024, 0x20));
    expect(await post(bomb, gzip)).toEqual([413, { error: 'too-large', retry: false }]);
    const withinTheLimit = gzipSync(Buffer.concat([Buffer.alloc(1_500_000, 0x20), body]));
    expect(await post(withinTheLimit, gzip)).toEqual([413, { error: 'too-large', retry: false }]);
  });

  it('refuses bodies over the limit, and any other kind of content', async () => {
    expect(await post(' '.repeat(3 * 1024 * 1024))).toEqual([413, { error: 'too-large', retry: false }]);
    expect(await post('<a/>', { 'content-type': 'application/xml' })).toEqual(malformed);
  });

  it('answers unknown addresses and methods in JSON', async () => {
    for (const url of ['/', '/api', '/api/../etc/passwd', '/api/handshake']) {
      const response = await app.inject({ method: 'GET', url });
      expect([response.statusCode, response.json()]).toEqual([404, { error: 'not-found', retry: false }]);
    }
  });

  it('tells a failure’s reference and nothing else, and 507 when the disk is full', async () => {
    const failing = {
      ...cast.district,
      pull: () => Promise.reject(Object.assign(new Error('secret detail'), { code: 'X' })),
    };
    await open({ district: failing });
    const ask = () => app.inject({ method: 'POST', url: '/api/pull', headers: headersOf(zhou), body: pull });
    const response = await ask();
    const { reference } = response.json() as { reference: string };
    expect([response.statusCode, response.json()]).toEqual([
      500,
      { error: 'internal', retry: true, reference },
    ]);
    expect(lines).toEqual([
      { level: 'error', reference, method: 'POST', route: '/api/pull', code: 'X', message: 'secret detail' },
    ]);
    const full = {
      ...cast.district,
      pull: () => Promise.reject(Object.assign(new Error(), { code: '53100' })),
    };
    await open({ district: full });
    expect([(await ask()).statusCode, (await ask()).json().error]).toEqual([507, 'disk-full']);
  });
});

describe('over a real socket', () => {
  it('pokes listening desks after a commit, once for commits close together, and falls silent for a revoked device', async () => {
    await open({ heartbeatMs: 100 });
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    const response = await fetch(`${url}/api/events`, { headers: headersOf(zhou) });
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    let isOver = false;
    const reading = (async () => {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        text += value;
      }
      isOver = true;
    })();
    const until = async (condition: () => boolean) => {
      for (let tries = 0; tries < 100 && !condition(); tries++) await wait(50);
      expect(condition()).toBe(true);
    };
    await until(() => text.includes('{"head":0}'));
    await Promise.all([
      zhou.push(zhou.pen.create('甲')),
      zhou.push(zhou.pen.create('乙')),
      zhou.push(zhou.pen.create('丙')),
    ]);
    await until(() => text.includes('event: poke\ndata: {"head":3}\n\n'));
    expect(text.match(/event: poke/g)).toHaveLength(2);
    await until(() => text.includes(': still here'));
    await cast.district.revokeDevice(zhou.device);
    await until(() => isOver);
    await reading;
    expect((await (await fetch(`${url}/api/status`)).json()).listening).toBe(0);
  });

  it('gzips large answers for those who can read it, with the same content', async () => {
    await zhou.push(...Array.from({ length: 40 }, (_, index) => zhou.pen.create(`第${index}件`)));
    const ask = (encoding: string) =>
      app.inject({
        method: 'POST',
        url: '/api/pull',
        headers: { ...headersOf(zhou), 'accept-encoding': encoding },
        body: pull,
      });
    const packed = await ask('gzip');
    const plain = await ask('identity');
    expect([packed.headers['content-encoding'], plain.headers['content-encoding']]).toEqual([
      'gzip',
      undefined,
    ]);
    expect(gunzipSync(packed.rawPayload).toString()).toBe(plain.body);
    expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 3);
  });

  it('tells its security headers on every answer', async () => {
    const { headers } = await app.inject({ url: '/nowhere' });
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  });
});
