import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createDurableMark } from './durable-mark.ts';
import { createEpochWatch } from './epoch-watch.ts';
import { openJournal } from './native/journal.ts';
import type { Journal } from './native/journal-port.ts';
import { append, deviceSeven, envelope, operationId, zhouMin } from './testing/envelopes.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const TEN_YEARS = 3652 * DAY;

let folder: string;
let journal: Journal;
let learn: (handshake: Uint8Array) => Promise<void>;
/** The district's clock, and milliseconds that the program has been running; this computer's own clock is the one of `Date`. */
let district: number;
let running: number;

async function restart(): Promise<void> {
  await journal?.close();
  running = 0;
  ({ journal } = await openJournal({ path: join(folder, 'journal.bin') }));
  learn = createDurableMark({
    path: join(folder, 'mark.json'),
    journal,
    epochs: createEpochWatch({ path: join(folder, 'epoch.json'), journal, onOffered: () => undefined }),
    running: () => running,
  });
}

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-03-02T01:00:00Z') });
  folder = await mkdtemp(join(tmpdir(), 'linli-mark-'));
  district = Date.now();
  await restart();
  // Its epoch is heard before anything is judged in it.
  await handshake(0);
});
afterEach(async () => {
  await journal.close();
  vi.useRealTimers();
});

const jump = (by: number): unknown => vi.setSystemTime(Date.now() + by);
const handshake = (durable: number, epoch = 'first', restoredHead = 0): Promise<void> =>
  learn(
    Buffer.from(
      JSON.stringify({
        protocol: 1,
        district: 'district_1',
        epoch,
        restoredHead,
        head: 90,
        durable,
        serverTime: new Date(district).toISOString(),
        scopes: [],
        person: { ...zhouMin, grants: [] },
      }),
    ),
  );
/** Somebody works on it every day for so long. */
async function days(count: number, durable: number, epoch?: string, restoredHead?: number): Promise<void> {
  for (let day = 0; day < count; day++) {
    district += DAY;
    jump(DAY);
    await handshake(durable, epoch, restoredHead);
  }
}
async function confirmed(...sequences: readonly number[]): Promise<void> {
  for (const seq of sequences) {
    await append(journal, envelope(seq));
    await journal.judge([{ id: operationId(seq), verdict: 'confirmed', seq }], new Date().toISOString());
  }
}
const kept = async (): Promise<readonly string[]> =>
  (await journal.read({ after: 0 })).entries.flatMap((entry) =>
    entry.kind === 'operation' ? [entry.envelope.id] : [],
  );
const ids = (...numbers: readonly number[]): readonly string[] => numbers.map(operationId);

it('S2-4 S9 a clock that jumps ten years ahead right after the verdict makes the journal forget nothing', async () => {
  await confirmed(1, 2);
  await handshake(2);
  jump(TEN_YEARS);
  for (let minute = 0; minute < 100; minute++) {
    district += 60_000;
    running += 60_000;
    await handshake(2);
    await restart();
  }
  expect(await kept()).toEqual(ids(1, 2));
  await days(28, 2);
  expect(await kept()).toEqual(ids(1, 2));
});

it('S2 S2-4 what was durable thirty counted days ago goes, and nothing else', async () => {
  await confirmed(1, 2, 3);
  await handshake(2);
  // Durable since then, and confirmed here since then.
  await confirmed(4);
  await days(29, 4);
  expect(await kept()).toEqual(ids(1, 2, 3, 4));
  await days(1, 4);
  expect(await kept()).toEqual(ids(3, 4));
  await days(1, 4);
  expect(await kept()).toEqual([]);
});

it('S2-4 a verdict that came late is kept thirty days as well, whatever its sequence', async () => {
  await append(journal, envelope(1));
  await handshake(5);
  await journal.judge(
    [{ id: operationId(1), verdict: 'confirmed', seq: 1 }],
    new Date(Date.now() - TEN_YEARS).toISOString(),
  );
  await days(30, 5);
  expect(await kept()).toEqual(ids(1));
  await days(1, 5);
  expect(await kept()).toEqual([]);
});

it('S2-4 S9 a clock that goes back loses nothing and keeps nothing for ever', async () => {
  await confirmed(1);
  await handshake(1);
  jump(-TEN_YEARS);
  await confirmed(2);
  await days(29, 2);
  expect(await kept()).toEqual(ids(1, 2));
  await days(2, 2);
  expect(await kept()).toEqual([]);
});

it('S2-4 S9 the district’s clock ten years ahead costs a day, and mended it does not stop the count', async () => {
  await confirmed(1);
  await handshake(1);
  for (let flap = 0; flap < 50; flap++) {
    district += TEN_YEARS;
    await handshake(1);
    district -= TEN_YEARS;
    await handshake(1);
  }
  running += 28 * DAY;
  await handshake(1);
  expect(await kept()).toEqual(ids(1));
  running += DAY;
  await handshake(1);
  expect(await kept()).toEqual([]);
});

it('S2-4 the count goes on through restarts; a night counts, an absence only as a day', async () => {
  await confirmed(1);
  await handshake(1);
  district += 300 * DAY;
  await restart();
  await handshake(1);
  for (let day = 2; day < 30; day++) {
    await days(1, 1);
    await restart();
  }
  expect(await kept()).toEqual(ids(1));
  await days(1, 1);
  expect(await kept()).toEqual([]);
  expect(journal.pending(deviceSeven)).toEqual([]);
});

it('S2-4 S8 after a restoration only what was judged in the new epoch goes, and its thirty days begin anew', async () => {
  await confirmed(1, 2);
  await days(20, 2);
  await handshake(1, 'second', 1);
  // Number 2 was lost, was offered again, and is confirmed again; the clock of that day was wrong.
  jump(TEN_YEARS);
  await journal.judge([{ id: operationId(2), verdict: 'confirmed', seq: 2 }], new Date().toISOString());
  jump(-TEN_YEARS);
  await handshake(2, 'second', 1);
  await days(29, 2, 'second', 1);
  expect(await kept()).toEqual(ids(1, 2, 2));
  await days(2, 2, 'second', 1);
  expect(await kept()).toEqual(ids(1));
});

it('S2-4 S8 marks of a former epoch say nothing about a journal that began anew', async () => {
  await confirmed(1, 2);
  await days(20, 2);
  await journal.close();
  for (const lost of ['journal.bin', 'chain.json']) await rm(join(folder, lost));
  await restart();
  await handshake(1, 'second', 1);
  await confirmed(2);
  await days(40, 1, 'second', 1);
  expect(await kept()).toEqual(ids(2));
});

it('S2-4 a district without a backup leaves the journal whole', async () => {
  await confirmed(1);
  await days(100, 0);
  expect(await kept()).toEqual(ids(1));
  await days(30, 1);
  expect(await kept()).toEqual(ids(1));
  await days(1, 1);
  expect(await kept()).toEqual([]);
});

it('S2-4 marks that cannot be read begin anew, and an answer that is no handshake says nothing', async () => {
  await confirmed(1);
  await handshake(1);
  await days(29, 1);
  await restart();
  await writeFile(join(folder, 'mark.json'), '{"epoch":"first","marks":[{');
  await learn(Buffer.from('<html>'));
  await days(30, 1);
  expect(await kept()).toEqual(ids(1));
  await days(1, 1);
  expect(await kept()).toEqual([]);
});
