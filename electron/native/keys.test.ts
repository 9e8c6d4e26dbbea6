import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { enrollingDistrict, isSigned, type EnrollingDistrict } from '../testing/enrolling-district.ts';
import { chenGuodong, zhouMin } from '../testing/envelopes.ts';
import { comeIn, keyStoreOf, quickComputer, quickDerive, type QuickComputer } from '../testing/quick-keys.ts';
import { readKeyFile, writeKeyFile, type KeyFileBody, type Lock } from './key-file.ts';
import type { Keys, Unlocked } from './key-types.ts';
import { lockUserKey, userKeyOf } from './user-key.ts';

const passphrase = '弄堂口的梧桐树下有三张椅子';
const another = '后来另外想了一句比较好记的';
const ofChen = '陈国栋自己记得住的一句话啊';
let computer: QuickComputer;
let district: EnrollingDistrict;
let keys: Keys;
beforeEach(async () => {
  computer = await quickComputer();
  district = await enrollingDistrict();
  keys = await computer.open();
});

const entered = async (from: Keys, phrase: string, person = zhouMin): Promise<Unlocked> => {
  const result = await from.unlock({ person: person.id, passphrase: phrase });
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};
const key = (unlocked: Unlocked): string => Buffer.from(unlocked.ownKey).toString('hex');
const ringKey = {
  scope: '310104007001/casework',
  id: 'k_0000000000000000',
  key: new Uint8Array(32).fill(7),
  leaseDays: 30,
  escrowed: true,
};
/** What the district learns at the first contact. */
async function escrow(unlocked: Unlocked): Promise<void> {
  const userKey = unlocked.userKeyBox();
  if (userKey === undefined) throw new Error('Nothing to escrow');
  const device = keys.enrolled()?.device.id ?? '';
  await district.keys(device, unlocked.person.id, { offers: [], userKey });
  await unlocked.userKeyEscrowed();
}

describe('after a restart', () => {
  it('the right passphrase opens the same keys, and no other one does', async () => {
    const first = await comeIn(keys, district, zhouMin, passphrase);
    await first.ring.admit([ringKey]);
    keys = await computer.open();
    expect(keys.enrolled()).toMatchObject({
      district: { id: district.id, publicKey: district.publicKey, signingKey: district.signingKey },
      people: [{ ...zhouMin, hasSheet: false }],
    });
    expect(await keys.unlock({ person: zhouMin.id, passphrase: another })).toEqual({
      ok: false,
      error: { code: 'wrong-passphrase' },
    });
    computer.clocks.wall += 1000;
    const again = await entered(keys, passphrase);
    expect([key(again), again.signing.id]).toEqual([key(first), first.signing.id]);
    const { leaseDays: _, escrowed: __, ...opened } = ringKey;
    expect(again.ring.keys()).toEqual({ open: [opened], over: [] });
    expect(await keys.unlock({ person: chenGuodong.id, passphrase })).toEqual({
      ok: false,
      error: { code: 'unknown-person' },
    });
  });

  it('device and person sign so that the public keys of the enrolment say yes', async () => {
    const { request } = await keys.candidate('ABCDE12345', '0.1.0');
    await comeIn(keys, district, zhouMin, passphrase);
    keys = await computer.open();
    const zhou = await entered(keys, passphrase);
    expect(await isSigned(request.device.key, 'a request', keys.device.sign('a request'))).toBe(true);
    expect(await isSigned(request.person.signingKey, 'a link', zhou.signing.sign('a link'))).toBe(true);
    expect(await isSigned(request.person.signingKey, 'a link', zhou.signing.sign('another'))).toBe(false);
    expect(keys.device.publicKey()).toBe(request.device.key);
    expect(keys.signingKeyOf(zhou.signing.id, zhouMin.id)).toBe(request.person.signingKey);
    expect(keys.signingKeyOf(zhou.signing.id, chenGuodong.id)).toBeUndefined();
  });

  it('the newest refresh token is there', async () => {
    await comeIn(keys, district, zhouMin, passphrase);
    expect(keys.device.refresh()).toBe('refresh-1');
    const former = keys.device.refresh() ?? '';
    await keys.device.keepRefresh('refresh-later', former);
    // An answer that was on its way while somebody was enrolled comes too late.
    await keys.device.keepRefresh('refresh-too-late', former);
    expect((await computer.open()).device.refresh()).toBe('refresh-later');
  });
});

