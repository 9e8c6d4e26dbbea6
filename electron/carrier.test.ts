import { readFileSync } from 'node:fs';
import { mkdtemp, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { JournalEntry } from '../shared/bridge.ts';
import { createCarrier } from './carrier.ts';
import type { Carrier, CarrierState } from './carrier-port.ts';
import { createChainRepair, type ChainRepair } from './chain-repair.ts';
import { openJournal } from './native/journal.ts';
import type { Author, Journal } from './native/journal-port.ts';
import { scanFrames } from './native/journal-frames.ts';
import { chainFaults } from './testing/chain-faults.ts';
import {
  append,
  chenGuodong,
  deviceSeven,
  envelope,
  operationId,
  signerOf,
  signingKeyOf,
  zhouMin,
} from './testing/envelopes.ts';
import { smallDesk, type SmallDesk } from './testing/small-desk.ts';
import {
  emptyProxy,
  json,
  lostAnswer,
  portal,
  smallDistrict,
  xuhui,
  type SmallDistrict,
} from './testing/small-district.ts';

let district: SmallDistrict;
let desk: SmallDesk;
let journal: Journal;
let carrier: Carrier | undefined;
let verdicts: JournalEntry[];
let states: CarrierState[];
let lives: unknown[];
let pokes: number;
let delivered: number[];
let path: string;
let durableWhenTold: number[];
let chain: ChainRepair;
let inside: Author | undefined;
let ticks: number;

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'linli-carrier-'));
  path = join(folder, 'journal.bin');
  durableWhenTold = [];
  ({ journal } = await openJournal({ path }));
  district = await smallDistrict();
  desk = smallDesk(() => district, { pending: () => journal.pendingCount() });
  desk.register();
  [verdicts, states, lives, pokes, delivered] = [[], [], [], 0, []];
  [inside, ticks] = [undefined, 0];
  // The journal of a test may be opened anew.
  chain = createChainRepair({
    journal: {
      chainReached: (...given) => journal.chainReached(...given),
      isOtherEnd: (...given) => journal.isOtherEnd(...given),
      cutChain: (...given) => journal.cutChain(...given),
      relink: (author) => journal.relink(author),
    },
    inside: () => inside,
    ticks: () => ticks,
  });
});
afterEach(async () => {
  carrier?.stop();
  await district.stop();
  await journal.close();
});

