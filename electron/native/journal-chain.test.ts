import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Link } from '../../shared/protocol/link.ts';
import {
  append,
  chenGuodong,
  deviceSeven,
  envelope,
  newSigner,
  operationId,
  signerOf,
  signingKeyOf,
  zhouMin,
} from '../testing/envelopes.ts';
import { chainFaults } from '../testing/chain-faults.ts';
import { growing, isGenuine } from './journal-chain.ts';
import { openJournal } from './journal.ts';
import type { Journal } from './journal-port.ts';

let path: string;
let journal: Journal;
const at = '2026-03-02T01:00:00.000Z';

async function restart(): Promise<Journal> {
  await journal?.close();
  ({ journal } = await openJournal({ path }));
  return journal;
}
beforeEach(async () => {
  path = join(await mkdtemp(join(tmpdir(), 'linli-chain-')), 'journal.bin');
  ({ journal } = await openJournal({ path }));
});
afterEach(() => journal.close());

async function links(): Promise<Link[]> {
  const { entries } = await journal.read({ after: 0 });
  return entries.flatMap((entry) => (entry.kind === 'operation' ? [entry.link] : []));
}
async function faults(): Promise<readonly string[]> {
  const { entries } = await journal.read({ after: 0 });
  return chainFaults(
    entries.flatMap((entry) => (entry.kind === 'operation' ? [entry] : [])),
    signingKeyOf,
  );
}
const numbers = async () => (await links()).map(({ number }) => number);
const waiting = () =>
  journal
    .pending(deviceSeven)
    .flat()
    .map(({ id }) => id);
const given = (number: number, link: Link, author = zhouMin.id) => ({
  envelope: envelope(number, author),
  link,
});
async function damage(middle: (bytes: Buffer) => number): Promise<void> {
  await journal.close();
  const bytes = await readFile(path);
  bytes.fill(0, middle(bytes), middle(bytes) + 20);
  await writeFile(path, bytes);
  ({ journal } = await openJournal({ path }));
}