it('S13: colleagues on one computer open nothing of each other', async () => {
  const zhou = await comeIn(keys, district, zhouMin, passphrase);
  await zhou.ring.admit([ringKey]);
  const chen = await comeIn(keys, district, chenGuodong, ofChen);
  expect(key(chen)).not.toBe(key(zhou));
  expect(chen.ring.keys().open).toEqual([]);
  expect(keys.enrolled()?.people.map(({ name }) => name)).toEqual(['周敏', '陈国栋']);
  expect(await keys.unlock({ person: chenGuodong.id, passphrase })).toMatchObject({ ok: false });
  expect((await entered(keys, passphrase)).ring.keys().open).toHaveLength(1);

  // Chen, who can open his own lock, puts Zhou's ring into it, and his whole lock in Zhou's name.
  const body = (await readKeyFile(computer)) as KeyFileBody;
  const [of1, of2] = body.locks as [Lock, Lock];
  const opened: unknown[] = [];
  for (const [changed, phrase] of [
    [{ ...of2, ring: of1.ring }, ofChen],
    [{ ...of2, signing: of1.signing }, ofChen],
    [{ ...of1, person: chenGuodong.id }, passphrase],
  ] as const) {
    await writeKeyFile(computer, { ...body, locks: [of1, changed] });
    computer.clocks.wall += 60_000;
    const result = await (await computer.open()).unlock({ person: chenGuodong.id, passphrase: phrase });
    opened.push(result.ok ? result.value.ring.keys().open : result.error.code);
  }
  expect(opened).toEqual([[], 'damaged-keys', 'wrong-passphrase']);
});

it('writes no name, token, key, address or scope in the clear, in three places', async () => {
  keys = await computer.open(keyStoreOf('zhou'));
  const zhou = await comeIn(keys, district, zhouMin, passphrase);
  await zhou.ring.admit([ringKey]);
  await keys.makeSheet({ person: zhouMin.id, passphrase });
  await zhou.ring.leave([ringKey.scope]);
  await zhou.ring.admit([ringKey]);
  const names = await readdir(computer.folder);
  expect(names).toEqual(expect.arrayContaining(['keys.json', 'keys.copy.json', 'device-secret.json']));
  const paths = [computer.mirror, ...names.map((name) => `${computer.folder}/${name}`)];
  const all = (await Promise.all(paths.map((path) => readFile(path, 'utf8')))).join('\n');
  expect(all.split('"v\\":2')).toHaveLength(4);
  for (const secret of [
    '周敏',
    '徐汇',
    'refresh-1',
    '127.0.0.1',
    '310104007001',
    'casework',
    Buffer.from(zhou.ownKey).toString('base64'),
    Buffer.from(ringKey.key).toString('base64'),
  ])
    expect(all).not.toContain(secret);
});

it('forgets every key when it locks: nothing signs, opens, escrows or is written afterwards', async () => {
  const zhou = await comeIn(keys, district, zhouMin, passphrase);
  await zhou.ring.admit([{ ...ringKey, escrowed: false }]);
  const [held] = zhou.ring.unescrowed();
  zhou.wipe();
  for (const bytes of [zhou.ownKey, held?.key]) expect(bytes?.every((byte) => byte === 0)).toBe(true);
  expect(zhou.ring.keys()).toEqual({ open: [], over: [] });
  expect(() => zhou.signing.sign('x')).toThrow('locked');
  expect(zhou.userKeyBox()).toBeUndefined();
  await expect(zhou.ring.admit([{ ...ringKey, id: 'k_1111111111111111' }])).rejects.toThrow('locked');
  expect((await entered(keys, passphrase)).ring.keys().open).toHaveLength(1);
});

