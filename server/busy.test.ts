/** A district that has more to do than it can: who is let in, and what everybody else is told. Over real sockets. */
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PROOF } from '../shared/protocol/signing.ts';
import { PROTOCOL } from '../shared/protocol/version.ts';
import { buildApp, type AppOptions } from './app.ts';
import { createCast, type Cast } from './testing/cast.ts';
import { describedBy } from './testing/described.ts';
import type { Desk } from './testing/desk.ts';
import { villagers } from './testing/village.ts';

let cast: Cast;
let zhou: Desk;
let app: FastifyInstance;
const open = async (options: Partial<AppOptions>): Promise<void> => {
  app = await buildApp({
    ...{ district: cast.district, clock: () => cast.clock.now, log: () => undefined },
    ...options,
  });
};
beforeEach(async () => {
  cast = await createCast();
  zhou = await cast.desk(villagers.zhouMin);
});
afterEach(() => app.close());

/** A district that takes its time: what came to it is answered after `go`. */
function holding() {
  let go = (): void => undefined;
  const going = new Promise<void>((resolve) => (go = resolve));
  let count = 0;
  return {
    go: () => go(),
    come: () => count,
    held:
      <Asked extends readonly unknown[], T>(answer: (...asked: Asked) => Promise<T>) =>
      async (...asked: Asked): Promise<T> => {
        count += 1;
        await going;
        return answer(...asked);
      },
  };
}

/** Headers for this very request. */
const signed = async (path: string, body: string, desk: Desk): Promise<Record<string, string>> => {
  const { access, proof = '' } = await desk.asking({ method: 'POST', path, body });
  return { authorization: `Bearer ${access}`, [PROOF]: proof };
};

