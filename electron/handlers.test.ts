import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAnswerer, type BridgeAnswer } from './bridge.ts';
import { createHandlers } from './handlers.ts';
import { openJournal, type Journal } from './native/journal.ts';
import { openSettings } from './native/settings.ts';
import { chenGuodong, envelope, operationId, zhouMin } from './testing/envelopes.ts';
import { failingDisk } from './testing/failing-disk.ts';

const frame = { url: 'app://desk/' };
const page = { mainFrame: frame };
let journal: Journal;
let disk: ReturnType<typeof failingDisk>;
let inside: { person: typeof zhouMin; token: string } | undefined;
let done: string[];
let ask: (name: string, input?: unknown) => Promise<BridgeAnswer>;

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'linli-handlers-'));
  disk = failingDisk();
  ({ journal } = await openJournal({ path: join(folder, 'journal.bin'), disk: disk.disk }));
  const settings = await openSettings(join(folder, 'settings.json'));
  inside = { person: zhouMin, token: 'token' };
  done = [];
  const handlers = createHandlers({
    door: {
      state: () => {
        throw new Error('not asked here');
      },
      enrol: () => Promise.reject(new Error('not asked here')),
      unlock: () => Promise.reject(new Error('not asked here')),
      lock: () => undefined,
      session: () => undefined,
      inside: () => inside,
    },
    locking: {
      asked: () => done.push('lock'),
      soon: () => Promise.resolve(),
      beforeClose: () => Promise.resolve(),
    },
    journal,
    carrier: {
      state: () => ({ online: true, since: '2026-03-02T01:00:00.000Z', pending: journal.pendingCount() }),
      push: () => done.push('push'),
      appended: () => done.push(`appended ${journal.pendingCount()}`),
      contactChanged: () => undefined,
      stop: () => undefined,
    },
    settings,
    deviceId: () => envelope(1).device,
    onSettings: () => done.push('settings'),
    setStoreAside: async () => void done.push('aside'),
    printPdf: ({ html }) => Promise.resolve(Uint8Array.from(Buffer.from(html))),
    printPaper: () => Promise.resolve(true),
    saveFile: ({ name }) => Promise.resolve(name),
    onReady: (screen) => done.push(screen),
  });
  const answer = createAnswerer({ handlers, isOurs: (sender) => sender === page, onFault: () => undefined });
  ask = (name, input) => answer({ sender: page, senderFrame: frame }, name, input);
});
afterEach(() => journal.close());

it('an append is in the journal before the carrier or the window hears of it', async () => {
  expect(await ask('journal.append', { envelopes: [envelope(1), envelope(2)] })).toEqual({
    ok: true,
    value: { numbers: [1, 2] },
  });
  expect(done).toEqual(['appended 2']);
  expect(await ask('carrier.state')).toEqual({
    ok: true,
    value: { online: true, since: '2026-03-02T01:00:00.000Z', pending: 2 },
  });
});

it('a full disk is said in one word, and nothing was appended', async () => {
  disk.fail('datasync', 'ENOSPC');
  expect(await ask('journal.append', { envelopes: [envelope(1)] })).toEqual({
    ok: false,
    error: 'disk-full',
  });
  expect([done, journal.pendingCount()]).toEqual([[], 0]);
});

describe('nobody writes or reads under another name', () => {
  it('an envelope of a colleague or of another computer is refused', async () => {
    const forbidden = { ok: false, error: 'forbidden' };
    expect(await ask('journal.append', { envelopes: [envelope(1), envelope(2, chenGuodong.id)] })).toEqual(
      forbidden,
    );
    expect(await ask('journal.append', { envelopes: [{ ...envelope(1), device: 'device_other' }] })).toEqual(
      forbidden,
    );
    await journal.append([envelope(3, chenGuodong.id)]);
    expect(await ask('journal.resolve', { operation: operationId(3), into: [] })).toEqual(forbidden);
    expect(await ask('journal.read', { after: 0 })).toEqual({
      ok: true,
      value: { entries: [], more: false, last: 0 },
    });
  });

  it('nothing but the door and the settings answers while locked', async () => {
    inside = undefined;
    const locked = { ok: false, error: 'locked' };
    const sheet = { html: '<p>', title: '协议书' };
    expect([
      await ask('journal.append', { envelopes: [envelope(1)] }),
      await ask('journal.read', { after: 0 }),
      await ask('journal.resolve', { operation: operationId(1), into: [] }),
      await ask('journal.temporaryNumber'),
      await ask('print.pdf', sheet),
      await ask('print.paper', sheet),
      await ask('files.save', { name: 'a.pdf', bytes: new Uint8Array(1) }),
    ]).toEqual(Array.from({ length: 7 }, () => locked));
    expect(await ask('settings.change', { textSize: 150 })).toEqual({
      ok: true,
      value: { language: 'zh', textSize: 150, theme: 'light', lockAfter: 5 },
    });
    expect(await ask('settings.change', { lockAfter: 600 })).toEqual({ ok: false, error: 'malformed' });
  });
});

it('files, papers and pages reach their part; a file of more than 100 MiB does not', async () => {
  expect(await ask('files.save', { name: '协议书.pdf', bytes: new Uint8Array(3) })).toEqual({
    ok: true,
    value: { saved: '协议书.pdf' },
  });
  expect(await ask('files.save', { name: 'a', bytes: new Uint8Array(100 * 1024 * 1024 + 1) })).toEqual({
    ok: false,
    error: 'too-large',
  });
  expect(await ask('print.pdf', { html: '<p>', title: '' })).toEqual({
    ok: true,
    value: { pdf: Uint8Array.from(Buffer.from('<p>')) },
  });
  expect(await ask('print.paper', { html: '<p>', title: '' })).toEqual({
    ok: true,
    value: { printed: true },
  });
  await ask('window.ready', { screen: 'lock' });
  await ask('carrier.push');
  await ask('door.lock');
  expect(done).toEqual(['lock', 'push', 'lock']);
});