describe('wrong passphrases', () => {
  it('wait twice as long each time, also after a restart, and end after ten; a code brings back', async () => {
    const first = await comeIn(keys, district, zhouMin, passphrase);
    await escrow(first);
    const waits: number[] = [];
    for (let wrong = 1; wrong <= 9; wrong++) {
      const tried = await (await computer.open()).unlock({ person: zhouMin.id, passphrase: '猜的' });
      expect(tried).toEqual({ ok: false, error: { code: 'wrong-passphrase' } });
      const soon = await (await computer.open()).unlock({ person: zhouMin.id, passphrase });
      if (soon.ok || soon.error.code !== 'wait') throw new Error('The next try was not slowed down');
      waits.push(soon.error.seconds ?? 0);
      computer.clocks.wall += (soon.error.seconds ?? 0) * 1000;
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256]);
    keys = await computer.open();
    const over = { ok: false, error: { code: 'too-many-tries' } };
    expect(await keys.unlock({ person: zhouMin.id, passphrase: '猜的' })).toEqual(over);
    computer.clocks.wall += 86_400_000;
    expect(await keys.unlock({ person: zhouMin.id, passphrase })).toEqual(over);
    const back = await comeIn(keys, district, zhouMin, another, 'BACK456789');
    expect(key(back)).toBe(key(first));
    expect(await keys.unlock({ person: zhouMin.id, passphrase: another })).toMatchObject({ ok: true });
  });

  it('stand in the way of nobody else', async () => {
    await comeIn(keys, district, zhouMin, passphrase);
    await comeIn(keys, district, chenGuodong, ofChen);
    await keys.unlock({ person: zhouMin.id, passphrase: '猜的' });
    expect(await keys.unlock({ person: chenGuodong.id, passphrase: ofChen })).toMatchObject({ ok: true });
  });

  it('count just as much where an old passphrase is asked for', async () => {
    await comeIn(keys, district, zhouMin, passphrase);
    const wrong = { person: zhouMin.id, old: '猜的', passphrase: another };
    expect(await keys.changePassphrase(wrong)).toEqual({ ok: false, error: { code: 'wrong-passphrase' } });
    expect(await keys.makeSheet({ person: zhouMin.id, passphrase })).toEqual({
      ok: false,
      error: { code: 'wait', seconds: 1 },
    });
  });

  it('never wait longer because the clock was put back', async () => {
    await comeIn(keys, district, zhouMin, passphrase);
    await keys.unlock({ person: zhouMin.id, passphrase: '猜的' });
    computer.clocks.wall -= 365 * 86_400_000;
    expect(await keys.unlock({ person: zhouMin.id, passphrase })).toEqual({
      ok: false,
      error: { code: 'wait', seconds: 1 },
    });
  });
});

it('changes a PIN: the old one opens nothing, everything sealed before opens', async () => {
  const first = await comeIn(keys, district, zhouMin, passphrase);
  await first.ring.admit([ringKey]);
  const change = { person: zhouMin.id, old: passphrase, passphrase: another };
  expect(await keys.changePassphrase(change)).toEqual({ ok: true, value: { changed: true } });
  keys = await computer.open();
  const again = await entered(keys, another);
  expect([key(again), again.signing.id]).toEqual([key(first), first.signing.id]);
  expect(again.ring.keys().open).toHaveLength(1);
  expect(await keys.unlock({ person: zhouMin.id, passphrase })).toMatchObject({ ok: false });
});

it('raises what a lock costs to guess, once the right passphrase is there', async () => {
  const zhou = await comeIn(keys, district, zhouMin, passphrase);
  const body = (await readKeyFile(computer)) as KeyFileBody;
  const [lock] = body.locks as [Lock];
  const secretFile = await readFile(`${computer.folder}/device-secret.json`, 'utf8');
  const secret = Buffer.from((JSON.parse(secretFile) as { secret: string }).secret, 'base64');
  const here = { device: body.device, secret, derive: quickDerive };
  const userKey = (await userKeyOf(lock, passphrase, here)) as Buffer;
  const cheap = { algorithm: 'argon2id', memoryKiB: 19_456, passes: 2, lanes: 1 } as const;
  const locked = await lockUserKey(userKey, zhouMin.id, passphrase, here, cheap);
  await writeKeyFile(computer, { ...body, locks: [{ ...lock, ...locked }] });
  keys = await computer.open();
  expect(key(await entered(keys, passphrase))).toBe(key(zhou));
  const raised = (await readKeyFile(computer)) as KeyFileBody;
  expect(raised.locks[0]?.kdf).toMatchObject({ memoryKiB: 65_536, passes: 3 });
  expect(key(await entered(await computer.open(), passphrase))).toBe(key(zhou));
});

