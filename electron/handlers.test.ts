import { createHash } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAnswerer, type BridgeAnswer } from './bridge.ts';
import { openAttachments } from './attachments/attachments.ts';
import { createHandlers } from './handlers.ts';
import { openJournal } from './native/journal.ts';
import type { Journal } from './native/journal-port.ts';
import { openSettings } from './native/settings.ts';
import type { Unlocked } from './native/key-types.ts';
import type { RoomState } from '../shared/bridge.ts';
import { linkText, type Link } from '../shared/protocol/link.ts';
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
} from './testing/envelopes.ts';
import { failingDisk } from './testing/failing-disk.ts';

const frame = { url: 'app://desk/' };
const page = { mainFrame: frame };
let journal: Journal;
let disk: ReturnType<typeof failingDisk>;
let inside: Unlocked | undefined;
let done: string[];
let left: RoomState['room'];
let ask: (name: string, input?: unknown) => Promise<BridgeAnswer>;

const key = { id: `k_${'a'.repeat(16)}`, key: new Uint8Array(32) };
const enrolled = {
  district: { id: 'district_1', name: '徐汇区', address: '', publicKey: '', signingKey: '' },
  device: { id: deviceSeven, label: 'D7' },
  people: [],
};
const notAsked = (): never => {
  throw new Error('not asked here');
};
const unlocked = (person: string): Unlocked => ({
  ...signerOf(person),
  ownKey: new Uint8Array(32),
  openBox: notAsked,
  userKeyBox: notAsked,
  userKeyEscrowed: notAsked,
  heardEpoch: notAsked,
  ring: {
    keys: notAsked,
    admit: notAsked,
    leave: notAsked,
    unescrowed: notAsked,
    left: notAsked,
    toldLeft: notAsked,
  },
  wipe: notAsked,
});
const fresh = (...envelopes: readonly object[]) => ({ entries: envelopes.map((one) => ({ envelope: one })) });
/** Numbers of lines and links. */
const appended = (answer: BridgeAnswer) =>
  answer.ok
    ? (answer.value as { entries: { number: number; link: Link }[] }).entries.map(({ number, link }) => [
        number,
        link.number,
      ])
    : answer.error;

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'linli-handlers-'));
  disk = failingDisk();
  ({ journal } = await openJournal({ path: join(folder, 'journal.bin'), disk: disk.disk }));
  const settings = await openSettings(join(folder, 'settings.json'));
  inside = unlocked(zhouMin.id);
  done = [];
  left = 'enough';
  const handlers = createHandlers({
    door: {
      state: notAsked,
      enrol: notAsked,
      unlock: notAsked,
      useSheet: notAsked,
      takeAnswer: notAsked,
      makeSheet: notAsked,
      requestFile: async () => ({ saved: '登记申请.json' }),
      readAnswer: async () => ({ ok: true, value: undefined }),
      changePassphrase: async ({ old }) =>
        old === '134679' ? { ok: true, value: { changed: true } } : { ok: false, error: { code: 'wait' } },
      lock: () => undefined,
      session: () => undefined,
      inside: () => inside,
    },
    keys: { enrolled: () => enrolled, signingKeyOf },
    scopes: {
      open: async (scopes) => scopes.map((scope) => ({ scope, ...key })),
      begin: async (scope) => ({ scope, ...key }),
      leave: async (scopes) => {
        done.push(`left ${scopes.join()}`);
        return [key.id];
      },
      afterContact: () => Promise.resolve(),
      forFile: notAsked,
    },
    locking: {
      asked: () => done.push('lock'),
      soon: () => Promise.resolve(),
      beforeClose: () => Promise.resolve(),
    },
    journal,
    attachments: await openAttachments({
      folder,
      journal,
      ask: () => Promise.resolve({ ok: false, error: 'network' }),
      carrier: () => ({ online: false }),
      onState: () => undefined,
    }),
    carrier: {
      state: () => ({ online: true, since: '2026-03-02T01:00:00.000Z', pending: journal.pendingCount() }),
      push: () => done.push('push'),
      hear: notAsked,
      appended: () => done.push(`appended ${journal.pendingCount()}`),
      contactChanged: () => undefined,
      stop: () => undefined,
    },
    packages: {
      state: notAsked,
      save: notAsked,
      read: notAsked,
      taken: notAsked,
      spoken: notAsked,
      waiting: notAsked,
    },
    room: {
      state: () => ({ room: left, free: 0 }),
      look: () => Promise.resolve({ room: left, free: 0 }),
    },
    settings,
    onSettings: () => done.push('settings'),
    store: {
      look: () => Promise.resolve({ writings: 7 }),
      counted: async (writings) => void done.push(`counted ${writings}`),
      setAside: async () => void done.push('aside'),
    },
    printPdf: ({ html }) => Promise.resolve(Uint8Array.from(Buffer.from(html))),
    printPaper: () => Promise.resolve(true),
    saveFile: ({ name }) => Promise.resolve(name),
    onReady: (screen) => done.push(screen),
  });
  const answer = createAnswerer({ handlers, isOurs: (sender) => sender === page, onFault: () => undefined });
  ask = (name, input) => answer({ sender: page, senderFrame: frame }, name, input);
});
afterEach(() => journal.close());

