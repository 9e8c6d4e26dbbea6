/** Route × principal, derived from the table of routes: what every kind of caller must get follows from who may ask. */
import { json } from 'node:stream/consumers';
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DISTRICT } from '../../shared/protocol/messages.ts';
import { PROOF } from '../../shared/protocol/signing.ts';
import { PROTOCOL } from '../../shared/protocol/version.ts';
import { buildApp } from '../app.ts';
import { createRateLimit } from '../people/rate-limit.ts';
import { createCast, type Cast } from '../testing/cast.ts';
import { describedBy, type Described } from '../testing/described.ts';
import { enrolRequestOf, newPersonKeys, type Desk } from '../testing/desk.ts';
import { newSigner } from '../testing/desk-keys.ts';
import { sourceOf, writePackage } from '../testing/package.ts';
import { JIANGNAN, villagers, XUHUI } from '../testing/village.ts';
import { scanOf } from '../testing/scans.ts';
import { createPokes } from './events.ts';
import { openapi } from './openapi.ts';
import type { Route, Who } from './route.ts';
import { routes } from './table.ts';

const ADMIN_SECRET = 'a-secret-of-the-data-folder';
const NOON = Date.parse('2026-11-23T04:00:00.000Z');
/** 周敏 with a second hat, so that the right one passes every door. */
const ALL = [
  { role: 'worker', area: JIANGNAN },
  { role: 'administrator', area: XUHUI },
];

const tableOf = (district: Cast['district']): readonly Route[] =>
  routes({
    district,
    clock: () => NOON,
    pokes: createPokes(district, { heartbeatMs: 60_000 }),
    enrolments: createRateLimit(20, () => NOON),
    adminSecret: ADMIN_SECRET,
  });
const TABLE = tableOf((await createCast()).district);
const described: Described = describedBy(openapi(TABLE));

/** Small enough for one request. */
const scan = scanOf('吊顶', 5000);

let cast: Cast;
let zhou: Desk;
let app: FastifyInstance;
beforeEach(async () => {
  cast = await createCast();
  await cast.district.changePerson(villagers.zhouMin.id, { grants: ALL });
  zhou = await cast.desk(villagers.zhouMin);
  app = await buildApp({
    district: cast.district,
    clock: () => cast.clock.now,
    log: () => undefined,
    adminSecret: ADMIN_SECRET,
  });
});
afterEach(() => app.close());

interface Asked {
  readonly path: string;
  readonly body?: object;
  /** In the body's place: bytes, one a character. */
  readonly bytes?: string;
  /** In the body's place. */
  readonly file?: { readonly type: string; readonly text: string };
}
const hello = { protocol: PROTOCOL, app: '0.1.0' };