describe('a forgotten PIN', () => {
  it('online: a code brings the same user key back from the escrow, with another passphrase', async () => {
    const first = await comeIn(keys, district, zhouMin, passphrase);
    await first.ring.admit([ringKey]);
    await escrow(first);
    keys = await computer.open();
    const back = await comeIn(keys, district, zhouMin, another, 'BACK456789');
    expect(key(back)).toBe(key(first));
    expect(back.ring.keys().open).toHaveLength(1);
    expect(back.userKeyBox()).toBeUndefined();
    expect(back.signing.id).not.toBe(first.signing.id);
    // Entries on their way still carry the former signature.
    expect(keys.signingKeyOf(first.signing.id, zhouMin.id)).toBeDefined();
    expect(await keys.unlock({ person: zhouMin.id, passphrase })).toMatchObject({ ok: false });
  });

  it('without an escrow: the same passphrase keeps the user key; another one sets the old lock aside', async () => {
    const first = await comeIn(keys, district, zhouMin, passphrase);
    expect(key(await comeIn(keys, district, zhouMin, passphrase, 'AGAIN23456'))).toBe(key(first));
    const fresh = await comeIn(keys, district, zhouMin, another, 'OTHER23456');
    expect(key(fresh)).not.toBe(key(first));
    expect(fresh.userKeyBox()).toBeDefined();
    const aside = (await readdir(computer.folder)).filter((name) => name.includes('aside'));
    expect(aside).toHaveLength(3);
  });

  it('offline: the sheet opens everything once, whatever way its words are typed, and is told to the administrator', async () => {
    const first = await comeIn(keys, district, zhouMin, passphrase);
    await first.ring.admit([ringKey]);
    const made = await keys.makeSheet({ person: zhouMin.id, passphrase });
    if (!made.ok) throw new Error(made.error.code);
    expect(made.value.words).toMatch(/^([2-9A-HJKMNP-TW-Z]{5}-){5}[2-9A-HJKMNP-TW-Z]{5}$/);
    keys = await computer.open();
    expect(keys.enrolled()?.people[0]?.hasSheet).toBe(true);
    const given = { person: zhouMin.id, passphrase: another };
    const wrong = { ok: false, error: { code: 'wrong-sheet' } };
    expect(await keys.useSheet({ ...given, words: made.value.words.replace(/^./, '?') })).toEqual(wrong);
    const words = ` ${made.value.words.toLowerCase().replaceAll('-', ' － ')}`;
    const back = await keys.useSheet({ ...given, words });
    if (!back.ok) throw new Error(back.error.code);
    expect(key(back.value)).toBe(key(first));
    expect(back.value.ring.keys().open).toHaveLength(1);

    keys = await computer.open();
    expect(await keys.useSheet({ ...given, words })).toEqual(wrong);
    expect(keys.enrolled()?.people[0]?.hasSheet).toBe(false);
    expect(await entered(keys, another)).toBeDefined();
    expect(keys.notices()).toEqual([
      { code: 'recovery-sheet-used', at: '2026-03-02T01:00:00.000Z', person: zhouMin.id },
    ]);
    await keys.toldNotices(keys.notices());
    expect((await computer.open()).notices()).toEqual([]);
  });

  it('a newer sheet makes the older one void, and a colleague’s opens nothing', async () => {
    await comeIn(keys, district, zhouMin, passphrase);
    await comeIn(keys, district, chenGuodong, ofChen);
    const make = async (person: string, phrase: string): Promise<string> => {
      const made = await keys.makeSheet({ person, passphrase: phrase });
      return made.ok ? made.value.words : made.error.code;
    };
    const old = await make(zhouMin.id, passphrase);
    const chens = await make(chenGuodong.id, ofChen);
    const current = await make(zhouMin.id, passphrase);
    const use = async (words: string) =>
      (await keys.useSheet({ person: zhouMin.id, words, passphrase: another })).ok;
    expect([await use(old), await use(chens), await use(''), await use(current)]).toEqual([
      false,
      false,
      false,
      true,
    ]);
  });
});

