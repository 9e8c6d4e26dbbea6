/** The carrier on 1 kbit/s with 30 % loss, hours of it, on a clock of the test's own; the journal is a real one. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ok, refuse } from '../shared/core/result.ts';
import type { PushEntry, Verdict } from '../shared/protocol/messages.ts';
import { verdictsText } from '../shared/protocol/signing.ts';
import { seededSource } from '../shared/testing/random.ts';
import { createCarrier } from './carrier.ts';
import type { Carrier, CarrierState } from './carrier-port.ts';
import { silenceFor } from './district.ts';
import { openJournal } from './native/journal.ts';
import type { Journal } from './native/journal-port.ts';
import { newPrivateKey, pointOf, sha256, signText } from './native/signing.ts';
import type { SignedAsk } from './signed-ask.ts';
import { append, deviceSeven, envelope, operationId } from './testing/envelopes.ts';
import { xuhui } from './testing/small-district.ts';

const COUNT = 60;
const BITS_PER_SECOND = 1_000;
/** Of a request beside its body, with tokens and proofs. */
const HEADERS = 800;

const signing = newPrivateKey();
const hashOf = (bytes: Uint8Array | string): string => sha256(bytes).toString('base64url');

let journal: Journal;
let carrier: Carrier | undefined;
const contact = {
  address: 'http://127.0.0.1:9',
  district: xuhui.id,
  device: deviceSeven,
  signingKey: pointOf(signing),
};

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'linli-poor-'));
  ({ journal } = await openJournal({ path: join(folder, 'journal.bin') }));
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'Date'],
    now: Date.parse('2026-03-02T01:00:00Z'),
  });
});
afterEach(async () => {
  carrier?.stop();
  vi.useRealTimers();
  await journal.close();
});

const later = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** Confirms what it gets, each once. Requests and answers are lost on the way, and what takes longer than the desk's patience ends. */
function poorDistrict(chance: (probability: number) => boolean) {
  const known = new Map<string, Verdict>();
  const batches: number[] = [];
  const ask: SignedAsk = async ({ body = new Uint8Array(), silenceMs }) => {
    const { entries } = JSON.parse(Buffer.from(body).toString()) as { entries: PushEntry[] };
    batches.push(entries.length);
    const travel = ((body.length + HEADERS) * 8_000) / BITS_PER_SECOND;
    const patience = silenceMs ?? silenceFor(body.length, 120_000);
    await later(Math.min(travel, patience));
    // A larger one meets more of the loss.
    const isLost = (): boolean => chance(1 - 0.7 ** Math.max(1, body.length / 20_000));
    if (travel > patience || isLost()) return refuse('network');
    const verdicts = entries.map(({ envelope: { id } }): Verdict => {
      const verdict = known.get(id) ?? { id, verdict: 'confirmed', seq: known.size + 1 };
      known.set(id, verdict);
      return verdict;
    });
    if (isLost()) return refuse('network');
    const life = { epoch: 'epoch-1', restoredHead: 0, expects: undefined };
    const said = {
      device: deviceSeven,
      bodyHash: hashOf(body),
      ...life,
      verdicts: hashOf(JSON.stringify(verdicts)),
    };
    const signature = signText(signing, verdictsText(said));
    const answer = Buffer.from(JSON.stringify({ ...life, verdicts, signature }));
    return ok({ status: 200, headers: {}, body: answer });
  };
  return { ask, batches, known };
}

it('[S1] [S3] 1 kbit/s with 30 % loss: batches shrink, what waits is never called sent, and everything arrives once', async () => {
  for (let number = 1; number <= COUNT; number++) await append(journal, envelope(number, undefined, 600));
  const { chance } = seededSource(7);
  const district = poorDistrict(chance);
  const states: CarrierState[] = [];
  const judged: string[] = [];
  carrier = createCarrier({
    journal,
    contact: () => contact,
    ask: district.ask,
    // Pokes come and go with the line.
    listen: (_, { opened, ended }) => {
      const begins = setTimeout(opened, 20_000);
      const breaks = setTimeout(() => ended('network'), 90_000);
      return () => [begins, breaks].forEach(clearTimeout);
    },
    revoked: () => false,
    parted: () => Promise.resolve(false),
    repair: async () => false,
    onRevokedAndDelivered: () => undefined,
    onEpoch: async () => undefined,
    onVerdicts: (entries) => {
      for (const entry of entries) if (entry.kind === 'verdict') judged.push(entry.verdict.id);
    },
    onState: (state) => states.push(state),
    onPoke: () => undefined,
    random: () => 0.5,
  });
  const begun = Date.now();
  let calm = 0;
  for (let step = 0; journal.pendingCount() > 0 && step < 20_000; step++) {
    const before = journal.pendingCount();
    vi.advanceTimersByTime(500);
    for (let turns = 0; turns < 4; turns++) {
      await new Promise((resolve) => setImmediate(resolve));
      // The disk is a real one: however slow it is, no time passes on the test's clock meanwhile.
      await journal.read({ after: Number.MAX_SAFE_INTEGER });
    }
    calm = journal.pendingCount() < before ? 0 : calm + 500;
    // Progress or a pause, but never for ever.
    expect(calm).toBeLessThan(30 * 60_000);
  }
  expect(judged).toEqual(Array.from({ length: COUNT }, (_, at) => operationId(at + 1)));
  expect(district.known.size).toBe(COUNT);
  const pending = states.map((state) => state.pending);
  expect(pending).toEqual([...pending].sort((one, other) => other - one));
  // It was all sent at once first, then in ever smaller parts, down to what gets through.
  expect([district.batches[0], Math.min(...district.batches) <= 4]).toEqual([COUNT, true]);
  expect(states.some(({ online, problem }) => !online && problem === 'network')).toBe(true);
  expect(states.filter(({ pending: left, online }) => left === 0 && !online)).toEqual([]);
  const minutes = (Date.now() - begun) / 60_000;
  const bytes = COUNT * 1_700;
  // Not more than some twelve times what the bare bytes take on this line.
  expect(minutes).toBeLessThan((12 * bytes * 8) / BITS_PER_SECOND / 60);
});
