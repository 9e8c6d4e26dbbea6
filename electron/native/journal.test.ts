import { spawn } from 'node:child_process';
import * as nodeFiles from 'node:fs/promises';
import { mkdtemp, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settledText } from '../../shared/protocol/link.ts';
import {
  append,
  chenGuodong,
  deviceSeven,
  envelope,
  operationId,
  signerOf,
  zhouMin,
} from '../testing/envelopes.ts';
import { failingDisk } from '../testing/failing-disk.ts';
import type { JournalDisk } from './journal-file.ts';
import type { Journal } from './journal-port.ts';
import * as journals from './journal.ts';
import { isSignedBy } from './signing.ts';

let path: string;
beforeEach(async () => {
  path = join(await mkdtemp(join(tmpdir(), 'linli-journal-')), 'journal.bin');
});

const open: Journal[] = [];
afterEach(async () => {
  for (const journal of open.splice(0)) await journal.close().catch(() => undefined);
});

async function openJournal(options: Parameters<typeof journals.openJournal>[0]) {
  const opened = await journals.openJournal(options);
  open.push(opened.journal);
  return opened;
}

const at = '2026-03-02T01:00:00.000Z';
const confirmed = (number: number, seq: number) => ({
  id: operationId(number),
  verdict: 'confirmed' as const,
  seq,
});
const held = (number: number) => ({
  id: operationId(number),
  verdict: 'held' as const,
  reason: { code: 'depends' as const },
});
/** The disk, and a word at each reading of a piece. */
function counted(onRead: () => void): JournalDisk {
  const open: typeof nodeFiles.open = async (...given) => {
    const handle = await nodeFiles.open(...given);
    const read = handle.read.bind(handle) as (...asked: readonly unknown[]) => unknown;
    return Object.assign(handle, {
      read(...asked: readonly unknown[]) {
        onRead();
        return read(...asked);
      },
    });
  };
  return { ...nodeFiles, open };
}
const ids = (groups: readonly (readonly { id: string }[])[]) =>
  groups.map((group) => group.map(({ id }) => id));

it('what lies together is read together, in whatever order it is asked for', async () => {
  let reads = 0;
  const { journal } = await openJournal({ path, disk: counted(() => (reads += 1)) });
  // Small ones, one that is longer than what is read at once, and a group.
  for (let number = 1; number <= 20; number++) await append(journal, envelope(number));
  await append(journal, envelope(21, zhouMin.id, 300_000));
  for (let number = 22; number <= 40; number++) await append(journal, envelope(number));
  await append(journal, envelope(41), envelope(42));
  const pending = journal.pending(deviceSeven).flat();
  const asked = [...pending, ...pending.toReversed()];
  const got = (await journal.entries(asked)).map(({ envelope: one }) => one);
  expect(got).toEqual(
    asked.map(({ id }) => envelope(Number(id.slice(-2)), zhouMin.id, id.endsWith('21') ? 300_000 : 60)),
  );
  // Once there; on the way back each frame lies before the one that was read.
  expect(reads).toBe(3 + 40);
});

