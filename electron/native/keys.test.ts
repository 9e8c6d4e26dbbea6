import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { beforeEach, describe, expect, it } from 'vitest';
import { chenGuodong, zhouMin } from '../testing/envelopes.ts';
import { admission, keyStoreOf, noKeyStore, quickDerive } from '../testing/quick-keys.ts';
import { deriveIn } from './argon2.ts';
import { renewDeviceSecret, type KeyStore } from './device-secret.ts';
import { readKeyFile, writeKeyFile, type KeyFileBody } from './key-file.ts';
import { openKeys } from './keys.ts';
import { isStrongEnough } from './passphrase.ts';
import { derived, open, seal } from './sealing.ts';

const passphrase = '弄堂口的梧桐树下有三张椅子';
let folder: string;
let now: number;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linli-keys-'));
  now = Date.parse('2026-03-02T01:00:00Z');
});
const opened = (keyStore: KeyStore = noKeyStore) =>
  openKeys({ folder, keyStore, derive: quickDerive, now: () => now });

async function onDisk(): Promise<string> {
  const texts = await Promise.all(
    (await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')),
  );
  return texts.join('\n');
}

describe('after a restart', () => {
  it('opens the same user key and token with the right passphrase only', async () => {
    const first = await (await opened()).admit(admission(passphrase));
    const keys = await opened();
    expect(keys.enrolled()).toEqual({
      district: admission(passphrase).district,
      device: admission(passphrase).device,
      people: [zhouMin],
    });
    expect(await keys.unlock({ person: zhouMin.id, passphrase: '弄堂口的梧桐树下有两张椅子' })).toEqual({
      ok: false,
      error: { code: 'wrong-passphrase' },
    });
    now += 1000;
    const unlocked = await keys.unlock({ person: zhouMin.id, passphrase });
    expect(unlocked).toEqual({
      ok: true,
      value: { person: zhouMin, token: 'token-of-zhou-min', userKey: first.userKey },
    });
    expect(await keys.unlock({ person: chenGuodong.id, passphrase })).toEqual({
      ok: false,
      error: { code: 'unknown-person' },
    });
  });

  it('keeps each colleague apart on one computer', async () => {
    const keys = await opened();
    const zhou = await keys.admit(admission(passphrase));
    const chen = await keys.admit(
      admission('陈国栋自己记得住的一句话', { person: { ...chenGuodong, token: 'token-of-chen' } }),
    );
    expect(Buffer.from(zhou.userKey).equals(Buffer.from(chen.userKey))).toBe(false);
    expect(keys.enrolled()?.people).toEqual([zhouMin, chenGuodong]);
    expect(await keys.unlock({ person: chenGuodong.id, passphrase })).toEqual({
      ok: false,
      error: { code: 'wrong-passphrase' },
    });
    expect(await keys.unlock({ person: zhouMin.id, passphrase })).toMatchObject({ ok: true });
  });

  it('keeps the user key when the same person enrols again with the same passphrase, and not with another', async () => {
    const keys = await opened();
    const first = await keys.admit(admission(passphrase));
    const same = await keys.admit(admission(passphrase));
    const other = await keys.admit(admission('忘了原来那句话只好另想一句'));
    expect(
      [first, same, other].map(({ userKey }) => Buffer.from(userKey).equals(Buffer.from(first.userKey))),
    ).toEqual([true, true, false]);
  });
});

it('writes no name, token or key in the clear', async () => {
  const { userKey } = await (await opened(keyStoreOf('zhou'))).admit(admission(passphrase));
  const text = await onDisk();
  for (const secret of [
    '周敏',
    '徐汇',
    'device-token-7',
    'token-of-zhou-min',
    '127.0.0.1',
    Buffer.from(userKey).toString('base64'),
  ])
    expect(text).not.toContain(secret);
});

describe('wrong passphrases', () => {
  it('are counted on a disk without room as well, and the right one still opens', async () => {
    await (await opened()).admit(admission(passphrase));
    // No new file can be made any more.
    await mkdir(join(folder, 'tries.json.new'));
    expect(await (await opened()).unlock({ person: zhouMin.id, passphrase: '猜的' })).toEqual({
      ok: false,
      error: { code: 'wrong-passphrase' },
    });
    expect(await (await opened()).unlock({ person: zhouMin.id, passphrase })).toEqual({
      ok: false,
      error: { code: 'wait', seconds: 1 },
    });
    now += 1000;
    expect(await (await opened()).unlock({ person: zhouMin.id, passphrase })).toMatchObject({ ok: true });
  });

  it('wait twice as long each time, also after a restart, and end after ten', async () => {
    await (await opened()).admit(admission(passphrase));
    const waits: number[] = [];
    for (let wrong = 1; wrong <= 9; wrong++) {
      expect(await (await opened()).unlock({ person: zhouMin.id, passphrase: '猜的' })).toEqual({
        ok: false,
        error: { code: 'wrong-passphrase' },
      });
      const soon = await (await opened()).unlock({ person: zhouMin.id, passphrase });
      if (soon.ok || soon.error.code !== 'wait') throw new Error('The next try was not slowed down');
      waits.push(soon.error.seconds ?? 0);
      now += (soon.error.seconds ?? 0) * 1000;
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256]);
    const keys = await opened();
    expect(await keys.unlock({ person: zhouMin.id, passphrase: '猜的' })).toEqual({
      ok: false,
      error: { code: 'too-many-tries' },
    });
    now += 86_400_000;
    expect(await keys.unlock({ person: zhouMin.id, passphrase })).toEqual({
      ok: false,
      error: { code: 'too-many-tries' },
    });
    await keys.admit(admission(passphrase));
    expect(await keys.unlock({ person: zhouMin.id, passphrase })).toMatchObject({ ok: true });
  });

  it('never wait longer because the clock was put back', async () => {
    const keys = await opened();
    await keys.admit(admission(passphrase));
    await keys.unlock({ person: zhouMin.id, passphrase: '猜的' });
    now -= 365 * 86_400_000;
    expect(await keys.unlock({ person: zhouMin.id, passphrase })).toEqual({
      ok: false,
      error: { code: 'wait', seconds: 1 },
    });
  });
});

