/**
 * Some hundreds of hostile requests to every route of a real server process, from strangers and from people who are let in: each gets a
 * clear error, and nothing else happens. `LINLI_HOSTILE=3000` says how many.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { administration } from '../shared/protocol/administer.ts';
import { errorResponse } from '../shared/protocol/messages.ts';
import { PROTOCOL } from '../shared/protocol/version.ts';
import { seededSource } from '../shared/testing/random.ts';
import { areas } from '../shared/testing/town.ts';
import { adminDoor } from './administrate.ts';
import { createRateLimit } from './people/rate-limit.ts';
import { createPokes } from './routes/events.ts';
import { openapi } from './routes/openapi.ts';
import type { Route } from './routes/route.ts';
import { routes } from './routes/table.ts';
import { emptyPGlite } from './testing/pglite-folder.ts';
import { createCast } from './testing/cast.ts';
import { describedBy } from './testing/described.ts';
import { hostileBodies, type Bodies } from './testing/hostile-bodies.ts';
import { createStranger } from './testing/stranger.ts';

const WARM_UP = 60;
const REQUESTS = Number(process.env['LINLI_HOSTILE'] ?? 200);
/** So many wait for their answers at a time. */
const TOGETHER = 20;
const PATIENCE = 180_000 + REQUESTS * 100;
const MOST_GROWTH = 50 * 1024;
/** Clear errors; 200 is for those who ask what anybody may ask. */
const CLEAR = new Set([200, 400, 401, 404, 413, 429, 431]);

const folder = mkdtempSync(join(tmpdir(), 'linli-hostile-'));
let child: ChildProcess;
let url: string;
beforeAll(async () => {
  await emptyPGlite(join(folder, 'pglite'));
  // As `npm run district` starts it.
  const memory = ['--max-semi-space-size=2', '--max-old-space-size=512'];
  child = spawn(process.execPath, [...memory, join(import.meta.dirname, 'main.ts')], {
    env: {
      ...process.env,
      LINLI_DATA: folder,
      LINLI_PORT: '0',
      LINLI_HOST: '127.0.0.1',
      LINLI_DEMO: '',
      DATABASE_URL: undefined,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  url = await new Promise<string>((resolve, reject) => {
    let out = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      const ready = /^LINLI_READY (.+)$/m.exec(out)?.[1];
      if (ready !== undefined) resolve((JSON.parse(ready) as { url: string }).url);
    });
    child.once('exit', () => reject(new Error(out)));
  });
});
afterAll(() => {
  child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

async function tableOfRoutes() {
  const { district } = await createCast();
  const pokes = createPokes(district, { heartbeatMs: 60_000 });
  const enrolments = createRateLimit(1, () => 0);
  const table = routes({ district, clock: () => 0, pokes, enrolments, adminSecret: undefined });
  pokes.close();
  return table;
}

const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const BODIES: readonly (string | Uint8Array<ArrayBuffer>)[] = [
  '',
  '{"protocol":3,"ap',
  'null',
  '[]',
  '"text"',
  '{"protocol":"three","app":{}}',
  '{"protocol":1e308,"app":"x","pending":-1}',
  '{"protocol":3,"app":"x","cursors":[{"scope":7,"cursor":9007199254740993}],"epoch":null}',
  deep(33),
  deep(50_000),
  '{"__proto__":{"admin":true},"protocol":3}',
  '{"constructor":{"prototype":{"admin":true}}}',
  '{"name":"constructor","input":{}}',
  `{"entries":[${'{},'.repeat(3_000)}{}]}`,
  `{"app":"${'𠮷'.repeat(20_000)}"}`,
  '{"app":"\\u0000\\ud800"}',
  ' '.repeat(2 * 1024 * 1024 + 1),
  new Uint8Array([0x22, 0xff, 0xfe, 0x22]),
  new Uint8Array(gzipSync(Buffer.alloc(8 * 1024 * 1024, 0x20))),
  new Uint8Array(gzipSync('{"protocol":3}').subarray(0, 12)),
];
const TYPES = [
  'application/json',
  'application/json',
  'application/json',
  'text/html',
  'application/xml',
  '',
];
const HEADERS: readonly Readonly<Record<string, string>>[] = [
  {},
  { authorization: 'Bearer x' },
  { authorization: `Bearer ${'a'.repeat(600)}`, 'x-linli-proof': `${'A'.repeat(22)}.${'A'.repeat(86)}` },
  { authorization: 'Basic eDp5', 'x-linli-proof': '..' },
  { 'content-encoding': 'gzip' },
  { 'content-encoding': 'br' },
  { 'x-flood': 'z'.repeat(30_000) },
  Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`x-flood-${index}`, 'z'.repeat(50)])),
];
const METHODS = ['POST', 'POST', 'POST', 'GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'];