describe('[S13] every operation has its place in this device’s chain, signed by its author', () => {
  it('counts on from the one before, whoever writes', async () => {
    await append(journal, envelope(1), envelope(2));
    await append(journal, envelope(3, chenGuodong.id));
    await append(journal, envelope(4));
    expect(await numbers()).toEqual([1, 2, 3, 4]);
    expect(await faults()).toEqual([]);
    expect((await links()).map(({ key }) => key)).toEqual(
      [zhouMin, zhouMin, chenGuodong, zhouMin].map(({ id }) => signerOf(id).signing.id),
    );
  });

  it('goes on behind a restart, and behind what compaction dropped', async () => {
    await append(journal, envelope(1), envelope(2));
    await restart();
    await append(journal, envelope(3));
    const verdicts = [1, 2, 3].map((number) => ({
      id: operationId(number),
      verdict: 'confirmed' as const,
      seq: number,
    }));
    await journal.judge(verdicts, at);
    const before = await links();
    await journal.compact({ durable: 9, after: 0, upTo: 99 });
    await restart();
    expect(await links()).toEqual([]);
    await journal.close();
    await rm(join(path, '../chain.json'));
    ({ journal } = await openJournal({ path }));
    await append(journal, envelope(4));
    expect(await links()).toMatchObject([{ number: 4, previous: before[2]?.hash }]);
  });

  it('is mirrored beside the journal soon after, whatever becomes of the program', async () => {
    await append(journal, envelope(1), envelope(2));
    const [, { number, hash }] = (await links()) as [Link, Link];
    await vi.waitUntil(() => readFile(join(path, '../chain.json'), 'utf8').catch(() => undefined));
    expect(JSON.parse(await readFile(join(path, '../chain.json'), 'utf8'))).toEqual([
      { device: deviceSeven, number, hash },
    ]);
  });

  it('never gives a number twice, though the file has lost its end', async () => {
    await append(journal, envelope(1));
    await append(journal, envelope(2));
    const before = await links();
    await journal.close();
    await truncate(path, (await readFile(path)).length - 30);
    ({ journal } = await openJournal({ path }));
    expect(await numbers()).toEqual([1]);
    await append(journal, envelope(3));
    expect((await links()).at(-1)).toMatchObject({ number: 3, previous: before[1]?.hash });
  });

  it('goes on behind the end that the district knows, where this computer knows less', async () => {
    const hash = 'h'.repeat(43);
    await journal.chainReached(deviceSeven, { number: 7, hash });
    await journal.close();
    await rm(join(path, '../chain.json'));
    ({ journal } = await openJournal({ path }));
    await append(journal, envelope(1));
    expect(await links()).toMatchObject([{ number: 8, previous: hash }]);
  });

  it('stays as it is where the district’s end is a link of ours, or none yet', async () => {
    await append(journal, envelope(1), envelope(2));
    const [one] = (await links()) as [Link];
    await journal.chainReached(deviceSeven, one);
    await journal.chainReached(deviceSeven, { number: 0, hash: 'A'.repeat(43) });
    await append(journal, envelope(3));
    expect([await numbers(), await faults()]).toEqual([[1, 2, 3], []]);
  });

  it('[S2] goes on behind the district’s end where this disk is one from another day, and all that waits goes with it', async () => {
    await append(journal, envelope(1), envelope(2));
    await journal.judge([{ id: operationId(1), verdict: 'confirmed', seq: 8 }], at);
    await append(journal, envelope(3, chenGuodong.id));
    const end = { number: 2, hash: 'o'.repeat(43) };
    await journal.chainReached(deviceSeven, end);
    expect([waiting(), journal.pendingCount()]).toEqual([[], 2]);
    expect(await journal.relink(signerOf(zhouMin.id))).toBe(1);
    // A colleague comes back a little later, with the same answer.
    await journal.chainReached(deviceSeven, end);
    await restart();
    expect(await journal.relink(signerOf(chenGuodong.id))).toBe(1);
    const sent = await journal.entries(journal.pending(deviceSeven).flat());
    expect(sent.map(({ envelope: { id } }) => id)).toEqual([2, 3].map(operationId));
    expect(chainFaults(sent, signingKeyOf, end)).toEqual([]);
    // A restored district is offered again what it had confirmed, under a place of the chain that it knows.
    await journal.chainReached(deviceSeven, { number: 1, hash: 'r'.repeat(43) });
    await journal.offerAgain(0);
    await restart();
    await journal.relink(signerOf(zhouMin.id));
    await journal.relink(signerOf(chenGuodong.id));
    const again = await journal.entries(journal.pending(deviceSeven).flat());
    expect(again.map(({ envelope: { id } }) => id)).toEqual([1, 2, 3].map(operationId));
    expect(chainFaults(again, signingKeyOf, { number: 1, hash: 'r'.repeat(43) })).toEqual([]);
  });

  it('knows another end of its chain from its own, and takes one that it has let go of for its own', async () => {
    await append(journal, envelope(1), envelope(2), envelope(3));
    const [one, two] = (await links()) as [Link, Link];
    const other = 'o'.repeat(43);
    const isOther = (number: number, hash: string) => journal.isOtherEnd(deviceSeven, { number, hash });
    expect([isOther(1, one.hash), isOther(2, two.hash), isOther(1, two.hash), isOther(3, other)]).toEqual([
      ...[false, false],
      ...[true, true],
    ]);
    await journal.judge([{ id: operationId(1), verdict: 'confirmed', seq: 1 }], at);
    await journal.compact({ durable: 9, after: 0, upTo: 99 });
    // Its neighbour still names it; and behind its own end nothing is its own.
    expect([isOther(1, one.hash), isOther(1, other), isOther(9, other)]).toEqual([false, true, true]);
  });

  it('does not take an end for its own that it left when its chain was cut, however far behind it that lies', async () => {
    await append(journal, envelope(1), envelope(2), envelope(3));
    const [, second, third] = await links();
    await journal.judge(
      [1, 2].map((number) => ({ id: operationId(number), verdict: 'confirmed' as const, seq: number })),
      at,
    );
    await journal.judge([{ id: operationId(3), verdict: 'held', reason: { code: 'access' } }], at);
    await journal.compact({ durable: 9, after: 0, upTo: 99 });
    // The district came back from a backup that holds nothing, and later from one that holds all three.
    expect(await journal.cutChain(deviceSeven, { number: 1 }, signerOf(zhouMin.id))).toBe(true);
    const ends = [second, third].map((link) => ({ number: link?.number ?? 0, hash: link?.hash ?? '' }));
    for (const end of ends) expect(journal.isOtherEnd(deviceSeven, end)).toBe(true);
    await restart();
    for (const end of ends) expect(journal.isOtherEnd(deviceSeven, end)).toBe(true);
    await journal.chainReached(deviceSeven, ends[1] ?? { number: 0, hash: '' });
    await append(journal, envelope(4));
    await journal.relink(signerOf(zhouMin.id));
    expect((await links()).slice(-2).map(({ number }) => number)).toEqual([4, 5]);
    expect((await links()).at(-2)?.previous).toBe(third?.hash);
  });

  it('[S2] leaves nothing in a branch that the district does not have, also where it knows no more of it', async () => {
    await append(journal, envelope(1), envelope(2), envelope(3));
    await journal.judge([{ id: operationId(1), verdict: 'held', reason: { code: 'access' } }], at);
    await journal.judge(
      [2, 3].map((number) => ({ id: operationId(number), verdict: 'confirmed' as const, seq: number })),
      at,
    );
    await journal.compact({ durable: 9, after: 0, upTo: 99 });
    await append(journal, envelope(4));
    const end = { number: 2, hash: 'o'.repeat(43) };
    const gap = { number: 3, previous: end.hash };
    expect(await journal.cutChain(deviceSeven, gap, signerOf(zhouMin.id))).toBe(true);
    await restart();
    const held = journal.held(deviceSeven);
    const sent = await journal.entries([...held, ...journal.pending(deviceSeven).flat()]);
    expect(sent.map(({ envelope: { id } }) => id)).toEqual([1, 4].map(operationId));
    expect(chainFaults(sent, signingKeyOf, end)).toEqual([]);
  });

  it('begins another chain where this computer was enrolled as another one', async () => {
    await append(journal, envelope(1));
    await append(journal, { ...envelope(2), device: 'device_other' });
    expect(await numbers()).toEqual([1, 1]);
    expect(waiting()).toEqual([operationId(1)]);
  });
});

