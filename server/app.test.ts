import { setTimeout as wait } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DISTRICT, handshakeResponse } from '../shared/protocol/messages.ts';
import { PROOF } from '../shared/protocol/signing.ts';
import { OLDEST_PROTOCOL, PROTOCOL } from '../shared/protocol/version.ts';
import { buildApp, type AppOptions } from './app.ts';
import { createCast, type Cast } from './testing/cast.ts';
import { enrolRequestOf, newPersonKeys, type Desk } from './testing/desk.ts';
import { newSigner } from './testing/desk-keys.ts';
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

const handshake = { protocol: PROTOCOL, app: '0.1.0' };
const pull = { epoch: 'epoch-1', cursors: [{ scope: casework, cursor: 0 }] };

/** Headers for this very request of 周敏's desk. */
const signed = async (path: string, body?: string, desk = zhou): Promise<Record<string, string>> => {
  const method = body === undefined ? 'GET' : 'POST';
  const { access, proof = '' } = await desk.asking({ method, path, body: body ?? '' });
  return { authorization: `Bearer ${access}`, [PROOF]: proof };
};
const post = async (path: string, body: object, more: Record<string, string> = {}, desk = zhou) => {
  const payload = JSON.stringify(body);
  const headers = { 'content-type': 'application/json', ...(await signed(path, payload, desk)), ...more };
  return app.inject({ method: 'POST', url: path, payload, headers });
};

describe('who may ask what', () => {
  it('does not tell from the answer whether a record exists that is not for this person', async () => {
    const li = await cast.desk(villagers.liXiulan);
    const creation = li.pen.create('日晖的事', { area: RIHUI, author: villagers.liXiulan.id });
    await li.push(creation);
    const ask = async (record: string) => {
      const url = `/api/history/${record}`;
      return app.inject({ url, headers: await signed(url) });
    };
    const [hidden, missing] = [await ask(creation.record), await ask(zhou.pen.id('matter'))];
    expect([hidden.statusCode, hidden.body]).toEqual([missing.statusCode, missing.body]);
  });

  it('slows down whoever tries codes, and lets them go on a minute later', async () => {
    await open({ enrolmentsPerMinute: 3 });
    const who = { key: await newSigner(), person: await newPersonKeys() };
    const body = await enrolRequestOf('2345678923', who);
    const enrol = async () => (await app.inject({ method: 'POST', url: '/api/enrol', body })).statusCode;
    expect([await enrol(), await enrol(), await enrol(), await enrol()]).toEqual([403, 403, 403, 429]);
    cast.clock.now += 60_000;
    expect(await enrol()).toBe(403);
  });

  it('slows down a device that asks without end', async () => {
    await open({ perMinute: 2 });
    const headers = await signed('/api/status');
    const ask = async () => (await app.inject({ url: '/api/status', headers })).statusCode;
    expect([await ask(), await ask(), await ask()]).toEqual([200, 200, 429]);
  });

  it('slows down an address that invents a new token for every request', async () => {
    await open({ perMinute: 1 });
    const statuses: number[] = [];
    for (let index = 0; index < 21; index++) {
      const headers = { authorization: `Bearer invented-${index}` };
      statuses.push((await app.inject({ url: '/api/status', headers })).statusCode);
    }
    expect(statuses).toEqual([...Array<number>(20).fill(200), 429]);
  });

  it('lets the administrator’s commands in with the secret of the data folder', async () => {
    const response = await app.inject({
      method: 'POST',
      url: '/api/admin',
      headers: { authorization: `Bearer ${ADMIN_SECRET}` },
      body: { name: 'code.issue', input: { person: villagers.zhouMin.id } },
    });
    expect(response.json()).toEqual({
      ok: true,
      value: { code: expect.stringMatching(/^[2-9A-Z]{10}$/), expiresAt: '2026-11-23T04:15:00.000Z' },
    });
  });
});