it('[S1-1] an append is in the journal before the carrier or the window hears of it', async () => {
  expect(appended(await ask('journal.append', fresh(envelope(1), envelope(2))))).toEqual([
    [1, 1],
    [2, 2],
  ]);
  expect(done).toEqual(['appended 2']);
  expect(await ask('carrier.state')).toEqual({
    ok: true,
    value: { online: true, since: '2026-03-02T01:00:00.000Z', pending: 2 },
  });
});

it('a full disk is said in one word, and nothing was appended', async () => {
  disk.fail('datasync', 'ENOSPC');
  expect(await ask('journal.append', fresh(envelope(1)))).toEqual({
    ok: false,
    error: 'disk-full',
  });
  expect([done, journal.pendingCount()]).toEqual([[], 0]);
});

it('[S1-6] where the disk is nearly full nothing new is registered, what is given back is, and verdicts go on', async () => {
  const full = { ok: false, error: 'no-room' };
  await append(journal, envelope(9, chenGuodong.id));
  const [written] = (await journal.read({ after: 0 })).entries;
  const link = written?.kind === 'operation' ? written.link : undefined;
  left = 'none';
  expect([await ask('disk.room'), await ask('journal.temporaryNumber')]).toEqual([
    { ok: true, value: { room: 'none', free: 0 } },
    full,
  ]);
  expect(await ask('journal.append', fresh(envelope(1)))).toEqual(full);
  const given = { entries: [{ envelope: envelope(9, chenGuodong.id), link }] };
  expect(appended(await ask('journal.append', given))).toEqual([[1, 1]]);
  await journal.judge([{ id: operationId(9), verdict: 'confirmed', seq: 1 }], '2026-03-02T01:00:00.000Z');
  expect(journal.pendingCount()).toBe(0);
  left = 'low';
  // Nothing was used up by what was refused.
  expect([
    await ask('journal.temporaryNumber'),
    appended(await ask('journal.append', fresh(envelope(1)))),
  ]).toEqual([{ ok: true, value: { ordinal: 1 } }, [[3, 2]]]);
});

describe('[S13] nobody writes under another name', () => {
  const forbidden = { ok: false, error: 'forbidden' };

  it('a new entry of a colleague or of another computer is refused', async () => {
    expect(await ask('journal.append', fresh(envelope(1), envelope(2, chenGuodong.id)))).toEqual(forbidden);
    expect(await ask('journal.append', fresh({ ...envelope(1), device: 'device_other' }))).toEqual(forbidden);
    await append(journal, envelope(3, chenGuodong.id));
    expect(await ask('journal.resolve', { operation: operationId(3), into: [] })).toEqual(forbidden);
    expect(journal.pendingCount()).toBe(1);
  });

  it('everybody’s entries are read: what opens is the page’s keys to decide', async () => {
    await append(journal, envelope(1, chenGuodong.id));
    expect(await ask('journal.read', { after: 0 })).toMatchObject({
      ok: true,
      value: {
        entries: [{ envelope: { author: chenGuodong.id }, link: { number: 1 } }],
        more: false,
        last: 1,
      },
    });
  });

  it('an entry that is given back keeps its link, whoever signed it here; a forged one is refused', async () => {
    await append(journal, envelope(9, chenGuodong.id));
    const { entries } = await journal.read({ after: 0 });
    const [written] = entries;
    if (written?.kind !== 'operation') throw new Error('no operation');
    const { link } = written;
    const [colleague, stranger] = [signerOf(chenGuodong.id), newSigner(chenGuodong)];
    const back = (changed: Partial<Link>, envelopeChanged = {}) => ({
      entries: [{ envelope: { ...written.envelope, ...envelopeChanged }, link: { ...link, ...changed } }],
    });
    const signed = (by: typeof colleague, hash: string) => ({
      key: by.signing.id,
      signature: by.signing.sign(`linli/link-signature/1|${hash}`),
    });
    const taken = linkText({ ...written.envelope, author: zhouMin.id }, link);
    const zhous = createHash('sha256').update(taken).digest('base64url');
    for (const forged of [
      back({}, { author: zhouMin.id }),
      back({}, { commitment: envelope(8).commitment }),
      back({ number: 2 }),
      back({ hash: 'x'.repeat(43), ...signed(colleague, 'x'.repeat(43)) }),
      back(signed(stranger, link.hash)),
      back({ signature: signed(stranger, link.hash).signature }),
      back({ hash: zhous, ...signed(colleague, zhous) }, { author: zhouMin.id }),
    ])
      expect(await ask('journal.append', forged)).toEqual(forbidden);
    expect(appended(await ask('journal.append', back({})))).toEqual([[1, 1]]);
  });

  it('nothing but the door and the settings answers while locked', async () => {
    inside = undefined;
    const locked = { ok: false, error: 'locked' };
    const sheet = { html: '<p>', title: '协议书' };
    expect([
      await ask('journal.append', fresh(envelope(1))),
      await ask('journal.read', { after: 0 }),
      await ask('journal.resolve', { operation: operationId(1), into: [] }),
      await ask('journal.temporaryNumber'),
      await ask('scopes.open', { scopes: [] }),
      await ask('scopes.begin', { scope: 'person/x' }),
      await ask('scopes.leave', { scopes: [] }),
      await ask('print.pdf', sheet),
      await ask('print.paper', sheet),
      await ask('files.save', { name: 'a.pdf', bytes: new Uint8Array(1) }),
    ]).toEqual(Array.from({ length: 10 }, () => locked));
    expect(await ask('settings.change', { textSize: 150 })).toEqual({
      ok: true,
      value: { language: 'zh', textSize: 150, theme: 'light', lockAfter: 5 },
    });
    expect(await ask('settings.change', { lockAfter: 600 })).toEqual({ ok: false, error: 'malformed' });
  });
});