describe('a request to be enrolled', () => {
  it('is the same one for the same code, also after a restart, until it was answered', async () => {
    const first = (await keys.candidate('ABCDE12345', '0.1.0')).request;
    keys = await computer.open();
    expect((await keys.candidate('ABCDE12345', '0.1.0')).request).toEqual(first);
    const byFile = (await keys.candidate('', '0.1.0')).request;
    expect((await keys.candidate('OTHER23456', '0.1.0')).request.device.key).not.toBe(first.device.key);
    expect((await (await computer.open()).candidate('', '0.1.0')).request).toEqual(byFile);
    await comeIn(keys, district, zhouMin, passphrase, 'OTHER23456');
    const next = (await keys.candidate('', '0.1.0')).request;
    expect(next.device).toEqual({ id: keys.enrolled()?.device.id, key: keys.device.publicKey() });
    expect(next.person.signingKey).not.toBe(byFile.person.signingKey);
  });

  it('by files waits for its answer while a colleague comes in by code', async () => {
    await comeIn(keys, district, zhouMin, passphrase);
    const byFile = (await keys.candidate('', '0.1.0')).request;
    await comeIn(keys, district, chenGuodong, ofChen, 'CHEN234567');
    expect((await (await computer.open()).candidate('', '0.1.0')).request).toEqual(byFile);
  });

  it('that was answered is gone after a crash, too: no signing key lies under the device secret alone', async () => {
    const path = `${computer.folder}/candidates.json`;
    await keys.candidate('ABCDE12345', '0.1.0');
    const lying = await readFile(path);
    await comeIn(keys, district, zhouMin, passphrase, 'ABCDE12345');
    await writeFile(path, lying);
    await computer.open();
    expect((await readFile(path)).length).toBeLessThan(100);
  });

  it('that was answered for another computer admits nobody', async () => {
    const elsewhere = await (await quickComputer()).open();
    const candidate = await elsewhere.candidate('ABCDE12345', '0.1.0');
    const response = await district.answer(candidate.request, zhouMin);
    await expect(
      keys.admit({ response, candidate, address: 'http://127.0.0.1:4100', passphrase }),
    ).rejects.toThrow('without its request');
  });
});

it('a revoked computer destroys every lock, ring and key, and nothing beside them', async () => {
  await comeIn(keys, district, zhouMin, passphrase);
  await comeIn(keys, district, chenGuodong, ofChen, 'CHEN234567');
  await writeFile(`${computer.profile}/journal/journal.linli`, 'sealed entries');
  await keys.destroyAll();
  expect([keys.enrolled(), keys.damaged(), keys.secretLost(), keys.known()]).toEqual([
    undefined,
    false,
    false,
    undefined,
  ]);
  expect(await readdir(computer.folder)).toEqual([]);
  expect(await readdir(`${computer.profile}/journal`)).toEqual(['journal.linli']);
  expect(await keys.unlock({ person: zhouMin.id, passphrase })).toEqual({
    ok: false,
    error: { code: 'unknown-person' },
  });
});

it('a revoked computer goes on destroying where a crash has stopped it', async () => {
  await comeIn(keys, district, zhouMin, passphrase);
  await rm(computer.mirror);
  await mkdir(`${computer.mirror}/in the way`, { recursive: true });
  await expect(keys.destroyAll()).rejects.toThrow();
  keys = await computer.open();
  // Still itself: it asks the district, hears again that it is revoked, and begins again.
  expect(keys.enrolled()?.people).toMatchObject([zhouMin]);
  await rm(computer.mirror, { recursive: true });
  await writeFile(`${computer.mirror}.new`, 'half a copy');
  await keys.destroyAll();
  expect([await readdir(computer.folder), await readdir(`${computer.profile}/journal`)]).toEqual([[], []]);
});