describe('what a desk is told', () => {
  it('shakes hands: head, time, and the scopes of the person by name', async () => {
    await zhou.push(zhou.pen.create('漏水'));
    const response = await post('/api/handshake', handshake);
    expect(handshakeResponse.parse(response.json())).toEqual({
      protocol: PROTOCOL,
      district: 'district-xuhui',
      epoch: 'epoch-1',
      restoredHead: 0,
      head: 1,
      durable: 0,
      serverTime: '2026-11-23T04:00:00.000Z',
      scopes: [
        '310104/directory',
        '310104007/directory',
        casework,
        `${JIANGNAN}/directory`,
        `person/${villagers.zhouMin.id}`,
      ],
      review: 0,
      person: { ...villagers.zhouMin, hasPassword: false },
    });
  });

  it('S11-2 refuses a future protocol and another epoch, each by name', async () => {
    const ask = async (url: string, body: object) => {
      const response = await post(url, body);
      return [response.statusCode, response.json().error];
    };
    expect(await ask('/api/handshake', { protocol: 99, app: '9' })).toEqual([426, 'unsupported-protocol']);
    expect(await ask('/api/handshake', { protocol: 1, app: '0' })).toEqual([426, 'unsupported-protocol']);
    const who = { key: await newSigner(), person: await newPersonKeys() };
    const enrolment = { ...(await enrolRequestOf('x', who)), protocol: 99 };
    expect(await ask('/api/enrol', enrolment)).toEqual([426, 'unsupported-protocol']);
    expect(await ask('/api/pull', { ...pull, epoch: 'epoch-0' })).toEqual([409, 'wrong-epoch']);
  });

  it('asks for rights over every scope of a pull, not only over some', async () => {
    const cursors = [casework, `${RIHUI}/casework`].map((scope) => ({ scope, cursor: 0 }));
    const response = await post('/api/pull', { ...pull, cursors });
    expect([response.statusCode, response.json()]).toEqual([403, { error: 'forbidden', retry: false }]);
  });

  it('warns that there is no backup, in the status', async () => {
    await zhou.push(zhou.pen.create('漏水'));
    expect((await app.inject({ url: '/api/status' })).json()).toEqual({
      district: 'district-xuhui',
      protocols: { oldest: OLDEST_PROTOCOL, newest: PROTOCOL },
      head: 1,
      durable: 0,
      serverTime: '2026-11-23T04:00:00.000Z',
      listening: 0,
      warnings: ['no-backup'],
    });
  });
});