describe('what the journal lost and the store still holds', () => {
  it('[S2] takes its old place again, and is sent in its order', async () => {
    for (let number = 1; number <= 3; number++) await append(journal, envelope(number));
    const before = await links();
    await damage((bytes) => Math.floor(bytes.length / 2));
    expect(await numbers()).toEqual([1, 3]);
    await journal.append([given(2, before[1] as Link)], signerOf(chenGuodong.id));
    expect(waiting()).toEqual([1, 2, 3].map(operationId));
    expect((await links()).sort((one, other) => one.number - other.number)).toEqual(before);
  });

  it('[S2] of a lost end, too, and the chain goes on behind it', async () => {
    for (let number = 1; number <= 3; number++) await append(journal, envelope(number));
    const before = await links();
    await journal.close();
    await writeFile(path, '');
    await rm(join(path, '../chain.json'));
    ({ journal } = await openJournal({ path }));
    for (const [index, link] of before.entries())
      await journal.append([given(index + 1, link)], signerOf(chenGuodong.id));
    await append(journal, envelope(4));
    expect([await numbers(), await faults()]).toEqual([[1, 2, 3, 4], []]);
  });

  it('gets a new place from its author where another one has taken the old', async () => {
    await append(journal, envelope(1));
    await append(journal, envelope(2));
    const [, lost] = await links();
    await journal.close();
    await truncate(path, (await readFile(path)).length - 30);
    await rm(join(path, '../chain.json'));
    ({ journal } = await openJournal({ path }));
    await append(journal, envelope(3));
    const back = [given(2, lost as Link)];
    expect(await journal.append(back, signerOf(chenGuodong.id))).toMatchObject([{ link: lost }]);
    await restart();
    await append(journal, envelope(4, chenGuodong.id));
    expect([waiting(), journal.pendingCount()]).toEqual([[1, 3, 4].map(operationId), 4]);
    // The place stays with whoever has it.
    const [, holder] = (await links()).filter(({ hash }) => hash !== lost?.hash);
    await journal.chainReached(deviceSeven, holder as Link);
    expect(waiting()).toEqual([1, 3, 4].map(operationId));
    expect(await journal.relink(signerOf(zhouMin.id))).toBe(1);
    expect(waiting()).toEqual([1, 3, 4, 2].map(operationId));
    const sent = await journal.entries(await journal.entriesFrom(deviceSeven, 1));
    expect(chainFaults(sent, signingKeyOf)).toEqual([]);
  });

  it('gets it at once where its author is the one who gives it back', async () => {
    const zhou = signerOf(zhouMin.id);
    await append(journal, envelope(1));
    const [taken] = (await links()) as [Link];
    await journal.append([given(2, { ...taken, hash: 'x'.repeat(43) })], zhou);
    expect([await numbers(), await faults(), waiting()]).toEqual([[1, 2], [], [1, 2].map(operationId)]);
  });

  it('does not fit between neighbours of another branch', () => {
    const [two, four] = ['b'.repeat(43), 'd'.repeat(43)];
    const place = (number: number) =>
      number === 4 ? { number, previous: 'c'.repeat(43), hash: four } : undefined;
    const chain = growing({
      end: () => ({ number: 2, hash: two }),
      linkAt: (_device, number) => place(number),
    });
    const link = { key: '', signature: '', number: 3, previous: two, hash: 'c'.repeat(43) };
    expect(chain.fits(deviceSeven, link)).toBe(true);
    expect(chain.fits(deviceSeven, { ...link, previous: 'x'.repeat(43) })).toBe(false);
    expect(chain.fits(deviceSeven, { ...link, hash: 'x'.repeat(43) })).toBe(false);
    expect(chain.fits(deviceSeven, { ...link, number: 4, hash: four, previous: 'x'.repeat(43) })).toBe(true);
    expect(chain.fits(deviceSeven, { ...link, number: 2, hash: 'x'.repeat(43) })).toBe(false);
    expect(chain.fits(deviceSeven, { ...link, number: 1 })).toBe(false);
  });

  it('is refused where its hash or its signature is not its own', async () => {
    await append(journal, envelope(1));
    const [link] = (await links()) as [Link];
    const stranger = newSigner(chenGuodong);
    const isMine = (one: Link, of = envelope(1)) => isGenuine(of, one, signingKeyOf);
    expect(isMine(link)).toBe(true);
    expect([
      isMine(link, envelope(2)),
      isMine(link, envelope(1, chenGuodong.id)),
      isMine({ ...link, number: 2 }),
      isMine({ ...link, key: stranger.signing.id, signature: stranger.signing.sign(link.hash) }),
      isMine({ ...link, key: signerOf(chenGuodong.id).signing.id }),
    ]).toEqual([false, false, false, false, false]);
  });
});