describe('what was appended is there after a restart', () => {
  it('keeps operations, verdicts, resolutions and temporary numbers in one order', async () => {
    const { journal } = await openJournal({ path });
    expect(await append(journal, envelope(1), envelope(2))).toEqual([1, 2]);
    expect(await append(journal, envelope(3, chenGuodong.id))).toEqual([3]);
    expect(await journal.judge([confirmed(1, 70), held(2)], at)).toEqual([
      { kind: 'verdict', number: 4, verdict: confirmed(1, 70), at },
      { kind: 'verdict', number: 5, verdict: held(2), at },
    ]);
    expect(await journal.resolve({ operation: operationId(2), by: signerOf(zhouMin.id), into: [], at })).toBe(
      6,
    );
    expect([await journal.temporaryNumber(), await journal.temporaryNumber()]).toEqual([1, 2]);
    await journal.close();

    const again = await openJournal({ path });
    expect(again.setAside).toEqual([]);
    expect(await again.journal.read({ after: 0 })).toEqual({
      entries: [
        { kind: 'operation', number: 1, envelope: envelope(1), link: expect.objectContaining({ number: 1 }) },
        { kind: 'operation', number: 2, envelope: envelope(2), link: expect.objectContaining({ number: 2 }) },
        {
          kind: 'operation',
          number: 3,
          envelope: envelope(3, chenGuodong.id),
          link: expect.objectContaining({ number: 3 }),
        },
        { kind: 'verdict', number: 4, verdict: confirmed(1, 70), at },
        { kind: 'verdict', number: 5, verdict: held(2), at },
        {
          ...{ kind: 'resolved', number: 6, operation: operationId(2), by: zhouMin.id, into: [], at },
          settled: { key: signerOf(zhouMin.id).signing.id, signature: expect.any(String) },
        },
      ],
      more: false,
      last: 6,
    });
    expect(ids(again.journal.pending(deviceSeven))).toEqual([[operationId(3)]]);
    expect(await again.journal.temporaryNumber()).toBe(3);
    expect(await append(again.journal, envelope(4))).toEqual([7]);
  });

  it('[S13] reads everybody’s entries, in pages without a gap', async () => {
    const { journal } = await openJournal({ path });
    for (let number = 1; number <= 5; number++)
      await append(journal, envelope(number, number % 2 ? zhouMin.id : chenGuodong.id));
    const pages: number[][] = [];
    for (let after = 0, more = true; more;) {
      const page = await journal.read({ after, limit: 2 });
      pages.push(page.entries.map(({ number }) => number));
      ({ more, last: after } = page);
    }
    expect(pages).toEqual([[1, 2], [3, 4], [5]]);
    expect(await journal.read({ after: 5 })).toEqual({ entries: [], more: false, last: 5 });
  });

  it('takes no id twice in one go: one of the two would have a place in the chain and never be sent', async () => {
    const { journal } = await openJournal({ path });
    await expect(append(journal, envelope(1), { ...envelope(2), id: operationId(1) })).rejects.toThrow(
      'content-changed',
    );
    expect(await append(journal, envelope(1), envelope(2))).toEqual([1, 2]);
  });

  it('gives the same numbers when the window asks again, and refuses other content under a known id', async () => {
    const { journal } = await openJournal({ path });
    await append(journal, envelope(1), envelope(2));
    expect(await append(journal, envelope(1), envelope(2))).toEqual([1, 2]);
    await expect(append(journal, { ...envelope(1), commitment: envelope(2).commitment })).rejects.toThrow(
      'content-changed',
    );
    await expect(append(journal, envelope(1), envelope(9))).rejects.toThrow('content-changed');
    expect(journal.pendingCount()).toBe(2);
  });

  it('takes a verdict once; only held is followed by another', async () => {
    const { journal } = await openJournal({ path });
    await append(journal, envelope(1), envelope(2));
    await journal.judge([confirmed(1, 5), held(2)], at);
    expect(await journal.judge([confirmed(1, 5), held(2), confirmed(9, 6)], at)).toEqual([]);
    expect(journal.held(deviceSeven).map(({ id }) => id)).toEqual([operationId(2)]);
    expect(await journal.judge([confirmed(2, 8)], at)).toHaveLength(1);
    expect(journal.held(deviceSeven)).toEqual([]);
  });

  it('S3 what was held and given up goes out as settled, and once more to a district that came back from a backup', async () => {
    const { journal } = await openJournal({ path });
    await append(journal, envelope(1));
    await journal.judge([held(1)], at);
    await journal.resolve({ operation: operationId(1), by: signerOf(zhouMin.id), into: [], at });
    const [sent] = await journal.entries(journal.held(deviceSeven));
    const { link, settled } = sent!;
    const author = signerOf(zhouMin.id);
    expect(settled?.key).toBe(author.signing.id);
    expect(isSignedBy(author.point, settledText(link.hash), settled?.signature ?? '')).toBe(true);
    const resolved = {
      id: operationId(1),
      verdict: 'refused' as const,
      reason: { code: 'resolved' as const },
    };
    await journal.judge([resolved], at);
    expect([journal.held(deviceSeven), journal.pendingCount()]).toEqual([[], 0]);
    expect(await journal.offerAgain(0)).toBe(1);
    const again = await journal.entries(journal.pending(deviceSeven).flat());
    expect(again).toEqual([sent]);
  });
});

describe('a file that was cut or damaged', () => {
  it('sets a torn tail aside at every possible length and keeps all before it', async () => {
    const { journal } = await openJournal({ path });
    await append(journal, envelope(1));
    const whole = (await stat(path)).size;
    await append(journal, envelope(2), envelope(3));
    await journal.close();
    const bytes = await readFile(path);
    for (const length of [
      whole + 1,
      whole + 11,
      whole + 13,
      Math.floor((whole + bytes.length) / 2),
      bytes.length - 1,
    ]) {
      await writeFile(path, bytes);
      await truncate(path, length);
      const torn = await openJournal({ path });
      expect(ids(torn.journal.pending(deviceSeven))).toEqual([[operationId(1)]]);
      expect(torn.setAside).toHaveLength(1);
      expect((await stat(path)).size).toBe(whole);
      expect(await append(torn.journal, envelope(4))).toEqual([2]);
      await torn.journal.close();
    }
  });

  it('loses only the damaged stretch in the middle and keeps a copy of the whole file', async () => {
    const { journal } = await openJournal({ path });
    for (let number = 1; number <= 3; number++) await append(journal, envelope(number));
    await journal.close();
    const bytes = await readFile(path);
    const second = Math.floor(bytes.length / 2);
    bytes.fill(0, second, second + 20);
    await writeFile(path, bytes);
    const again = await openJournal({ path });
    expect(ids(again.journal.pending(deviceSeven))).toEqual([[operationId(1)], [operationId(3)]]);
    expect(await readFile(again.setAside[0] as string)).toEqual(bytes);
    expect(await append(again.journal, envelope(4))).toEqual([4]);
    await again.journal.close();
    expect((await openJournal({ path })).setAside).toEqual([]);
  });

  it('begins anew with a file that is no journal, and keeps that file', async () => {
    await writeFile(path, 'this is somebody else’s file');
    const { journal, setAside } = await openJournal({ path });
    expect(await readFile(setAside[0] as string, 'utf8')).toBe('this is somebody else’s file');
    expect(await append(journal, envelope(1))).toEqual([1]);
  });
});