const residentKb = (): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]);
/** Asked with a token of its own: strangers without one may have used up what they may ask in a minute. */
async function headNow(): Promise<number> {
  const response = await fetch(`${url}/api/status`, { headers: { authorization: 'Bearer head' } });
  return ((await response.json()) as { readonly head: number }).head;
}

it(
  'answers with a clear error, applies nothing, goes on as the same process and grows by less than 50 MB',
  { timeout: PATIENCE },
  async () => {
    const random = seededSource(20261126);
    const paths = [
      ...(await tableOfRoutes()).map(({ path }) => path.replace(/:\w+/g, '%00..%2f')),
      '/',
      '/api/../x',
    ];
    const before = await headNow();
    const seen = new Map<number, number>();
    async function once(path: string): Promise<void> {
      const method = random.pick(METHODS);
      const type = random.pick(TYPES);
      const headers = { ...random.pick(HEADERS), ...(type !== '' && { 'content-type': type }) };
      const body = method === 'GET' ? undefined : random.pick(BODIES);
      const response = await fetch(url + path, { method, headers, ...(body !== undefined && { body }) });
      seen.set(response.status, (seen.get(response.status) ?? 0) + 1);
      const what = [method, path, JSON.stringify(headers).slice(0, 80), String(body).slice(0, 40)].join(' ');
      expect(CLEAR.has(response.status), `${response.status} to ${what}`).toBe(true);
      const text = await response.text();
      if (response.status === 200) return;
      expect(errorResponse.safeParse(JSON.parse(text)).success, what).toBe(true);
    }
    const all = async (count: number): Promise<void> => {
      for (let index = 0; index < count; index += TOGETHER)
        await Promise.all(
          Array.from({ length: TOGETHER }, (_, of) => once(paths[(index + of) % paths.length] ?? '/')),
        );
    };
    await all(WARM_UP);
    const resident = residentKb();
    await all(REQUESTS);
    expect(residentKb() - resident).toBeLessThan(MOST_GROWTH);
    expect([child.exitCode, child.signalCode, await headNow()]).toEqual([null, null, before]);
  },
);

const PARAMETERS = [
  '__proto__',
  'constructor',
  '%00..%2f',
  '%ff',
  'A'.repeat(43),
  '0',
  '-1',
  '1e9',
  '9'.repeat(30),
];

/** Commands have each an input of its own. An account that is made as it should be is no attack: it is left out. */
function bodyFor(route: Route, bodies: Bodies, pick: <T>(from: readonly T[]) => T): unknown {
  if (route.method === 'GET' || !(route.body instanceof z.ZodType)) return {};
  if (!route.commands) return bodies.next(route.body);
  const name = pick(Object.keys(route.commands.named));
  const input = bodies.next(route.commands.named[name]?.input ?? z.unknown());
  const isSound = name === 'person.add' && administration[name].input.safeParse(input).success;
  return { name, input: isSound ? undefined : input };
}

