/** A district that is asked for more than it can answer says when to come again. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createCarrier } from './carrier.ts';
import type { Carrier, CarrierState } from './carrier-port.ts';
import { openJournal } from './native/journal.ts';
import type { Journal } from './native/journal-port.ts';
import { append, envelope, operationId } from './testing/envelopes.ts';
import { smallDesk, type SmallDesk } from './testing/small-desk.ts';
import { json, smallDistrict, type SmallDistrict } from './testing/small-district.ts';

let district: SmallDistrict;
let desk: SmallDesk;
let journal: Journal;
let carrier: Carrier | undefined;
let states: CarrierState[];
let pokes: number;

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'linli-busy-'));
  ({ journal } = await openJournal({ path: join(folder, 'journal.bin') }));
  district = await smallDistrict();
  desk = smallDesk(() => district, { pending: () => journal.pendingCount() });
  desk.register();
  [states, pokes] = [[], 0];
});
afterEach(async () => {
  carrier?.stop();
  await district.stop();
  await journal.close();
});

function start(): Carrier {
  carrier = createCarrier({
    journal,
    contact: desk.contact,
    ask: desk.ask,
    listen: desk.listen,
    revoked: desk.tokens.revoked,
    parted: () => Promise.resolve(false),
    repair: () => Promise.resolve(false),
    onRevokedAndDelivered: () => undefined,
    onEpoch: () => Promise.resolve(),
    onVerdicts: () => undefined,
    onState: (state) => states.push(state),
    onPoke: () => {
      pokes += 1;
    },
  });
  return carrier;
}
const until = (condition: () => boolean) => vi.waitUntil(condition, { timeout: 10_000, interval: 10 });

it('leaves a busy district alone until its turn, is not offline meanwhile, and sends the same batch whole', async () => {
  for (let number = 1; number <= 20; number++) await append(journal, envelope(number));
  const busy = { error: 'too-many-tries', retry: true };
  district.misbehave({
    path: '/api/push',
    answer: (response) => {
      response.setHeader('retry-after', '2');
      json(response, 503, busy);
    },
  });
  const running = start();
  await until(() => states.at(-1)?.busyUntil !== undefined);
  const told = Date.now();
  const pushed = () => district.requests.filter(({ path: asked }) => asked === '/api/push').length;
  expect(running.state()).toMatchObject({ online: true, pending: 20 });
  expect(running.state()).not.toHaveProperty('problem');
  expect(Date.parse(String(running.state().busyUntil)) - told).toBeLessThan(2_100);
  await until(() => district.lines() === 1);
  for (let tries = 0; tries < 5; tries++) {
    running.push();
    running.appended();
    district.poke();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await until(() => pokes > 0);
  expect(pushed()).toBe(1);
  await until(() => journal.pendingCount() === 0);
  expect(Date.now() - told).toBeGreaterThan(1_900);
  expect([pushed(), district.ids()]).toEqual([
    2,
    [Array.from({ length: 20 }, (_, at) => operationId(at + 1))],
  ]);
  await until(() => states.at(-1)?.pending === 0);
  expect(states.every(({ problem }) => problem === undefined)).toBe(true);
  expect(states.at(-1)).not.toHaveProperty('busyUntil');
});