describe('a disk that fails', () => {
  it('answers only after the bytes are written and synchronised', async () => {
    const { disk, steps } = failingDisk();
    const { journal } = await openJournal({ path, disk });
    steps.length = 0;
    await append(journal, envelope(1));
    expect(steps).toEqual(['write', 'datasync']);
  });

  for (const [step, code, answer] of [
    ['write', 'ENOSPC', 'disk-full'],
    ['write', 'EIO', 'journal-failed'],
    ['datasync', 'EIO', 'journal-failed'],
  ] as const)
    it(`refuses an append whose ${step} fails with ${code}, and leaves no trace of it`, async () => {
      const { disk, fail } = failingDisk();
      const { journal } = await openJournal({ path, disk });
      await append(journal, envelope(1));
      const { size } = await stat(path);
      fail(step, code, 30);
      // Larger than what comes after it, which must not stand before its rest.
      await expect(append(journal, envelope(2), envelope(4))).rejects.toThrow(answer);
      expect([journal.pendingCount(), (await stat(path)).size]).toEqual([1, size]);
      expect(await append(journal, envelope(3))).toEqual([2]);
      await journal.close();
      const again = await openJournal({ path });
      expect([ids(again.journal.pending(deviceSeven)), again.setAside]).toEqual([
        [[operationId(1)], [operationId(3)]],
        [],
      ]);
    });
});

it('loses nothing that was acknowledged when the process is killed while it writes', async () => {
  const child = spawn(process.execPath, [
    fileURLToPath(new URL('../testing/append-for-ever.ts', import.meta.url)),
    path,
  ]);
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await new Promise<void>((done) => {
    const enough = setInterval(() => {
      if (said.split('\n').length < 200) return;
      clearInterval(enough);
      child.once('exit', () => done());
      child.kill('SIGKILL');
    }, 5);
  });
  const acknowledged = said.slice(0, said.lastIndexOf('\n')).split(/\s/).map(Number);
  const { journal } = await openJournal({ path });
  const present = new Set(journal.pending(deviceSeven).flatMap((group) => group.map(({ number }) => number)));
  expect(acknowledged.length).toBeGreaterThan(300);
  expect(acknowledged.filter((number) => !present.has(number))).toEqual([]);
  expect(journal.pending(deviceSeven).every((group) => group.length === 2)).toBe(true);
});

it('compacts only what the district has made durable, long ago; numbers go on', async () => {
  const { journal } = await openJournal({ path });
  await append(journal, envelope(1), envelope(2), envelope(3), envelope(4));
  await journal.judge(
    [
      confirmed(1, 10),
      confirmed(2, 20),
      { id: operationId(3), verdict: 'refused', reason: { code: 'access' } },
    ],
    at,
  );
  await journal.temporaryNumber();
  await journal.compact({ durable: 15, after: 0, upTo: 4 });
  await journal.compact({ durable: 15, after: 5, upTo: 7 });
  expect((await journal.read({ after: 0 })).entries).toHaveLength(7);
  await journal.compact({ durable: 15, after: 4, upTo: 5 });
  await journal.close();
  const again = await openJournal({ path });
  const { entries } = await again.journal.read({ after: 0 });
  expect(entries.map(({ kind, number }) => `${kind} ${number}`)).toEqual([
    'operation 2',
    'operation 3',
    'operation 4',
    'verdict 6',
    'verdict 7',
  ]);
  expect(ids(again.journal.pending(deviceSeven))).toEqual([[operationId(4)]]);
  expect(await again.journal.temporaryNumber()).toBe(2);
  expect(await append(again.journal, envelope(5))).toEqual([8]);
  await again.journal.close();
  expect((await readdir(join(path, '..'))).sort()).toEqual(['chain.json', 'journal.bin']);
});
