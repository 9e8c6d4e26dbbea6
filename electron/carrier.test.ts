import { readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { JournalEntry } from '../shared/bridge.ts';
import { batchOf, halved, WIDEST } from './carrier-batch.ts';
import { createCarrier, type Carrier, type CarrierState } from './carrier.ts';
import { askDistrict } from './district.ts';
import { openJournal, type Journal } from './native/journal.ts';
import { scanFrames } from './native/journal-frames.ts';
import { listenForPokes } from './pokes.ts';
import { chenGuodong, envelope, operationId } from './testing/envelopes.ts';
import {
  emptyProxy,
  json,
  portal,
  smallDistrict,
  xuhui,
  type SmallDistrict,
} from './testing/small-district.ts';

let district: SmallDistrict;
let journal: Journal;
let carrier: Carrier | undefined;
let verdicts: JournalEntry[];
let states: CarrierState[];
let lives: unknown[];
let pokes: number;
let deviceToken: string;
let path: string;
let durableWhenTold: number[];

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'linli-carrier-'));
  path = join(folder, 'journal.bin');
  durableWhenTold = [];
  ({ journal } = await openJournal({ path }));
  district = await smallDistrict();
  [verdicts, states, lives, pokes, deviceToken] = [[], [], [], 0, 'device-token-7'];
});
afterEach(async () => {
  carrier?.stop();
  await district.stop();
  await journal.close();
});

function start(): Carrier {
  carrier = createCarrier({
    journal,
    contact: () => ({ address: district.address, district: xuhui.id, deviceToken }),
    ask: askDistrict,
    listen: listenForPokes,
    onEpoch: async (life) => lives.push(life),
    onVerdicts: (entries) => {
      verdicts.push(...entries);
      const frames = scanFrames(readFileSync(path)).frames.map(({ payload }) => payload.toString());
      durableWhenTold.push(frames.join().split('"kind":"verdict"').length - 1);
    },
    onState: (state) => states.push(state),
    onPoke: () => {
      pokes += 1;
    },
  });
  return carrier;
}
const until = (condition: () => boolean) => vi.waitUntil(condition, { timeout: 10_000, interval: 10 });
const allDelivered = () => until(() => journal.pendingCount() === 0);
const append = async (from: number, to: number) => {
  for (let number = from; number <= to; number++) await journal.append([envelope(number)]);
};
const ids = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => operationId(from + at));

describe('[S13] everybody’s operations, in the device’s order', () => {
  it('are pushed with the device’s token, and their verdicts are durable before they are told', async () => {
    await journal.append([envelope(1), envelope(2)]);
    await journal.append([envelope(3, chenGuodong.id)]);
    start();
    await allDelivered();
    await until(() => verdicts.length === 3);
    expect(district.ids()).toEqual([ids(1, 3)]);
    // What was told can be read from the file by then: by another reader of it, at that very moment.
    expect([durableWhenTold, lives]).toEqual([[3], [{ epoch: 'epoch-1', restoredHead: 0 }]]);
    const push = district.requests.find(({ path }) => path === '/api/push');
    expect([
      push?.headers['authorization'],
      push?.headers['x-linli-district'],
      push?.headers['x-linli-person'],
    ]).toEqual(['Bearer device-token-7', xuhui.id, undefined]);
    expect(states.at(-1)).toMatchObject({ online: true, pending: 0 });
    expect(states.at(-1)).not.toHaveProperty('problem');
  });

  it('follow a poke and an append at once', async () => {
    const running = start();
    await until(() => district.lines() === 1);
    await append(1, 1);
    running.appended();
    await allDelivered();
    district.poke();
    await until(() => pokes === 1);
  });
});

describe('[S3] an answer that is lost', () => {
  it('costs a second request with the same operations, and one verdict each', async () => {
    await append(1, 3);
    district.misbehave({
      path: '/api/push',
      answer: (response, judgeAndAnswer) => {
        response.end = () => response.destroy();
        judgeAndAnswer();
      },
    });
    start();
    await allDelivered();
    expect(new Set(district.ids().flat()).size).toBe(3);
    expect(district.ids().flat().length).toBeGreaterThan(3);
    await until(() => verdicts.length === 3);
    expect(verdicts.map((entry) => entry.kind === 'verdict' && entry.verdict)).toEqual([
      { id: operationId(1), verdict: 'confirmed', seq: 1 },
      { id: operationId(2), verdict: 'confirmed', seq: 2 },
      { id: operationId(3), verdict: 'confirmed', seq: 3 },
    ]);
  });
});