function start(outbox: Journal = journal): Carrier {
  carrier = createCarrier({
    journal: outbox,
    contact: desk.contact,
    ask: desk.ask,
    listen: desk.listen,
    revoked: desk.tokens.revoked,
    ...chain,
    onRevokedAndDelivered: () => delivered.push(journal.pendingCount()),
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
const appendAll = async (from: number, to: number) => {
  for (let number = from; number <= to; number++) await append(journal, envelope(number));
};
const ids = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => operationId(from + at));

describe('[S13-2] everybody’s operations, in the device’s order', () => {
  it('are pushed while locked, each signed by its author, and their verdicts are durable before they are told', async () => {
    await append(journal, envelope(1), envelope(2));
    await append(journal, envelope(3, chenGuodong.id));
    start();
    await allDelivered();
    await until(() => verdicts.length === 3);
    expect(district.ids()).toEqual([ids(1, 3)]);
    // What was told can be read from the file by then: by another reader of it, at that very moment.
    expect([durableWhenTold, lives]).toEqual([[3], [{ epoch: 'epoch-1', restoredHead: 0 }]]);
    expect(chainFaults(district.received.flat(), signingKeyOf)).toEqual([]);
    expect(district.received[0]?.map(({ link }) => link.key)).toEqual(
      [zhouMin, zhouMin, chenGuodong].map(({ id }) => signerOf(id).signing.id),
    );
    // Nobody is in: the token is the device's alone.
    expect(district.accounts.reports.map(({ person }) => person)).not.toContainEqual(expect.anything());
    expect(states.at(-1)).toMatchObject({ online: true, pending: 0 });
    expect(states.at(-1)).not.toHaveProperty('problem');
  });

  it('follow a poke and an append at once', async () => {
    const running = start();
    await until(() => district.lines() === 1);
    await appendAll(1, 1);
    running.appended();
    await allDelivered();
    district.poke();
    await until(() => pokes === 1);
  });
});

describe('[S3-1] an answer that is lost', () => {
  it('costs a second request with the same operations, and one verdict each', async () => {
    await appendAll(1, 3);
    district.misbehave({ path: '/api/push', answer: lostAnswer });
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
      (_response, normal) => normal([{ id: operationId(77), verdict: 'confirmed', seq: 9 }]),
      'server',
    ],
    [
      'S13-4 a verdict that the district has not signed',
      (response) =>
        json(response, 200, {
          epoch: 'epoch-1',
          restoredHead: 0,
          verdicts: [{ id: operationId(1), verdict: 'confirmed', seq: 9 }],
        }),
      'not-the-district',
    ],
    [
      'S13-4 a verdict under a signature over other verdicts',
      (response, normal) => {
        const end = response.end.bind(response);
        response.end = ((text: string) => end(text.replace('"seq":9', '"seq":8'))) as never;
        normal([{ id: operationId(1), verdict: 'confirmed', seq: 9 }]);
      },
      'not-the-district',
    ],
    [
      'a future protocol',
      (response) => json(response, 400, { error: 'unsupported-protocol', retry: false }),
      'newer-protocol',
    ],
    [
      'a device that is not known any more',
      (response) => json(response, 401, { error: 'unauthorised', retry: false }),
      'access',
    ],
    [
      'a quarantined device',
      (response) => json(response, 409, { error: 'quarantined', retry: false }),
      'quarantined',
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
      await appendAll(1, 2);
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
  await appendAll(1, 40);
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

it('makes what waits ready again now and then without a line, not with every saving', async () => {
  let made = 0;
  const running = start({
    ...journal,
    entries: (asked) => {
      made += 1;
      return journal.entries(asked);
    },
  });
  await until(() => states.at(-1)?.online === true);
  await district.stop();
  await until(() => states.at(-1)?.online === false);
  for (let number = 1; number <= 60; number++) {
    await append(journal, envelope(number));
    running.appended();
  }
  expect(states.at(-1)?.pending).toBe(60);
  // Its own pauses go on meanwhile: the first ones are short.
  expect(made).toBeLessThan(10);
});

it('says since when it is offline, and finds a restarted district by itself', async () => {
  start();
  await until(() => states.at(-1)?.online === true);
  const port = Number(new URL(district.address).port);
  await district.stop();
  await until(() => states.at(-1)?.online === false);
  await appendAll(1, 3);
  carrier?.appended();
  await until(() => states.at(-1)?.pending === 3);
  const since = states.at(-1)?.since;
  expect(carrier?.state()).toEqual({ online: false, since, pending: 3, problem: 'network' });
  // It has tried to send them by then, more than once.
  for (let tries = 0; tries < 3; tries++) {
    carrier?.push();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const { accounts } = district;
  district = await smallDistrict({ port, accounts });
  const started = Date.now();
  await allDelivered();
  expect(Date.now() - started).toBeLessThan(4_000);
  // The first group found out that there was a line again; the others went together, and none was torn apart.
  expect(district.ids()).toEqual([ids(1, 1), ids(2, 3)]);
});

it('asks again about what is held, and takes the later verdict', async () => {
  await appendAll(1, 1);
  district.verdicts.set(operationId(1), { id: operationId(1), verdict: 'held', reason: { code: 'depends' } });
  const running = start();
  await until(() => verdicts.length === 1);
  district.verdicts.set(operationId(1), { id: operationId(1), verdict: 'confirmed', seq: 12 });
  running.push();
  await until(() => verdicts.length === 2);
  expect(journal.held(deviceSeven)).toEqual([]);
});

describe('the chain', () => {
  const reason = { code: 'access' as const };

  it('[S8] is sent again from where the district lost it; what is settled takes no effect', async () => {
    await appendAll(1, 6);
    district.verdicts.set(operationId(2), { id: operationId(2), verdict: 'refused', reason });
    district.verdicts.set(operationId(4), { id: operationId(4), verdict: 'refused', reason });
    const running = start();
    await until(() => verdicts.length === 6);
    await journal.resolve({
      operation: operationId(2),
      by: signerOf(zhouMin.id),
      into: [],
      at: '2026-03-02',
    });
    district.forgetBeyond(1);
    await journal.offerAgain(3);
    running.push();
    await allDelivered();
    await until(() => states.at(-1)?.pending === 0);
    const [, refused, whole] = district.received;
    // First what is pending again; then, because that leaves a gap, everything from there on.
    expect(refused?.map(({ link }) => link.number)).toEqual([2, 4, 5, 6]);
    expect(whole?.map(({ link, settled }) => [link.number, settled !== undefined])).toEqual([
      [3, false],
      [4, false],
      [5, false],
      [6, false],
    ]);
    expect(states.map(({ problem }) => problem)).not.toContain('server');
    expect(district.verdicts.get(operationId(2))).toMatchObject({ reason: { code: 'resolved' } });
  });

  it('[S8] is sent again also where only the question about what is held shows that the district lost it', async () => {
    await appendAll(1, 2);
    district.verdicts.set(operationId(2), { id: operationId(2), verdict: 'held', reason });
    const before = start();
    // Sent, and asked about once.
    await until(() => district.received.length === 2);
    before.stop();
    district.forgetBeyond(0);
    start();
    await until(() => district.received.length === 4);
    const numbers = district.received.map((batch) => batch.map(({ link }) => link.number));
    expect(numbers).toEqual([[1, 2], [2], [2], [1, 2]]);
  });

  it('closes a gap in small batches, too', async () => {
    await appendAll(1, 40);
    const running = start();
    await allDelivered();
    district.forgetBeyond(0);
    district.misbehave({
      path: '/api/push',
      times: 1000,
      when: (entries) => entries > 6,
      answer: (response) => response.writeHead(413).end(),
    });
    await journal.offerAgain(20);
    const before = district.received.length;
    running.push();
    await allDelivered();
    await until(() => district.verdicts.size === 40);
    const sent = district.received.slice(before).flat();
    expect(chainFaults(sent.filter(({ link }) => link.number <= 20).slice(-20), signingKeyOf)).toEqual([]);
  });

  it('waits, and says so, where what the district misses is not here', async () => {
    await appendAll(1, 2);
    await journal.close();
    const { length } = readFileSync(path);
    await truncate(path, length - 30);
    ({ journal } = await openJournal({ path }));
    await append(journal, envelope(3, chenGuodong.id));
    start();
    await until(() => states.some(({ problem }) => problem === 'server'));
    expect([journal.pendingCount(), [...district.verdicts.keys()]]).toEqual([1, [operationId(1)]]);
    const pushes = district.received.length;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(district.received.length - pushes).toBeLessThan(5);
  });

  it('[S2] [S13] goes on behind a place that is lost for good, each entry signed anew by its author', async () => {
    await appendAll(1, 2);
    await journal.close();
    await truncate(path, readFileSync(path).length - 30);
    ({ journal } = await openJournal({ path }));
    await append(journal, envelope(3, chenGuodong.id));
    await append(journal, envelope(4), envelope(5));
    inside = signerOf(zhouMin.id);
    const running = start();
    await until(() => states.some(({ problem }) => problem === 'server'));
    expect([...district.verdicts.keys()]).toEqual([operationId(1)]);
    // The store had a minute to give it back.
    ticks += 61_000;
    running.push();
    await until(() => journal.pendingCount() === 1);
    expect([...district.verdicts.keys()]).toEqual([1, 4, 5].map(operationId));
    inside = signerOf(chenGuodong.id);
    expect([await chain.entered(), await chain.entered()]).toEqual([true, false]);
    running.push();
    await allDelivered();
    const accepted = new Map(district.received.flat().map((entry) => [entry.envelope.id, entry]));
    expect(chainFaults([...accepted.values()], signingKeyOf)).toEqual([]);
    expect([...accepted.keys()].sort()).toEqual([1, 3, 4, 5].map(operationId));
  });
});

describe('a revoked computer', () => {
  it('delivers what everybody has written, and only then says that its keys may go, once', async () => {
    await appendAll(1, 30);
    await append(journal, envelope(31, chenGuodong.id));
    district.accounts.revoke();
    district.misbehave({ path: '/api/push', answer: emptyProxy });
    const running = start();
    await until(() => states.some(({ problem }) => problem === 'network'));
    expect(delivered).toEqual([]);
    await until(() => delivered.length > 0);
    expect([delivered, district.ids().flat()]).toEqual([[0], ids(1, 31)]);
    expect(states.at(-1)).toMatchObject({ online: true, problem: 'revoked', pending: 0 });
    running.push();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(delivered).toEqual([0]);
  });

  it('keeps its keys while its chain is quarantined', async () => {
    await appendAll(1, 1);
    district.accounts.revoke();
    district.quarantine();
    start();
    await until(() => states.some(({ problem }) => problem === 'quarantined'));
    expect([delivered, journal.pendingCount()]).toEqual([[], 1]);
    district.release();
    await until(() => delivered.length === 1);
  });

  it('learns it without anything to send, from the line for pokes', async () => {
    start();
    await until(() => district.lines() === 1);
    district.accounts.revoke();
    district.accounts.expire();
    district.closeLines();
    await until(() => delivered.length === 1);
    expect(states.at(-1)?.problem).toBe('revoked');
  });
});

describe('the line for pokes', () => {
  it('is opened anew with another token when the district ends it in good order, and stays online', async () => {
    start();
    await until(() => district.lines() === 1);
    district.accounts.expire();
    district.closeLines();
    await until(() => district.accounts.reports.length === 2 && district.lines() === 1);
    expect(states.map(({ online }) => online)).toEqual([true]);
    district.poke();
    await until(() => pokes === 1);
  });
});