/** An account beside the server, and a client at a computer of its own that has signed in. */
async function letIn(name: string, grant: { readonly role: string; readonly area: string }) {
  const { secret } = JSON.parse(readFileSync(adminDoor(folder), 'utf8')) as { readonly secret: string };
  const asRoot = async (request: object): Promise<Readonly<Record<string, string>>> => {
    const response = await fetch(`${url}/api/admin`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
      body: JSON.stringify(request),
    });
    return ((await response.json()) as { value: Readonly<Record<string, string>> }).value;
  };
  const { person = '' } = await asRoot({ name: 'person.add', input: { name, grants: [grant] } });
  const { code = '' } = await asRoot({ name: 'code.issue', input: { person } });
  const client = createStranger(url, { protocol: PROTOCOL });
  const { body } = await client.enrol(code);
  const { device, district } = body as Record<
    'device' | 'district',
    Readonly<Record<'id' | 'epoch', string>>
  >;
  expect((await client.signIn()).status).toBe(200);
  return { ...client, person, device: device.id, epoch: district.epoch };
}

it(
  'answers people who are let in and send what no schema foresees as its description says, and applies nothing',
  { timeout: PATIENCE },
  async () => {
    const random = seededSource(20261127);
    const table = await tableOfRoutes();
    const described = describedBy(openapi(table));
    const gu = await letIn('顾卫平', { role: 'administrator', area: areas.xuhui.code });
    const zhou = await letIn('周敏', { role: 'socialWorker', area: areas.jiangnan.code });
    const li = await letIn('李秀兰', { role: 'socialWorker', area: areas.rihui.code });
    const others = { person: [zhou.person, gu.person], device: [zhou.device, gu.device] };
    const known = {
      protocol: [PROTOCOL],
      epoch: [li.epoch],
      scope: [
        `${areas.rihui.code}/casework`,
        `${areas.jiangnan.code}/casework`,
        `${areas.xuhui.code}/directory`,
      ],
      id: [...others.person, ...others.device],
      author: others.person,
      ...others,
    };
    const fromLi = hostileBodies(random, known);
    // What he asks about others he may carry out: he knows nobody.
    const fromGu = hostileBodies(random, { protocol: [PROTOCOL] });
    const before = await headNow();
    const seen = new Map<number, number>();

    async function once(route: Route): Promise<void> {
      const [who, bodies] = random.chance(0.5) ? [li, fromLi] : [gu, fromGu];
      const { method } = route;
      const path = route.path.replace(/:\w+/g, () => random.pick([...PARAMETERS, ...others.person]));
      const body = method === 'GET' ? undefined : JSON.stringify(bodyFor(route, bodies, random.pick));
      const answered = await who.ask(path, { method, ...(body !== undefined && { body }) });
      seen.set(answered.status, (seen.get(answered.status) ?? 0) + 1);
      const what = `${method} ${path} ${body?.slice(0, 300)} → ${JSON.stringify(answered).slice(0, 300)}`;
      expect(answered.status, what).toBeLessThan(500);
      expect(described.whatIsWrong({ ...answered, method, path: route.path }), what).toEqual([]);
    }
    // Pokes never end, and the page for administrators is no JSON.
    const routes = table.filter(({ path }) => path.startsWith('/api/') && path !== '/api/events');
    const all = async (count: number): Promise<void> => {
      for (let index = 0; index < count; index += TOGETHER)
        await Promise.all(
          Array.from({ length: TOGETHER }, (_, of) => once(routes[(index + of) % routes.length] as Route)),
        );
    };
    await all(WARM_UP);
    const resident = residentKb();
    await all(REQUESTS);
    expect(residentKb() - resident).toBeLessThan(MOST_GROWTH);
    expect([child.exitCode, child.signalCode, await headNow()]).toEqual([null, null, before]);
    expect([...seen.keys()]).toEqual(expect.arrayContaining([200, 400, 401, 403, 404]));
  },
);
