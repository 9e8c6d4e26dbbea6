/** Sealed files on the disk and on the line: what a crash, a bad disk and a bad line leave of them. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { sealedSize } from '../../shared/core/attachment/sealed-size.ts';
import type { SignedAsk, SignedQuestion } from '../signed-ask.ts';
import { createDownloads } from './downloads.ts';
import { openFileStore, type FileStore } from './file-store.ts';
import { createPartSize } from './part-size.ts';
import { createUploads, type UploadState } from './uploads.ts';

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64url');

let folder: string;
let store: FileStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linli-files-'));
  store = await openFileStore(folder);
});

/** A district that keeps sealed files as the real one does, on a line that may be cut; `server/attachments` has the real one. */
function smallLine(named: () => readonly { readonly file: string; readonly size: number }[]) {
  const held = new Map<string, Buffer>();
  const asked: string[] = [];
  let budget = Infinity;
  const got = { bytes: 0 };
  const answer = (body: unknown, status = 200) => {
    const isBytes = body instanceof Uint8Array;
    const type = isBytes ? 'application/octet-stream' : 'application/json';
    return {
      ok: true as const,
      value: {
        status,
        headers: { 'content-type': type },
        body: isBytes ? Buffer.from(body) : Buffer.from(JSON.stringify(body)),
      },
    };
  };
  const ask: SignedAsk = async ({ method, path, body = Buffer.alloc(0) }: SignedQuestion) => {
    asked.push(`${method} ${path}`);
    if (method !== 'POST') budget -= 1;
    if (budget < 0) return { ok: false, error: 'network' };
    if (method === 'POST') {
      const { files } = JSON.parse(Buffer.from(body).toString()) as { files: string[] };
      const known = named().filter(({ file }) => files.includes(file));
      return answer({
        files: known.map(({ file, size }) => {
          const received = held.get(file)?.length ?? 0;
          return { file, size, received, complete: received === size };
        }),
      });
    }
    const [, , , file = '', at = '0', length = '0'] = path.split('/');
    const known = held.get(file) ?? Buffer.alloc(0);
    if (method === 'GET') {
      const range = known.subarray(Number(at), Number(at) + Number(length));
      return range.length > 0 ? answer(range) : answer({ error: 'not-found', retry: false }, 404);
    }
    got.bytes += body.length;
    if (Number(at) === known.length) held.set(file, Buffer.concat([known, body]));
    const received = held.get(file)?.length ?? 0;
    const { size = 0 } = named().find((one) => one.file === file) ?? {};
    return answer({ size, received, complete: received === size });
  };
  return {
    ask,
    held,
    asked,
    got,
    cutAfter: (parts: number) => (budget = parts),
    mend: () => (budget = Infinity),
  };
}

describe('on the disk', () => {
  it('FILE-8 what is kept is there after any end, under its address, once', async () => {
    const bytes = randomBytes(3_000_000);
    const file = await store.keep(bytes);
    expect([file, await store.keep(bytes)]).toEqual([hashOf(bytes), file]);
    // The power goes in the middle of another one.
    await writeFile(join(folder, 'waiting', 'next.new'), 'half a scan');
    const again = await openFileStore(folder);
    expect([again.waiting(), again.state(file), again.sizeOf(file)]).toEqual([
      [file],
      'waiting',
      bytes.length,
    ]);
    expect(await readdir(join(folder, 'waiting'))).toEqual([file]);
    expect((await again.read(file))?.equals(bytes)).toBe(true);
    expect((await again.part(file, 2_999_990, 100)).equals(bytes.subarray(2_999_990))).toBe(true);
    await again.delivered(file);
    expect([again.state(file), (await openFileStore(folder)).state(file)]).toEqual(['kept', 'kept']);
    await again.offerAgain([file, 'x']);
    expect((await openFileStore(folder)).waiting()).toEqual([file]);
  });

  it('FILE-9 a torn or changed file is noticed, set aside and absent', async () => {
    const file = await store.keep(randomBytes(100_000));
    await truncate(join(folder, 'waiting', file), 50_000);
    expect([await store.read(file), store.state(file)]).toEqual([undefined, 'absent']);
    expect(await readdir(join(folder, 'waiting'))).toEqual([`${file}.damaged`]);
    expect((await openFileStore(folder)).waiting()).toEqual([]);
  });

  it('FILE-10 only what no operation names goes, and only long after; of what the district has, the oldest', async () => {
    const [old, named, young] = [
      await store.keep(Buffer.from('old')),
      await store.keep(Buffer.from('named')),
      await store.keep(Buffer.from('young')),
    ];
    for (const file of [old, named]) await utimes(join(folder, 'waiting', file), 0, 0);
    const isNamed = (file: string): boolean => file === named;
    const before = Date.now() - 1000;
    expect(await store.sweep({ isNamed, before, room: 0 })).toBe(1);
    expect([old, named, young].map(store.state)).toEqual(['absent', 'waiting', 'waiting']);
    for (const file of [named, young]) await store.delivered(file);
    expect(await store.sweep({ isNamed, before, room: 0 })).toBe(1);
    expect([named, young].map(store.state)).toEqual(['kept', 'absent']);
  });

  it('a 20 MB scan is written in pieces: nothing waits for the whole of it', async () => {
    const bytes = randomBytes(sealedSize(20 * 1024 * 1024));
    let turns = 0;
    const ticking = setInterval(() => (turns += 1), 1);
    const before = process.memoryUsage().arrayBuffers;
    const file = await store.keep(bytes);
    for (let at = 0; at < bytes.length; at += 512 * 1024) await store.part(file, at, 512 * 1024);
    clearInterval(ticking);
    expect(turns).toBeGreaterThan(5);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(60 * 1024 * 1024);
  });
});

