/** The page on the district's own machine, over HTTP as a browser speaks. */
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildApp } from '../app.ts';
import { createCast, type Cast } from '../testing/cast.ts';
import type { Desk } from '../testing/desk.ts';
import { readAnswer, writePackage, type WrittenPackage } from '../testing/package.ts';
import { villagers } from '../testing/village.ts';
import { statusPage } from './status-page.ts';

const SECRET = 'a-secret:of-the-data-folder';
const basic = (password: string) => `Basic ${Buffer.from(`anybody:${password}`).toString('base64')}`;
const OWN = { authorization: basic(SECRET), host: '127.0.0.1:8790' };

let cast: Cast;
let desk: Desk;
let app: FastifyInstance;
beforeEach(async () => {
  cast = await createCast();
  desk = await cast.desk(villagers.zhouMin);
  app = await buildApp({
    district: cast.district,
    clock: () => cast.clock.now,
    log: () => undefined,
    adminSecret: SECRET,
  });
});
afterEach(() => app.close());

const formOf = (file: string) =>
  `--bound\r\nContent-Disposition: form-data; name="package"; filename="a.linli"\r\nContent-Type: application/octet-stream\r\n\r\n${file}\r\n--bound--\r\n`;
const send = (payload: string, headers: Record<string, string> = {}) =>
  app.inject({
    method: 'POST',
    url: '/packages',
    headers: { ...OWN, 'content-type': 'multipart/form-data; boundary=bound', ...headers },
    payload,
  });

it('shows how the district is, runs no script and names nobody', async () => {
  await desk.push(desk.pen.create('漏水'));
  const page = await app.inject({ url: '/', headers: OWN });
  expect(page.statusCode).toBe(200);
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(page.headers['content-security-policy']).toMatch(
    /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'/,
  );
  expect(page.body).not.toMatch(/<script|javascript:| on\w+=/i);
  for (const secret of ['漏水', villagers.zhouMin.name]) expect(page.body).not.toContain(secret);
  expect(page.body).toContain('D1');
});

it('PACK-6 takes a package by its form and gives the answer to save, which is the one that the command writes', async () => {
  const written: WrittenPackage = await writePackage(desk, {
    batches: [[await desk.entry(desk.pen.create('漏水'))]],
    asks: { [villagers.zhouMin.id]: {} },
  });
  const page = await send(formOf(written.text), {
    origin: 'http://127.0.0.1:8790',
    'sec-fetch-site': 'same-origin',
  });
  expect(page.statusCode).toBe(200);
  expect(page.body).toContain('确认 1，退回 0，先留着 0');
  const href = /href="(\/packages\/[^"]+)"/.exec(page.body)?.[1] ?? '';
  const answer = await app.inject({ url: href, headers: OWN });
  expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="linli-answer-\w+\.linli"$/);
  const read = await readAnswer(answer.body, desk, written);
  expect(read.isSigned).toBe(true);
  expect(read.people.get(villagers.zhouMin.id)?.pages.flatMap(({ records }) => records)).toHaveLength(1);
});

it('says in plain words what is wrong with a file, and imports nothing', async () => {
  const page = await send(formOf('%PDF-1.7'));
  expect(page.statusCode).toBe(200);
  expect(page.body).toContain('这不是同步包');
  expect((await send('no form at all')).statusCode).toBe(400);
  expect((await send(formOf('x').slice(0, -12))).statusCode).toBe(400);
  expect((await send(formOf('x'), { 'content-type': 'multipart/form-data' })).statusCode).toBe(400);
  expect(await cast.district.packages()).toEqual([]);
});

describe('stays shut', () => {
  it('without its password, and says how to give it', async () => {
    for (const authorization of ['', basic('guessed'), `Bearer ${SECRET}x`, 'Basic !', basic('')]) {
      const refused = await app.inject({ url: '/', headers: { ...OWN, authorization } });
      expect([refused.statusCode, refused.headers['www-authenticate']]).toEqual([
        401,
        'Basic realm="linli", charset="UTF-8"',
      ]);
    }
  });

  it('from another machine, and for a page of somebody else that uses the browser’s password', async () => {
    const far = await app.inject({ url: '/', headers: OWN, remoteAddress: '10.1.2.3' });
    expect(far.statusCode).toBe(401);
    const { text } = await writePackage(desk);
    const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', host: 'evil.example' };
    for (const [name, value] of Object.entries(foreign))
      expect((await send(formOf(text), { [name]: value })).statusCode).toBe(403);
    expect(await cast.district.packages()).toEqual([]);
  });
});

it('what a computer or the district is called cannot become a part of the page', () => {
  const page = statusPage({
    head: { name: '<img src=x>', seq: 5, durable: 2, durableAt: null },
    devices: [{ id: 'd', label: '<b>"', seenAt: null, pending: null, revoked: true, quarantined: true }],
    packages: [],
    told: { lines: ['<script>'] },
  });
  expect(page).not.toMatch(/<img|<b>|<script/);
  expect(page).toContain('&lt;script&gt;');
  expect(page).toContain('⚠ 3');
});