describe('[S8] where the district misses a part of the chain', () => {
  const settled = async (from: number) =>
    (await journal.entries(await journal.entriesFrom(deviceSeven, from))).map(
      ({ envelope: { id }, settled: done }) => [id, done !== undefined],
    );

  it('everything from there on is sent; what its author has dealt with takes no effect', async () => {
    await append(journal, envelope(1), envelope(2), envelope(3), envelope(4, zhouMin.id));
    const reason = { code: 'access' as const };
    await journal.judge(
      [
        { id: operationId(1), verdict: 'confirmed', seq: 4 },
        { id: operationId(2), verdict: 'refused', reason },
        { id: operationId(3), verdict: 'held', reason },
        { id: operationId(4), verdict: 'refused', reason },
      ],
      at,
    );
    await journal.resolve({ operation: operationId(2), by: signerOf(zhouMin.id), into: [], at });
    expect(waiting()).toEqual([]);
    expect(await settled(2)).toEqual([
      [operationId(2), true],
      [operationId(3), false],
      [operationId(4), false],
    ]);
    // Nobody has dealt with this refusal yet, so the district decides anew.
    expect(waiting()).toEqual([operationId(4)]);
    await restart();
    expect([waiting(), await settled(1)]).toEqual([
      [operationId(4)],
      [1, 2, 3, 4].map((number) => [operationId(number), number === 2]),
    ]);
  });
});