it('[S13] nobody comes in through the page of somebody else: who is in is locked out first, page and all', async () => {
  const given = { person: chenGuodong.id, passphrase: '134679' };
  expect([
    await ask('door.unlock', given),
    await ask('door.useSheet', { ...given, words: '' }),
    await ask('door.takeAnswer', { passphrase: '134679' }),
    await ask('door.enrol', { address: '127.0.0.1', code: 'ABCDE12345', passphrase: '134679' }),
  ]).toEqual([1, 2, 3, 4].map(() => ({ ok: false, error: 'unlocked' })));
});

it('what the window writes into the log is a word, and no text', async () => {
  expect(await ask('window.ready', { screen: '周敏 310104199001011234' })).toEqual({
    ok: false,
    error: 'malformed',
  });
});

it('scopes and the door’s further ways reach their part', async () => {
  const scope = '310104013007/casework';
  expect(await ask('scopes.open', { scopes: [scope] })).toEqual({
    ok: true,
    value: { keys: [{ scope, ...key }] },
  });
  expect(await ask('scopes.begin', { scope })).toEqual({ ok: true, value: { key: { scope, ...key } } });
  expect(await ask('scopes.leave', { scopes: [scope] })).toEqual({ ok: true, value: { gone: [key.id] } });
  expect(done).toEqual([`left ${scope}`]);
  expect(await ask('door.requestFile')).toEqual({ ok: true, value: { saved: '登记申请.json' } });
  expect(await ask('door.readAnswer')).toEqual({ ok: true, value: { ok: true, value: undefined } });
  expect(await ask('door.changePassphrase', { old: '134679', passphrase: '258000' })).toEqual({
    ok: true,
    value: { ok: true, value: { changed: true } },
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

it('FILE-8 S1 no operation names a file that is not on the disk', async () => {
  const naming = { ...envelope(1), files: ['F'.repeat(43)] };
  expect(await ask('journal.append', fresh(naming))).toEqual({ ok: false, error: 'file-missing' });
  const kept = await ask('attachments.keep', { bytes: new Uint8Array([1, 2, 3]) });
  const { file } = (kept as { value: { file: string } }).value;
  expect(await ask('attachments.states', { files: [file, 'F'.repeat(43)] })).toEqual({
    ok: true,
    value: { states: ['waiting', 'absent'] },
  });
  expect((await ask('journal.append', fresh({ ...naming, files: [file] }))).ok).toBe(true);
  expect(journal.naming(file)).toBe('living');
  expect(await ask('attachments.read', { file })).toEqual({
    ok: true,
    value: { bytes: new Uint8Array([1, 2, 3]) },
  });
  left = 'none';
  expect(await ask('attachments.keep', { bytes: new Uint8Array([4]) })).toEqual({
    ok: false,
    error: 'no-room',
  });
  inside = undefined;
  expect(await ask('attachments.read', { file })).toEqual({ ok: false, error: 'locked' });
});