describe('up', () => {
  const start = (
    line: ReturnType<typeof smallLine>,
    more: { isBusy?: () => boolean; wait?: () => Promise<void> } = {},
  ) => {
    const states: UploadState[] = [];
    const done = vi.fn<() => void>();
    const uploads = createUploads({
      store,
      ask: line.ask,
      isWanted: () => true,
      isBusy: more.isBusy ?? (() => false),
      onState: (state) => states.push(state),
      onDone: done,
      ...(more.wait && { wait: more.wait }),
    });
    return { uploads, states, done };
  };

  it('FILE-1 FILE-11 cut ten times it goes on where it stopped, and sends nothing twice', async () => {
    const bytes = randomBytes(2_000_000);
    const file = await store.keep(bytes);
    const line = smallLine(() => [{ file, size: bytes.length }]);
    for (let cut = 0; cut < 10; cut++) {
      line.cutAfter(1);
      const { uploads, done } = start(line);
      uploads.wake();
      await vi.waitFor(() =>
        expect(line.asked.filter((one) => one.startsWith('PUT')).length).toBeGreaterThan(cut * 2),
      );
      await new Promise((resolve) => setTimeout(resolve, 10));
      uploads.stop();
      expect(done).not.toHaveBeenCalled();
    }
    line.mend();
    const { uploads, states, done } = start(line);
    uploads.wake();
    await vi.waitFor(() => expect(done).toHaveBeenCalled());
    expect(line.held.get(file)?.equals(bytes)).toBe(true);
    expect(line.got.bytes).toBe(bytes.length);
    expect([store.state(file), uploads.state()]).toEqual(['kept', { waiting: 0, bytes: 0, done: 0 }]);
    expect(states[0]).toMatchObject({ waiting: 1 });
    expect(states.map(({ bytes: left }) => left)).toEqual(
      [...states].map((one) => one.bytes).sort((a, b) => b - a),
    );
  });

  it('FILE-12 not one part goes while records wait for the line', async () => {
    const bytes = randomBytes(1_000_000);
    const file = await store.keep(bytes);
    const line = smallLine(() => [{ file, size: bytes.length }]);
    let busy = false;
    let looks = 0;
    const ask: SignedAsk = (question) => {
      expect(busy).toBe(false);
      // A record is saved while this part is on its way.
      if (question.method === 'PUT') busy = true;
      return line.ask(question);
    };
    const wait = async (): Promise<void> => {
      if (++looks % 3 === 0) busy = false;
      await new Promise((resolve) => setImmediate(resolve));
    };
    const { uploads, done } = start({ ...line, ask }, { isBusy: () => busy, wait });
    uploads.wake();
    await vi.waitFor(() => expect(done).toHaveBeenCalled());
    expect(line.held.get(file)?.equals(bytes)).toBe(true);
    expect(looks).toBeGreaterThan(5);
  });

  it('FILE-3 what the district does not know of yet waits, and what it has already is not sent', async () => {
    const [known, unknown] = [randomBytes(1000), randomBytes(1000)];
    const files = [await store.keep(known), await store.keep(unknown)];
    const line = smallLine(() => [{ file: files[0] ?? '', size: 1000 }]);
    line.held.set(files[0] ?? '', known);
    const { uploads, done } = start(line);
    uploads.wake();
    await vi.waitFor(() => expect(store.state(files[0] ?? '')).toBe('kept'));
    uploads.stop();
    expect([line.got.bytes, store.state(files[1] ?? ''), done.mock.calls.length]).toEqual([0, 'waiting', 0]);
  });
});

describe('down', () => {
  it('FILE-1 FILE-2 goes on where it stopped, also after a restart; what is not its address never counts', async () => {
    const bytes = randomBytes(1_500_000);
    const file = hashOf(bytes);
    const line = smallLine(() => []);
    line.held.set(file, bytes);
    line.cutAfter(3);
    const given = { ask: line.ask, isBusy: () => false };
    expect(await createDownloads({ ...given, store }).fetch(file, bytes.length)).toBe('unreachable');
    const arrived = await store.arrived(file);
    expect(arrived).toBeGreaterThan(100_000);
    line.mend();
    store = await openFileStore(folder);
    const before = line.asked.length;
    const { fetch } = createDownloads({ ...given, store });
    expect(await Promise.all([fetch(file, bytes.length), fetch(file, bytes.length)])).toEqual([
      'here',
      'here',
    ]);
    expect(line.asked[before]).toContain(`/${file}/${arrived}/`);
    expect((await store.read(file))?.equals(bytes)).toBe(true);
    expect(await readFile(join(folder, 'kept', file)).then((kept) => kept.equals(bytes))).toBe(true);

    const other = hashOf(Buffer.from('another'));
    line.held.set(other, Buffer.from('changed on the way'));
    expect(await fetch(other, 18)).toBe('unreachable');
    expect([await store.arrived(other), store.state(other)]).toEqual([0, 'absent']);
    expect(await fetch('A'.repeat(43), 10)).toBe('absent');
  });
});

it('FILE-11 parts are as long as the line carries in about a second', () => {
  const size = createPartSize();
  const sizes = [100, 100, 100, 100, 2000, 800, 9000].map((took) => {
    size.took(took);
    return size.next() / 1024;
  });
  size.failed();
  expect([...sizes, size.next() / 1024]).toEqual([128, 256, 512, 512, 256, 256, 128, 64]);
  for (let count = 0; count < 20; count++) size.failed();
  expect(size.next()).toBe(4096);
});
