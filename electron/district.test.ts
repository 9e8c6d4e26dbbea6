/** Time-outs on a real socket: what is slow is waited for, what is silent is not. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askDistrict, silenceFor } from './district.ts';

let server: Server;
let answer: (response: ServerResponse) => void;
let address: string;
const timers = new Set<ReturnType<typeof setInterval>>();

beforeEach(async () => {
  server = createServer((request, response) => {
    request.resume().on('end', () => answer(response));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/pull`;
});
afterEach(async () => {
  timers.forEach(clearInterval);
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

/** A byte now and then; after `most` of them it falls silent, or ends where `most` is all of it. */
function trickle(response: ServerResponse, { every, all, most }: Record<'every' | 'all' | 'most', number>) {
  response.writeHead(200, { 'content-length': String(all) });
  let sent = 0;
  const timer = setInterval(() => {
    if (sent < most) response.write('.');
    sent += 1;
    if (sent === all) response.end();
  }, every);
  timers.add(timer);
}

const ask = (limits: { silenceMs: number; timeoutMs?: number }) =>
  askDistrict({ method: 'POST', url: address, body: Buffer.from('{}'), ...limits });

describe('a slow line', () => {
  it('is waited for far beyond the time that silence is given', async () => {
    answer = (response) => trickle(response, { every: 50, all: 30, most: 30 });
    const begun = Date.now();
    const { ok } = await ask({ silenceMs: 500 });
    expect([ok, Date.now() - begun > 1_400]).toEqual([true, true]);
  });

  it('that falls silent in the middle is a dead one', async () => {
    answer = (response) => trickle(response, { every: 20, all: 30, most: 10 });
    expect(await ask({ silenceMs: 300 })).toEqual({ ok: false, error: 'network' });
  });

  it('is not waited for without end', async () => {
    answer = (response) => trickle(response, { every: 20, all: 10_000, most: 10_000 });
    expect(await ask({ silenceMs: 300, timeoutMs: 800 })).toEqual({ ok: false, error: 'network' });
  });

  it('gets time for what goes up, which moves out of sight', () => {
    expect([0, 2_500, 12_500].map((bytes) => silenceFor(bytes, 600_000))).toEqual([30_000, 55_000, 155_000]);
    expect(silenceFor(1024 * 1024, 120_000)).toBe(120_000);
  });
});