describe('a chain that was cut because a place is lost for good', () => {
  const lost = async () => {
    await append(journal, envelope(1));
    await append(journal, envelope(2));
    await journal.judge([{ id: operationId(1), verdict: 'confirmed', seq: 1 }], at);
    await journal.compact({ durable: 9, after: 0, upTo: 99 });
    // Number 2 goes, and with it every trace but the mirror beside the journal.
    const [, keep] = [await journal.close(), await readFile(path)];
    const marker = Buffer.from('LJF\x02', 'latin1');
    const from = keep.indexOf(marker, 8);
    keep.fill(0, from, from + 12);
    await writeFile(path, keep);
    ({ journal } = await openJournal({ path }));
    await append(journal, envelope(3, chenGuodong.id));
    await append(journal, envelope(4));
  };

  it('gives new places to what has no verdict for ever, and keeps them through compaction and restart', async () => {
    await lost();
    const reason = { code: 'access' as const };
    await append(journal, envelope(5), envelope(7));
    await journal.judge(
      [
        { id: operationId(5), verdict: 'refused', reason },
        { id: operationId(7), verdict: 'held', reason },
      ],
      at,
    );
    for (const number of [5, 7])
      await journal.resolve({ operation: operationId(number), by: signerOf(zhouMin.id), into: [], at });
    expect(await journal.cutChain(deviceSeven, { number: 3 }, signerOf(zhouMin.id))).toBe(false);
    expect(await journal.cutChain(deviceSeven, { number: 2 }, signerOf(zhouMin.id))).toBe(true);
    expect(waiting()).toEqual([4, 7].map(operationId));
    expect(await journal.relink(signerOf(zhouMin.id))).toBe(0);
    await restart();
    expect(await journal.relink(signerOf(chenGuodong.id))).toBe(1);
    expect([waiting(), journal.pendingCount()]).toEqual([[4, 7, 3].map(operationId), 3]);
    await journal.judge(
      [3, 4].map((number) => ({ id: operationId(number), verdict: 'confirmed' as const, seq: number })),
      at,
    );
    await journal.judge([{ id: operationId(7), verdict: 'refused', reason: { code: 'resolved' } }], at);
    await journal.compact({ durable: 9, after: 0, upTo: 99 });
    await restart();
    await append(journal, envelope(6));
    const sent = await journal.entries(await journal.entriesFrom(deviceSeven, 1));
    expect(sent.map(({ envelope: { id }, link: { number } }) => [id, number])).toEqual([
      [operationId(7), 3],
      [operationId(6), 5],
    ]);
  });

  it('gives a new place, and their author’s word anew, also to what was dealt with and is offered again', async () => {
    await append(journal, envelope(1), envelope(2));
    await journal.judge([{ id: operationId(1), verdict: 'confirmed', seq: 1 }], at);
    const upTo = journal.lastNumber();
    const reason = { code: 'stageMoved' } as const;
    await journal.judge([{ id: operationId(2), verdict: 'refused', reason }], at);
    const into = [operationId(9)];
    await journal.resolve({ operation: operationId(2), by: signerOf(zhouMin.id), into, at });
    await journal.compact({ durable: 9, after: 0, upTo });
    await journal.offerAgain(0);
    const [former] = await journal.entries(await journal.entriesFrom(deviceSeven, 2));
    expect(await journal.cutChain(deviceSeven, { number: 1 }, signerOf(zhouMin.id))).toBe(true);
    await restart();
    const [moved] = await journal.entries(journal.pending(deviceSeven).flat());
    expect([moved?.envelope.id, moved?.link.number]).toEqual([operationId(2), 1]);
    expect(moved?.settled?.signature).not.toBe(former?.settled?.signature);
    const { entries } = await journal.read({ after: 0 });
    expect(entries.at(-1)).toMatchObject({ kind: 'resolved', operation: operationId(2), into });
  });

  it('goes on behind a link that it has let go of, where the district names its hash', async () => {
    await append(journal, envelope(1), envelope(2));
    const [first] = await journal.entries(await journal.entriesFrom(deviceSeven, 1));
    const previous = first?.link.hash ?? '';
    await journal.judge(
      [1, 2].map((number) => ({ id: operationId(number), verdict: 'confirmed' as const, seq: number })),
      at,
    );
    await journal.compact({ durable: 9, after: 0, upTo: 99 });
    await append(journal, envelope(3));
    // The district came back from a backup that holds the first and not the second.
    expect(await journal.cutChain(deviceSeven, { number: 2 }, signerOf(zhouMin.id))).toBe(false);
    expect(await journal.cutChain(deviceSeven, { number: 2, previous }, signerOf(zhouMin.id))).toBe(true);
    await restart();
    const [moved] = await journal.entries(await journal.entriesFrom(deviceSeven, 2));
    expect([moved?.envelope.id, moved?.link.number, moved?.link.previous]).toEqual([
      operationId(3),
      2,
      previous,
    ]);
  });
});