/** For every route a request that succeeds for the right one. */
const REQUESTS: Readonly<Record<string, () => Promise<Asked>>> = {
  'GET /health': async () => ({ path: '/health' }),
  'GET /api/status': async () => ({ path: '/api/status' }),
  'GET /api/openapi.json': async () => ({ path: '/api/openapi.json' }),
  'POST /api/enrol': async () => {
    const code = (await cast.district.issueCode(villagers.zhouMin.id)) ?? '';
    const body = await enrolRequestOf(code, { key: await newSigner(), person: await newPersonKeys() });
    return { path: '/api/enrol', body };
  },
  'POST /api/token': async () => ({ path: '/api/token', body: { ...hello, pending: 0 } }),
  'POST /api/push': async () => {
    const entries = [await zhou.entry(zhou.pen.create('漏水'))];
    return { path: '/api/push', body: { protocol: PROTOCOL, entries } };
  },
  'POST /api/attachments': async () => ({
    path: '/api/attachments',
    body: { files: [scan.attachment.file] },
  }),
  'PUT /api/attachments/:file/:at': async () => {
    await zhou.push(zhou.pen.create('漏水', { add: { scans: [scan.attachment] } }));
    return { path: `/api/attachments/${scan.attachment.file}/0`, bytes: '0123456789' };
  },
  'GET /api/attachments/:file/:at/:length': async () => {
    const { file } = scan.attachment;
    await zhou.push(zhou.pen.create('漏水', { add: { scans: [scan.attachment] } }));
    await cast.district.takePart(await zhou.asking({ as: null }), { file, at: 0, bytes: scan.sealed });
    return { path: `/api/attachments/${file}/0/1000` };
  },
  'GET /api/events': async () => ({ path: '/api/events' }),
  'POST /api/handshake': async () => ({ path: '/api/handshake', body: hello }),
  'POST /api/pull': async () => ({
    path: '/api/pull',
    body: { epoch: 'epoch-1', cursors: [{ scope: `${JIANGNAN}/casework`, cursor: 0 }] },
  }),
  'GET /api/history/:record': async () => {
    const creation = zhou.pen.create('漏水');
    await zhou.push(creation);
    return { path: `/api/history/${creation.record}` };
  },
  'POST /api/review': async () => ({ path: '/api/review', body: {} }),
  'POST /api/recovered': async () => ({
    path: '/api/recovered',
    body: { epoch: (await cast.district.head()).epoch, states: [] },
  }),
  'POST /api/review/words': async () => ({ path: '/api/review/words', body: { operations: [] } }),
  'GET /api/history/:record/check': async () => {
    const creation = zhou.pen.create('漏水');
    await zhou.push(creation);
    return { path: `/api/history/${creation.record}/check` };
  },
  'POST /api/keys': async () => ({ path: '/api/keys', body: { offers: [] } }),
  'POST /api/left': async () => ({ path: '/api/left', body: { scopes: [] } }),
  'POST /api/password': async () => ({ path: '/api/password', body: { password: '十个字以上的密码才行' } }),
  'POST /api/administer': async () => ({
    path: '/api/administer',
    body: { name: 'people.list', input: {} },
  }),
  'POST /api/admin': async () => ({ path: '/api/admin', body: { name: 'people.list', input: {} } }),
  'POST /api/packages': async () => ({
    path: '/api/packages',
    file: { type: 'application/vnd.linli.package', text: (await writePackage(zhou)).text },
  }),
  'POST /api/packages/answer': async () => ({
    path: '/api/packages/answer',
    body: { device: await imported() },
  }),
  'GET /': async () => ({ path: '/' }),
  'POST /packages': async () => ({
    path: '/packages',
    file: {
      type: 'multipart/form-data; boundary=xx',
      text: `--xx\r\ncontent-disposition: form-data; name="package"; filename="p"\r\n\r\n${(await writePackage(zhou)).text}\r\n--xx--\r\n`,
    },
  }),
  'GET /packages/:device/answer': async () => ({ path: `/packages/${await imported()}/answer` }),
};

async function imported(): Promise<string> {
  await cast.district.importPackage(sourceOf((await writePackage(zhou)).text));
  return zhou.device;
}

type Headers = Readonly<Record<string, string>>;
interface Case {
  /** Sets the stage and gives the headers for this request. */
  readonly headers: (asked: Asked, method: string) => Promise<Headers>;
  /** Status by who may ask; the usual one of a stranger without. */
  readonly expected: Partial<Record<Who, number>>;
}

