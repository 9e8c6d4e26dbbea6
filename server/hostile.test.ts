/** A few hundred hostile requests to every route of a real server process: each gets a clear error, and nothing else happens. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seededSource } from '../shared/testing/random.ts';
import { errorResponse } from '../shared/protocol/messages.ts';
import { createRateLimit } from './people/rate-limit.ts';
import { createPokes } from './routes/events.ts';
import { routes } from './routes/table.ts';
import { createCast } from './testing/cast.ts';

const WARM_UP = 60;
const REQUESTS = 200;
const MOST_GROWTH = 50 * 1024;
/** Clear errors; 200 is for those who ask what anybody may ask. */
const CLEAR = new Set([200, 400, 401, 404, 413, 429, 431]);

const folder = mkdtempSync(join(tmpdir(), 'linli-hostile-'));
let child: ChildProcess;
let url: string;
beforeAll(async () => {
  child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
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
const headNow = async () => ((await (await fetch(`${url}/api/status`)).json()) as { head: number }).head;

it(
  'answers with a clear error, applies nothing, goes on as the same process and grows by less than 50 MB',
  { timeout: 180_000 },
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
      if (response.status === 200 || response.status === 431) return;
      expect(errorResponse.safeParse(JSON.parse(text)).success, what).toBe(true);
    }
    const all = async (count: number): Promise<void> => {
      for (let index = 0; index < count; index += 20)
        await Promise.all(
          Array.from({ length: 20 }, (_, of) => once(paths[(index + of) % paths.length] ?? '/')),
        );
    };
    await all(WARM_UP);
    const resident = residentKb();
    await all(REQUESTS);
    expect(residentKb() - resident).toBeLessThan(MOST_GROWTH);
    expect([child.exitCode, child.signalCode, await headNow()]).toEqual([null, null, before]);
  },
);
