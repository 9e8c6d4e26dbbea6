import { connect, type AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../app.ts';
import { createCast } from '../testing/cast.ts';

let app: FastifyInstance;
let port: number;
beforeAll(async () => {
  const { district } = await createCast();
  app = await buildApp({ district, clock: () => 0, log: () => undefined });
  await app.listen({ port: 0, host: '127.0.0.1' });
  ({ port } = app.server.address() as AddressInfo);
});
afterAll(() => app.close());

/** Sends all of it, the answer notwithstanding, slowly enough for the answer to come first. @returns what came back, or the error */
async function send(...parts: readonly (string | Uint8Array)[]): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const failed = new Promise<string>((resolve) => socket.once('error', ({ message }) => resolve(message)));
  const sent = (async () => {
    for (const part of parts) {
      await new Promise((resolve) => socket.write(part, resolve));
      await wait(150);
    }
    return text;
  })();
  const outcome = await Promise.race([sent, failed]);
  socket.destroy();
  return outcome;
}

const head = (length: number, ...more: readonly string[]): string =>
  [
    'POST /api/handshake HTTP/1.1',
    'host: district',
    'content-type: application/json',
    `content-length: ${length}`,
    ...more,
    '',
    '',
  ].join('\r\n');
const next = 'GET /api/status HTTP/1.1\r\nhost: district\r\n\r\n';
const statuses = (text: string): readonly string[] => text.match(/(?<=HTTP\/1\.1 )\d+/g) ?? [];
const LARGE = 3 * 1024 * 1024;
const half = ' '.repeat(LARGE / 2);
// The first block unpacks to more than is taken; behind it comes what will never be unpacked.
const bomb = [gzipSync(Buffer.alloc(8 * 1024 * 1024, 0x20)), randomBytes(400_000), randomBytes(400_000)];
const noise = [randomBytes(300_000), randomBytes(300_000)];
const sizeOf = (parts: readonly Uint8Array[]): number => parts.reduce((sum, { length }) => sum + length, 0);

it.each([
  ['413', 'a body that says it is too large', [head(LARGE), half, half]],
  ['413', 'a bomb with a tail', [head(sizeOf(bomb), 'content-encoding: gzip'), ...bomb]],
  ['400', 'gzip that is none', [head(sizeOf(noise), 'content-encoding: gzip'), ...noise]],
  ['400', 'another encoding', [head(sizeOf(noise), 'content-encoding: br'), ...noise]],
])('answers %s to %s, reads the rest away and goes on on the same line', async (status, _what, parts) => {
  expect(statuses(await send(...parts, next))).toEqual([status, '200']);
});

it('answers 431 to floods of headers and 400 to what is no HTTP, although more is coming', async () => {
  const flood = head(LARGE, `x-flood: ${'z'.repeat(30_000)}`);
  expect(statuses(await send(flood, half, half))).toEqual(['431']);
  expect(statuses(await send('what?\r\n\r\n', half, half))).toEqual(['400']);
});

it('cuts off whoever announces more than anybody needs', async () => {
  const parts = Array.from({ length: 12 }, () => half);
  expect(await send(head(100 * LARGE), ...parts)).toMatch(/ECONNRESET|EPIPE/);
});