const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` });
const signed = async (
  desk: Desk,
  { path, ...rest }: Asked,
  method: string,
  as?: string | null,
): Promise<Headers> => {
  const asking = await desk.asking({ method, path, body: payloadOf(rest), ...(as !== undefined && { as }) });
  return { ...bearer(asking.access ?? ''), [PROOF]: asking.proof ?? '' };
};
const payloadOf = ({ body, bytes }: Omit<Asked, 'path'>): string =>
  bytes ?? (body ? JSON.stringify(body) : '');
const own = (asked: Asked, method: string) => signed(zhou, asked, method);
const refreshed = async ({ path, ...rest }: Asked, method: string): Promise<Headers> => {
  const asking = await zhou.prove(zhou.enrolled.device.refresh, { method, path, body: payloadOf(rest) });
  return { ...bearer(asking.access ?? ''), [PROOF]: asking.proof ?? '' };
};

/** Nobody's doors open for everybody; a code is its own proof; all others are shut. */
const OPEN = { nobody: 200, enrolling: 200 } as const;
const SHUT: Readonly<Record<Who, number>> = {
  ...OPEN,
  refreshing: 401,
  carrier: 401,
  device: 401,
  person: 401,
  administrator: 401,
  local: 401,
};
const EVERY_TOKEN = { carrier: 200, device: 200, person: 200, administrator: 200 } as const;

const PRINCIPALS: Readonly<Record<string, Case>> = {
  'the right one at her own desk': { headers: own, expected: EVERY_TOKEN },
  'no token': { headers: async () => ({}), expected: {} },
  garbage: { headers: async () => ({ ...bearer('nobody'), [PROOF]: 'no.proof' }), expected: {} },
  'basic instead of bearer': {
    headers: async (asked, method) => {
      const headers = await own(asked, method);
      return { ...headers, authorization: (headers['authorization'] ?? '').replace('Bearer', 'Basic') };
    },
    expected: {},
  },
  'no proof': {
    headers: async (asked, method) => ({ authorization: (await own(asked, method))['authorization'] ?? '' }),
    expected: {},
  },
  'an expired token': {
    headers: async (asked, method) => {
      const headers = await own(asked, method);
      cast.clock.now += 10 * 60_000 + 1000;
      return headers;
    },
    expected: {},
  },
  'a token that was copied to another device': {
    headers: async ({ path, ...rest }, method) => {
      const thief = await cast.desk(villagers.zhouMin);
      const { access = '' } = await zhou.asking();
      return {
        ...bearer(access),
        [PROOF]: (await thief.prove(access, { method, path, body: payloadOf(rest) })).proof ?? '',
      };
    },
    expected: {},
  },
  'a request that comes a second time': {
    headers: async (asked, method) => {
      const headers = await own(asked, method);
      await ask(asked, method, headers);
      return headers;
    },
    expected: {},
  },
  'a proof of another body': {
    headers: (asked, method) => own({ path: asked.path, body: { ...asked.body, more: 1 } }, method),
    expected: {},
  },
  'a proof of another path': {
    headers: (asked, method) => own({ ...asked, path: '/x' }, method),
    expected: {},
  },
  'another district’s token': {
    headers: async (asked, method) => {
      const other = await createCast();
      return signed(await other.desk(villagers.zhouMin), asked, method);
    },
    expected: {},
  },
  'a refresh token in the access token’s place': { headers: refreshed, expected: { refreshing: 200 } },
  'a revoked device': {
    headers: async (asked, method) => {
      const headers = await own(asked, method);
      await cast.district.administerLocally({ name: 'device.revoke', input: { device: zhou.device } });
      return headers;
    },
    expected: { carrier: 200 },
  },
  'a quarantined device': {
    headers: async (asked, method) => {
      const headers = await own(asked, method);
      await cast.transactor.transact(async (writing) => {
        const device = await writing.device(zhou.device);
        if (device) await writing.saveDevice({ ...device, quarantined: true });
      });
      return headers;
    },
    expected: { carrier: 409, device: 409, person: 409, administrator: 409 },
  },
  'a disabled person': {
    headers: async (asked, method) => {
      const headers = await own(asked, method);
      await cast.district.changePerson(villagers.zhouMin.id, { disabled: true });
      return headers;
    },
    // Her code is nobody's any more; the device goes on carrying.
    expected: { enrolling: 403, carrier: 200, device: 200, person: 403, administrator: 403 },
  },
  'the device alone': {
    headers: (asked, method) => signed(zhou, asked, method, null),
    expected: { carrier: 200, device: 200 },
  },
  'another district meant': {
    headers: async (asked, method) => ({ ...(await own(asked, method)), [DISTRICT]: 'district-huangpu' }),
    expected: {
      nobody: 409,
      enrolling: 409,
      refreshing: 409,
      carrier: 409,
      device: 409,
      person: 409,
      administrator: 409,
      local: 409,
    },
  },
  'the secret of the data folder': {
    headers: async () => bearer(ADMIN_SECRET),
    expected: { local: 200 },
  },
};

/** Rights differ by what is asked, not by the door: these rows are said one by one. */
const BY_RIGHTS: Readonly<Record<string, { headers: Case['headers']; expected: Record<string, number> }>> = {
  'another committee': {
    headers: async (asked, method) => signed(await cast.desk(villagers.liXiulan), asked, method),
    expected: {
      'POST /api/pull': 403,
      'GET /api/history/:record': 404,
      'GET /api/attachments/:file/:at/:length': 404,
      // Another computer, whose operations name nothing.
      'PUT /api/attachments/:file/:at': 404,
      'GET /api/history/:record/check': 404,
      'POST /api/administer': 403,
    },
  },
  'a lower role': {
    headers: async (asked, method) => {
      await cast.district.changePerson(villagers.zhouMin.id, { grants: villagers.zhouMin.grants });
      return own(asked, method);
    },
    expected: { 'POST /api/administer': 403 },
  },
  'an administrator without casework': {
    headers: async (asked, method) => signed(await cast.desk(villagers.guAdmin), asked, method),
    expected: {
      'POST /api/pull': 403,
      'GET /api/history/:record': 404,
      'GET /api/attachments/:file/:at/:length': 404,
      'PUT /api/attachments/:file/:at': 404,
      'GET /api/history/:record/check': 404,
    },
  },
  'no rights left': {
    headers: async (asked, method) => {
      const headers = await own(asked, method);
      await cast.district.changePerson(villagers.zhouMin.id, { grants: [] });
      return headers;
    },
    expected: {
      'POST /api/pull': 403,
      'GET /api/history/:record': 404,
      'GET /api/attachments/:file/:at/:length': 404,
      'GET /api/history/:record/check': 404,
      'POST /api/administer': 403,
    },
  },
};

function ask({ path, ...rest }: Asked, method: string, headers: Headers): Promise<LightMyRequestResponse> {
  const request: InjectOptions = {
    method: method as 'GET' | 'POST' | 'PUT',
    url: path,
    headers: {
      host: '127.0.0.1:8790',
      ...headers,
      ...(rest.body && { 'content-type': 'application/json' }),
      ...(rest.bytes && { 'content-type': 'application/octet-stream' }),
      ...(rest.file && { 'content-type': rest.file.type }),
    },
    ...((rest.body ?? rest.bytes) && { payload: payloadOf(rest) }),
    ...(rest.file && { payload: rest.file.text }),
    ...(path === '/api/events' && { payloadAsStream: true }),
  };
  return app.inject(request);
}

/** The status, and an answer that the district's own description knows, to its last field. */
async function expectStatus(
  { method, path, answer }: Pick<Route, 'method' | 'path' | 'answer'>,
  response: LightMyRequestResponse,
  status: number,
): Promise<void> {
  expect(response.statusCode).toBe(status);
  expect(response.headers[DISTRICT]).toBe('district-xuhui');
  const isStream = path === '/api/events';
  if (isStream && status < 400) return void response.stream().destroy();
  if (status < 400 && 'says' in answer)
    return expect(response.headers['content-type']).toMatch(new RegExp(`^${answer.type}(;|$)`));
  const body: unknown = isStream ? await json(response.stream()) : response.json();
  expect(described.whatIsWrong({ method, path, status, body })).toEqual([]);
}

it('every route of the app stands in the table, and every row has a request here', () => {
  // A tree of prefixes: four columns a level.
  const prefixes: string[] = [];
  const registered = app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent = '', part = '', methods = ''] = /^([│├└─ ]*)(\S+)(?: \((.+)\))?/.exec(line) ?? [];
      const depth = indent.length / 4;
      prefixes.splice(Math.max(0, depth - 1), Infinity, part);
      return methods
        .split(', ')
        .filter((method) => method !== '')
        .map((method) => `${method} ${prefixes.join('')}`);
    });
  const declared = TABLE.map(({ method, path }) => `${method} ${path}`);
  expect(registered.sort()).toEqual([...declared].sort());
  expect(Object.keys(REQUESTS).sort()).toEqual([...declared].sort());
});

for (const { method, path, who, answer } of TABLE) {
  const name = `${method} ${path}`;
  describe(`${name}, for ${who}`, () => {
    for (const [principal, { headers, expected }] of Object.entries(PRINCIPALS)) {
      const status = expected[who] ?? SHUT[who];
      it(`asked by ${principal} → ${status}`, async () => {
        const asked = await REQUESTS[name]!();
        const response = await ask(asked, method, await headers(asked, method));
        await expectStatus({ method, path, answer }, response, status);
      });
    }
    if (!(who in EVERY_TOKEN)) return;
    for (const [principal, { headers, expected }] of Object.entries(BY_RIGHTS)) {
      const status = expected[name] ?? 200;
      it(`asked by ${principal} → ${status}`, async () => {
        const asked = await REQUESTS[name]!();
        const response = await ask(asked, method, await headers(asked, method));
        await expectStatus({ method, path, answer }, response, status);
      });
    }
  });
}

it.each(['standingAs', 'readFromStandingAs'] as const)(
  'a right lost in the middle of a page, before %s, refuses the page: its cursor must not pass rows that never came',
  async (step) => {
    await zhou.push(zhou.pen.create('漏水'));
    const asked = cast.transactor[step] as (person: string, ...rest: unknown[]) => Promise<unknown>;
    const losing = {
      ...cast.transactor,
      [step]: async (person: string, ...rest: unknown[]) => {
        await cast.district.changePerson(person, { grants: [] });
        return asked(person, ...rest);
      },
    };
    const other = await createCast(losing, 1, cast.keys);
    const cursors = [{ scope: `${JIANGNAN}/casework`, cursor: 0 }];
    const pulled = await other.district.pull(await zhou.asking(), { epoch: 'epoch-1', cursors });
    expect(pulled).toEqual({ ok: false, error: { error: 'forbidden' } });
  },
);