describe('damage', () => {
  it('in one copy costs nothing', async () => {
    await (await opened()).admit(admission(passphrase));
    for (const name of ['keys.json', 'keys.copy.json']) {
      const whole = await readFile(join(folder, name), 'utf8');
      await writeFile(join(folder, name), whole.slice(0, 100));
      expect(await (await opened()).unlock({ person: zhouMin.id, passphrase })).toMatchObject({ ok: true });
      await writeFile(join(folder, name), whole);
    }
  });

  it('in both is told apart from a wrong passphrase, and a new enrolment keeps the damaged files', async () => {
    await (await opened()).admit(admission(passphrase));
    for (const name of ['keys.json', 'keys.copy.json']) {
      const whole = await readFile(join(folder, name), 'utf8');
      await writeFile(join(folder, name), whole.replace(/"userKey\\":\\"..../, '"userKey\\":\\"AAAA'));
    }
    const keys = await opened();
    expect(keys.damaged()).toBe(true);
    expect(await keys.unlock({ person: zhouMin.id, passphrase })).toEqual({
      ok: false,
      error: { code: 'damaged-keys' },
    });
    await keys.admit(admission(passphrase));
    expect(await (await opened()).unlock({ person: zhouMin.id, passphrase })).toMatchObject({ ok: true });
    expect((await readdir(folder)).filter((name) => name.includes('damaged'))).toHaveLength(2);
  });

  it('is what a profile copied to another account looks like', async () => {
    await (await opened(keyStoreOf('zhou'))).admit(admission(passphrase));
    const keys = await opened(keyStoreOf('thief'));
    expect([keys.damaged(), keys.enrolled()]).toEqual([true, undefined]);
    expect(await keys.unlock({ person: zhouMin.id, passphrase })).toEqual({
      ok: false,
      error: { code: 'damaged-keys' },
    });
  });
});

it('a passphrase opens nothing without the secret of its own computer', async () => {
  await (await opened()).admit(admission(passphrase));
  const secretOf = async () => {
    const file = JSON.parse(await readFile(join(folder, 'device-secret.json'), 'utf8')) as { secret: string };
    return derived(Buffer.from(file.secret, 'base64'), 'linli/enrolled/1');
  };
  // A thief who knows the passphrase and the list of people, but has another computer's secret.
  const body = (await readKeyFile(folder)) as KeyFileBody;
  const people = open(await secretOf(), Buffer.from(body.sealed, 'base64'), 'linli/enrolled/1');
  await renewDeviceSecret(folder, noKeyStore);
  const sealed = seal(await secretOf(), people as Buffer, 'linli/enrolled/1').toString('base64');
  await writeKeyFile(folder, { ...body, sealed });
  const keys = await opened();
  expect(keys.enrolled()?.people).toEqual([zhouMin]);
  expect(await keys.unlock({ person: zhouMin.id, passphrase })).toEqual({
    ok: false,
    error: { code: 'wrong-passphrase' },
  });
});

it('moves the device secret into a key store that came later', async () => {
  await (await opened()).admit(admission(passphrase));
  const keys = await opened(keyStoreOf('zhou'));
  expect(keys.keyStore()).toBe(true);
  expect(await (await opened(keyStoreOf('zhou'))).unlock({ person: zhouMin.id, passphrase })).toMatchObject({
    ok: true,
  });
});

it('derives with Argon2id in a worker: the published vector of the parameters, and off the event loop', async () => {
  const derive = deriveIn((options) => new Worker(new URL('../argon2-worker.ts', import.meta.url), options));
  let turns = 0;
  const counting = setInterval(() => turns++, 5);
  const started = performance.now();
  const key = await derive('password', {
    algorithm: 'argon2id',
    memoryKiB: 65_536,
    passes: 2,
    lanes: 1,
    salt: Buffer.from('somesalt').toString('base64'),
  });
  const took = performance.now() - started;
  clearInterval(counting);
  // phc-winner-argon2, test.c: version 0x13, t=2, m=2^16, p=1, "password", "somesalt".
  expect(Buffer.from(key).toString('hex')).toBe(
    '09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7',
  );
  expect(turns).toBeGreaterThan(took / 50);
});

it('asks for twelve characters without a key store, six digits with one, and never for the obvious', () => {
  const answers = [
    ['135792', true],
    ['111111', true],
    ['123456', true],
    ['654321', true],
    ['13579', true],
    ['135792', false],
    ['梧桐树下三张椅子十二字', false],
    ['梧桐树下有三张椅子十二字', false],
  ] as const;
  expect(answers.map(([text, keyStore]) => isStrongEnough(text, keyStore))).toEqual([
    true,
    false,
    false,
    false,
    false,
    false,
    false,
    true,
  ]);
});