const tokensFrom =
  (url: string) =>
  (refresh: string): Promise<Response> =>
    fetch(`${url}/api/token`, {
      method: 'POST',
      body: JSON.stringify({ protocol: PROTOCOL, app: '0.1.0', pending: 0 }),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${refresh}` },
    });

it('takes no more of pushes in at a time than it has room for, and answers them all', async () => {
  let inside = 0;
  let most = 0;
  await open({
    lines: { pushes: { most: 1 } },
    district: {
      ...cast.district,
      push: async (asking, request) => {
        most = Math.max(most, (inside += 1));
        await wait(20);
        inside -= 1;
        return cast.district.push(asking, request);
      },
    },
  });
  const desks = await Promise.all(Array.from({ length: 4 }, async () => cast.desk(villagers.zhouMin)));
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const answers = await Promise.all(
    desks.map(async (desk) => {
      const body = JSON.stringify({
        protocol: PROTOCOL,
        entries: [await desk.entry(desk.pen.create('甲'))],
      });
      const headers = { 'content-type': 'application/json', ...(await signed('/api/push', body, desk)) };
      const answer = await fetch(`${url}/api/push`, { method: 'POST', body, headers });
      return (await answer.json()) as { verdicts: { verdict: string }[] };
    }),
  );
  expect(answers.map(({ verdicts }) => verdicts.map(({ verdict }) => verdict))).toEqual(
    desks.map(() => ['confirmed']),
  );
  expect(most).toBe(1);
});

it('tells who cannot be answered soon when to come again, before anything is read or looked up', async () => {
  const { go, come, held } = holding();
  await open({
    lines: { pushes: { most: 1, patience: 0 } },
    district: { ...cast.district, push: held(cast.district.push) },
  });
  const described = describedBy((await app.inject({ url: '/api/openapi.json' })).json());
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const bring = async (desk: Desk) => {
    const body = JSON.stringify({ protocol: PROTOCOL, entries: [await desk.entry(desk.pen.create('甲'))] });
    const headers = { 'content-type': 'application/json', ...(await signed('/api/push', body, desk)) };
    return () => fetch(`${url}/api/push`, { method: 'POST', body, headers });
  };
  const [first, second] = [await bring(zhou), await bring(await cast.desk(villagers.liXiulan))];
  const answered = first();
  await vi.waitUntil(() => come() === 1);
  const told = await second();
  const body: unknown = await told.json();
  expect(described.whatIsWrong({ method: 'POST', path: '/api/push', status: told.status, body })).toEqual([]);
  expect([told.status, body]).toEqual([503, { error: 'too-many-tries', retry: true }]);
  expect(Number(told.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(told.headers.get('x-linli-district')).toBe((await cast.district.head()).district);
  expect(come()).toBe(1);
  go();
  expect((await answered).status).toBe(200);
  // The nonce of its proof was not used up either: nothing of it was looked at.
  expect((await second()).status).toBe(200);
});

it('tells who has waited for longer than a desk waits to come again, and lets him in before whoever came later', async () => {
  const { go, come, held } = holding();
  await open({
    lines: { tokens: { most: 1, longest: 200 } },
    district: { ...cast.district, token: held(cast.district.token) },
  });
  const ask = tokensFrom(await app.listen({ host: '127.0.0.1', port: 0 }));
  const inside = ask('a.1.x');
  await vi.waitUntil(() => come() === 1);
  const waiting = ask('b.1.x');
  await wait(600);
  const later = ask('c.1.x');
  const told = await waiting;
  expect([told.status, await told.json()]).toEqual([503, { error: 'too-many-tries', retry: true }]);
  expect(Number(told.headers.get('retry-after'))).toBeGreaterThan(0);
  const answered: string[] = [];
  const noted = async (name: string, answer: Promise<Response>) => {
    const { status } = await answer;
    answered.push(`${name} ${status}`);
  };
  const again = noted('b', ask('b.1.x'));
  await wait(100);
  go();
  await Promise.all([again, noted('c', later), inside]);
  expect(answered).toEqual(['b 401', 'c 401']);
});

it('tells who asks for a token when to come again, and keeps that place for whoever shows the same one', async () => {
  const { go, come, held } = holding();
  await open({
    lines: { tokens: { most: 1, patience: 0 } },
    district: { ...cast.district, token: held(cast.district.token) },
  });
  const ask = tokensFrom(await app.listen({ host: '127.0.0.1', port: 0 }));
  const waitOf = async (refresh: string): Promise<number> => {
    const told = await ask(refresh);
    expect(told.status).toBe(503);
    return Number(told.headers.get('retry-after'));
  };
  const inside = ask('a.1.x');
  await vi.waitUntil(() => come() === 1);
  const first = await waitOf('b.1.x');
  for (let at = 0; at < 400; at++) await waitOf(`c${at}.1.x`);
  // Behind four hundred, and he who came first is still the first.
  expect(await waitOf('d.1.x')).toBeGreaterThan(first);
  expect(await waitOf('b.1.x')).toBe(first);
  expect(come()).toBe(1);
  go();
  await inside;
});

it('tells who asks when to come again as well, and lets whoever sends slowly hold nobody up', async () => {
  const { go, come, held } = holding();
  await open({
    lines: { questions: { most: 1, patience: 0 } },
    district: { ...cast.district, handshake: held(cast.district.handshake) },
  });
  const { port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }));
  const body = JSON.stringify({ protocol: PROTOCOL, app: '0.1.0' });
  const shake = async (desk: Desk) => {
    const headers = {
      'content-type': 'application/json',
      ...(await signed('/api/handshake', body, desk)),
    };
    return () => fetch(`http://127.0.0.1:${port}/api/handshake`, { method: 'POST', body, headers });
  };
  const slow = connect(Number(port), '127.0.0.1');
  slow.write(
    'POST /api/handshake HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{',
  );
  const [first, second] = [await shake(zhou), await shake(await cast.desk(villagers.liXiulan))];
  const answered = first();
  await vi.waitUntil(() => come() === 1);
  const told = await second();
  expect([told.status, Number(told.headers.get('retry-after')) > 0]).toEqual([503, true]);
  go();
  expect((await answered).status).toBe(200);
  expect((await second()).status).toBe(200);
  slow.destroy();
});