describe('what is no verdict leaves everything pending', () => {
  const cases = [
    ['a proxy without a district behind it', emptyProxy, 'network'],
    ['a login portal’s page with status 200', portal, 'not-the-district'],
    [
      'another district',
      (response) => json(response, 200, { epoch: 'e', verdicts: [] }, 'district_other'),
      'other-district',
    ],
    [
      'a body cut short',
      (response) => {
        response.writeHead(200, {
          'content-type': 'application/json',
          'x-linli-district': xuhui.id,
          'content-length': '500',
        });
        response.write('{"epoch":"epoch-1","verd');
        response.socket?.end();
      },
      'network',
    ],
    [
      'bad gzip',
      (response) => {
        response.writeHead(200, {
          'content-type': 'application/json',
          'x-linli-district': xuhui.id,
          'content-encoding': 'gzip',
        });
        response.end('no gzip at all');
      },
      'network',
    ],
    ['junk', (response) => json(response, 200, ['junk']), 'server'],
    [
      'a verdict for somebody else’s operation',
      (response) =>
        json(response, 200, {
          epoch: 'e',
          verdicts: [{ id: operationId(77), verdict: 'confirmed', seq: 9 }],
        }),
      'server',
    ],
    [
      'a future protocol',
      (response) => json(response, 400, { error: 'unsupported-protocol', retry: false }),
      'newer-protocol',
    ],
    [
      'a revoked device',
      (response) => json(response, 401, { error: 'unauthorised', retry: false }),
      'access',
    ],
    ['a full disk there', (response) => json(response, 507, { error: 'disk-full', retry: true }), 'server'],
    [
      'a redirect',
      (response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
      'not-the-district',
    ],
  ] as const satisfies readonly (readonly [
    string,
    Parameters<SmallDistrict['misbehave']>[0]['answer'],
    string,
  ])[];

  for (const [name, answer, problem] of cases)
    it(`${name} is ${problem}, and is over as soon as the district answers again`, async () => {
      await append(1, 2);
      district.misbehave({ path: '/api/push', times: 1000, answer });
      start();
      await until(() => states.some((state) => state.problem === problem));
      expect({ pending: journal.pendingCount(), verdicts, judged: district.verdicts.size }).toEqual({
        pending: 2,
        verdicts: [],
        judged: 0,
      });
      district.behave();
      await allDelivered();
      await until(() => states.at(-1)?.online === true);
    });
});

it('halves a batch that is refused for its size until it passes, and keeps the order', async () => {
  await append(1, 40);
  district.misbehave({
    path: '/api/push',
    times: 1000,
    when: (entries) => entries > 6,
    answer: (response) => response.writeHead(413).end(),
  });
  start();
  await allDelivered();
  expect(district.ids().flat()).toEqual(ids(1, 40));
  expect(Math.max(...district.ids().map((batch) => batch.length))).toBeLessThanOrEqual(6);
});

it('[S10] sends the others when the district cannot read one operation, and keeps that one', async () => {
  await append(1, 9);
  const unreadable = operationId(5);
  const ask: typeof askDistrict = async (question) => {
    if (question.body && Buffer.from(question.body).includes(unreadable))
      return {
        ok: true,
        value: {
          status: 400,
          headers: { 'content-type': 'application/json', 'x-linli-district': xuhui.id },
          body: Buffer.from('{"error":"malformed","retry":false}'),
        },
      };
    return askDistrict(question);
  };
  carrier = createCarrier({
    journal,
    contact: () => ({ address: district.address, district: xuhui.id, deviceToken }),
    ask,
    listen: listenForPokes,
    onEpoch: () => Promise.resolve(),
    onVerdicts: () => undefined,
    onState: (state) => states.push(state),
    onPoke: () => undefined,
  });
  await until(() => journal.pendingCount() === 1);
  expect(
    journal
      .pending()
      .flat()
      .map(({ id }) => id),
  ).toEqual([unreadable]);
  expect(new Set(district.ids().flat())).toEqual(new Set(ids(1, 9).filter((id) => id !== unreadable)));
});

it('says since when it is offline, and finds a restarted district by itself', async () => {
  start();
  await until(() => states.at(-1)?.online === true);
  const port = Number(new URL(district.address).port);
  await district.stop();
  await until(() => states.at(-1)?.online === false);
  await append(1, 3);
  carrier?.appended();
  await until(() => states.at(-1)?.pending === 3);
  const since = states.at(-1)?.since;
  expect(carrier?.state()).toEqual({ online: false, since, pending: 3, problem: 'network' });
  district = await smallDistrict(port);
  const started = Date.now();
  await allDelivered();
  expect(Date.now() - started).toBeLessThan(4_000);
});

it('asks again about what is held, and takes the later verdict', async () => {
  await append(1, 1);
  district.verdicts.set(operationId(1), { id: operationId(1), verdict: 'held', reason: { code: 'depends' } });
  const running = start();
  await until(() => verdicts.length === 1);
  district.verdicts.set(operationId(1), { id: operationId(1), verdict: 'confirmed', seq: 12 });
  running.push();
  await until(() => verdicts.length === 2);
  expect(journal.held()).toEqual([]);
});

describe('batches', () => {
  const operation = (number: number, size = 10) => ({ id: operationId(number), number, size });
  const numbers = (batch: readonly { number: number }[]) => batch.map(({ number }) => number);

  it('keep a group whole while the limit allows, and cut it only when it alone is too large', () => {
    const groups = [[operation(1)], [operation(2), operation(3), operation(4)], [operation(5)]];
    expect([3, 4, 2, 1].map((entries) => numbers(batchOf(groups, { entries, bytes: 1000 })))).toEqual([
      [1],
      [1, 2, 3, 4],
      [1],
      [1],
    ]);
    expect(numbers(batchOf(groups.slice(1), { entries: 2, bytes: 1000 }))).toEqual([2, 3]);
  });

  it('stay below 500 entries and 1 MiB, and let one large operation through alone', () => {
    const many = Array.from({ length: 600 }, (_, at) => [operation(at + 1)]);
    expect(batchOf(many, WIDEST)).toHaveLength(500);
    expect(numbers(batchOf([[operation(1, 2_000_000)], [operation(2)]], WIDEST))).toEqual([1]);
    expect(numbers(batchOf([[operation(1, 600_000)], [operation(2, 600_000)]], WIDEST))).toEqual([1]);
    expect(halved([operation(1), operation(2), operation(3)])).toEqual({ entries: 1, bytes: 15 });
  });
});