describe('hostile bodies', () => {
  const send = async (payload: string | Buffer, headers: Record<string, string> = {}) => {
    const response = await app.inject({
      method: 'POST',
      url: '/api/handshake',
      payload,
      headers: { 'content-type': 'application/json', ...headers },
    });
    return [response.statusCode, response.json()] as const;
  };
  const malformed = [400, { error: 'malformed', retry: false }];

  it.each([
    ['nothing', ''],
    ['junk', 'hello'],
    ['a page of HTML', '<html><body>登录</body></html>'],
    ['half a body', '{"protocol":2,"ap'],
    ['another shape', '[]'],
    ['100 000 levels', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    [
      '33 levels where 2 belong',
      JSON.stringify({ ...handshake, more: JSON.parse(`${'['.repeat(33)}${']'.repeat(33)}`) }),
    ],
    ['a prototype', '{"protocol":2,"app":"x","__proto__":{"admin":true}}'],
    ['a prototype in disguise', '{"protocol":2,"app":"x","\\u005f_proto__":{"admin":true}}'],
    ['a constructor', '{"protocol":2,"app":"x","constructor":{"prototype":{}}}'],
    ['text that is no UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['10 000 characters', JSON.stringify({ protocol: PROTOCOL, app: 'x'.repeat(10_000) })],
  ])('refuses %s', async (_what, body) => {
    expect(await send(body)).toEqual(malformed);
  });

  it('reads gzip, and refuses broken gzip and a bomb', async () => {
    const body = Buffer.from(JSON.stringify(handshake));
    const gzip = { 'content-encoding': 'gzip' };
    const proof = await signed('/api/handshake', body.toString());
    expect((await send(gzipSync(body), { ...proof, ...gzip }))[0]).toBe(200);
    expect(await send(gzipSync(body).subarray(0, 20), gzip)).toEqual(malformed);
    expect(await send(body, gzip)).toEqual(malformed);
    expect(await send(body, { 'content-encoding': 'br' })).toEqual(malformed);
    const bomb = gzipSync(Buffer.alloc(50 * 1024 * 1024, 0x20));
    expect(await send(bomb, gzip)).toEqual([413, { error: 'too-large', retry: false }]);
    const withinTheLimit = gzipSync(Buffer.concat([Buffer.alloc(1_500_000, 0x20), body]));
    expect(await send(withinTheLimit, gzip)).toEqual([413, { error: 'too-large', retry: false }]);
  });

  it('refuses bodies over the limit, and any other kind of content', async () => {
    expect(await send(' '.repeat(3 * 1024 * 1024))).toEqual([413, { error: 'too-large', retry: false }]);
    expect(await send('<a/>', { 'content-type': 'application/xml' })).toEqual(malformed);
  });

  it('takes no character and no number that the database cannot hold: a bad request, and no failure of ours in the log', async () => {
    const sound = { protocol: PROTOCOL, app: 'x', pending: 0 };
    for (const body of [
      { ...sound, app: 'x\u0000' },
      { ...sound, pending: 9e15 },
    ])
      expect((await post('/api/token', body)).json()).toMatchObject({ error: 'malformed' });
    const url = '/api/history/matter_%00';
    expect((await app.inject({ url, headers: await signed(url) })).json().error).toBe('not-found');
    expect(lines).toEqual([]);
  });

  it('answers unknown addresses and methods in JSON', async () => {
    for (const url of ['/index.html', '/api', '/api/../etc/passwd', '/api/handshake']) {
      const response = await app.inject({ method: 'GET', url });
      expect([response.statusCode, response.json()]).toEqual([404, { error: 'not-found', retry: false }]);
    }
  });

  it('answers what is no address at all like everything else: limited, in the district’s name, and without an echo', async () => {
    for (const url of ['/api/%', '/api/history/%ff', `/api/history/${'a'.repeat(300)}`, '/%e6%9d%8e%']) {
      const { statusCode, headers, body } = await app.inject({ url });
      expect([statusCode, JSON.parse(body)]).toEqual([404, { error: 'not-found', retry: false }]);
      expect([headers[DISTRICT], headers['x-content-type-options']]).toEqual(['district-xuhui', 'nosniff']);
    }
    await open({ perMinute: 1 });
    const again = async () => (await app.inject({ url: '/api/%' })).statusCode;
    const codes: number[] = [];
    for (let count = 0; count < 22; count++) codes.push(await again());
    expect(codes.at(-1)).toBe(429);
  });

  it('knows no method beside those of the table: no HEAD leaves a stream open', async () => {
    const headers = await signed('/api/events');
    for (const url of ['/api/events', '/health'])
      expect((await app.inject({ method: 'HEAD', url, headers })).statusCode).toBe(404);
  });

  it('tells a failure’s reference and nothing else, and 507 when the disk is full', async () => {
    const failing = {
      ...cast.district,
      pull: () => Promise.reject(Object.assign(new Error('secret detail'), { code: 'X' })),
    };
    await open({ district: failing });
    const ask = () => post('/api/pull', pull);
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
    const response = await fetch(`${url}/api/events`, { headers: await signed('/api/events') });
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
    await until(() => text.includes('{"head":0,"epoch":"epoch-1"}'));
    // Without the desk's signatures in between, which take longer than commits that are close together.
    await Promise.all(['甲', '乙', '丙'].map((title) => cast.district.submit([zhou.pen.create(title)])));
    await until(() => text.includes('event: poke\ndata: {"head":3,"epoch":"epoch-1"}\n\n'));
    expect(text.match(/event: poke/g)).toHaveLength(2);
    await until(() => text.includes(': still here'));
    await cast.district.administerLocally({ name: 'device.revoke', input: { device: zhou.device } });
    await until(() => isOver);
    await reading;
    expect((await (await fetch(`${url}/api/status`)).json()).listening).toBe(0);
  });

  it('pokes whoever may read what has moved, and nobody else', async () => {
    await open({ heartbeatMs: 100 });
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    const li = await cast.desk(villagers.liXiulan);
    const hear = async (desk: Desk) => {
      const response = await fetch(`${url}/api/events`, {
        headers: await signed('/api/events', undefined, desk),
      });
      const heard: string[] = [];
      const reading = (async () => {
        for await (const text of response.body!.pipeThrough(new TextDecoderStream()))
          heard.push(...(text.match(/"head":\d+/g) ?? []));
      })();
      return { heard, reading };
    };
    const [zhouHears, liHears] = [await hear(zhou), await hear(li)];
    const until = async (text: string, { heard }: { readonly heard: readonly string[] }) => {
      for (let tries = 0; tries < 100 && !heard.includes(text); tries++) await wait(50);
      expect(heard).toContain(text);
    };
    await cast.district.submit([zhou.pen.create('甲')]);
    await until('"head":1', zhouHears);
    await cast.district.submit([zhou.pen.create('乙')]);
    await until('"head":2', zhouHears);
    const author = villagers.liXiulan.id;
    await cast.district.submit([li.pen.create('日晖的事', { area: RIHUI, author })]);
    await until('"head":3', liHears);
    await wait(200);
    expect([zhouHears.heard, liHears.heard]).toEqual([
      ['"head":0', '"head":1', '"head":2'],
      ['"head":0', '"head":3'],
    ]);
    // Whoever is given a right hears of it from the next heartbeat on.
    const grants = [...villagers.liXiulan.grants, { role: 'worker', area: JIANGNAN }];
    await cast.district.changePerson(author, { grants });
    await wait(300);
    await cast.district.submit([zhou.pen.create('丙')]);
    await until('"head":4', liHears);
    await app.close();
    await Promise.allSettled([zhouHears.reading, liHears.reading]);
  });

  it('keeps few streams of one device open, the newest', async () => {
    await open();
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    const listen = async (desk: Desk) =>
      fetch(`${url}/api/events`, { headers: await signed('/api/events', undefined, desk) });
    const neighbour = await listen(await cast.desk(villagers.liXiulan));
    const streams: Response[] = [];
    for (let count = 0; count < 6; count++) streams.push(await listen(zhou));
    const { listening } = (await (await fetch(`${url}/api/status`)).json()) as { listening: number };
    expect(listening).toBe(5);
    for (const stream of streams.slice(0, 2)) expect(await stream.text()).toContain('poke');
    await neighbour.body?.cancel();
  });

  it('gzips large answers for those who can read it, with the same content', async () => {
    await zhou.push(...Array.from({ length: 40 }, (_, index) => zhou.pen.create(`第${index}件`)));
    const ask = (encoding: string) => post('/api/pull', pull, { 'accept-encoding': encoding });
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
