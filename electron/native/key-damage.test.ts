import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { enrollingDistrict, type EnrollingDistrict } from '../testing/enrolling-district.ts';
import { chenGuodong, zhouMin } from '../testing/envelopes.ts';
import { comeIn, keyStoreOf, noKeyStore, quickComputer, type QuickComputer } from '../testing/quick-keys.ts';
import { openBelonging, sealBelonging } from './belonging.ts';
import { keyFilesIn, readKeyFile, writeKeyFile } from './key-file.ts';
import type { Keys, Unlocked } from './key-types.ts';

const passphrase = '弄堂口的梧桐树下有三张椅子';
const another = '后来另外想了一句比较好记的';
let computer: QuickComputer;
let district: EnrollingDistrict;
beforeEach(async () => {
  computer = await quickComputer();
  district = await enrollingDistrict();
});

const key = (unlocked: Unlocked): string => Buffer.from(unlocked.ownKey).toString('hex');
const ringKey = {
  scope: '310104007001/casework',
  id: 'k_0000000000000000',
  key: new Uint8Array(32).fill(7),
  leaseDays: 30,
  escrowed: true,
};
async function settled(keys: Keys, person = zhouMin, phrase = passphrase): Promise<Unlocked> {
  const unlocked = await comeIn(keys, district, person, phrase);
  await unlocked.ring.admit([ringKey]);
  const userKey = unlocked.userKeyBox();
  const device = keys.enrolled()?.device.id ?? '';
  if (userKey !== undefined) await district.keys(device, person.id, { offers: [], userKey });
  await unlocked.userKeyEscrowed();
  return unlocked;
}
const places = () => keyFilesIn(computer);
const opens = async (phrase = passphrase) =>
  (await (await computer.open()).unlock({ person: zhouMin.id, passphrase: phrase })).ok;

describe('the key file', () => {
  it('is whole as long as one of its three copies is, and damage in all is told from a wrong passphrase', async () => {
    await settled(await computer.open());
    const whole = await readFile(computer.mirror, 'utf8');
    for (const path of places()) {
      for (const other of places()) await writeFile(other, other === path ? whole : whole.slice(0, 100));
      expect(await opens()).toBe(true);
    }
    for (const path of places()) await writeFile(path, whole.slice(0, 100));
    const keys = await computer.open();
    expect([keys.damaged(), keys.enrolled(), keys.secretLost()]).toEqual([true, undefined, false]);
    expect(await keys.unlock({ person: zhouMin.id, passphrase })).toEqual({
      ok: false,
      error: { code: 'damaged-keys' },
    });
  });

  it('notices a flipped bit in all of its regions', async () => {
    await settled(await computer.open());
    const whole = await readFile(computer.mirror);
    await rm(join(computer.folder, 'keys.json'));
    await rm(join(computer.folder, 'keys.copy.json'));
    const unnoticed: number[] = [];
    for (let at = 0; at < whole.length; at += 3) {
      const flipped = Buffer.from(whole);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
      await writeFile(computer.mirror, flipped);
      if ((await readKeyFile(computer)) !== 'damaged') unnoticed.push(at);
    }
    expect(whole.length).toBeGreaterThan(2000);
    expect(unnoticed).toEqual([]);
  });

  it('comes from its mirror when the whole folder was deleted; the device secret is lost then', async () => {
    const first = await settled(await computer.open());
    await rm(computer.folder, { recursive: true });
    const keys = await computer.open();
    expect([keys.enrolled(), keys.damaged(), keys.secretLost()]).toEqual([undefined, false, true]);
    expect(key(await comeIn(keys, district, zhouMin, another, 'BACK456789'))).toBe(key(first));
  });

  it('from before somebody came: a code brings the keys back that only the district still has', async () => {
    let keys = await computer.open();
    await settled(keys, chenGuodong);
    const before = await readFile(computer.mirror);
    const first = await settled(keys);
    for (const path of places()) await writeFile(path, before);
    keys = await computer.open();
    expect(keys.enrolled()?.people.map(({ name }) => name)).toEqual(['陈国栋']);
    expect(key(await comeIn(keys, district, zhouMin, another, 'BACK456789'))).toBe(key(first));
  });

  it('that is damaged everywhere is set aside by the next enrolment, and the administrator hears of it', async () => {
    await settled(await computer.open());
    for (const path of places()) await writeFile(path, 'not what it was');
    const keys = await computer.open();
    await comeIn(keys, district, zhouMin, passphrase, 'NEW3456789');
    expect(await opens()).toBe(true);
    const aside = (await readdir(computer.folder)).filter((name) => /^keys.*aside/.test(name));
    expect(aside).toHaveLength(3);
    expect(keys.notices()).toMatchObject([{ code: 'keys-damaged', person: zhouMin.id }]);
  });

  it('of another format is not read as if it were this one', async () => {
    await settled(await computer.open());
    const { body } = JSON.parse(await readFile(computer.mirror, 'utf8')) as { body: string };
    const older = body.replace('"v":2', '"v":1');
    const sum = createHash('sha256').update(older).digest('hex');
    for (const path of places()) await writeFile(path, JSON.stringify({ sum, body: older }));
    expect((await computer.open()).damaged()).toBe(true);
  });
});

describe('the operating system’s key store', () => {
  it('that came later takes the device secret over', async () => {
    await settled(await computer.open(noKeyStore));
    const keys = await computer.open(keyStoreOf('zhou'));
    expect(keys.keyStore()).toBe(true);
    expect(await readFile(join(computer.folder, 'device-secret.json'), 'utf8')).toContain('"key-store"');
    const later = await computer.open(keyStoreOf('zhou'));
    expect(await later.unlock({ person: zhouMin.id, passphrase })).toMatchObject({ ok: true });
  });

  it('that came later, on a full disk, takes the secret over another day', async () => {
    await settled(await computer.open(noKeyStore));
    await mkdir(join(computer.folder, 'device-secret.json.new'));
    const keys = await computer.open(keyStoreOf('zhou'));
    expect([keys.secretLost(), keys.keyStore()]).toEqual([false, false]);
    await rmdir(join(computer.folder, 'device-secret.json.new'));
    expect((await computer.open(keyStoreOf('zhou'))).keyStore()).toBe(true);
  });

  it('that was never there asks for a passphrase, and everything works', async () => {
    const keys = await computer.open(noKeyStore);
    expect(keys.keyStore()).toBe(false);
    await settled(keys);
    expect(keys.keyStore()).toBe(false);
    expect(await opens()).toBe(true);
  });

  it('that vanished loses nothing: everybody comes back with a code and finds what they had sealed', async () => {
    let keys = await computer.open(keyStoreOf('zhou'));
    const zhou = await settled(keys);
    const chen = await settled(keys, chenGuodong);
    const known = keys.known();

    keys = await computer.open(noKeyStore);
    expect([keys.secretLost(), keys.damaged(), keys.enrolled()]).toEqual([true, false, undefined]);
    expect([keys.known(), keys.keyStore()]).toEqual([known, false]);
    expect(await keys.unlock({ person: zhouMin.id, passphrase })).toEqual({
      ok: false,
      error: { code: 'damaged-keys' },
    });
    const { request } = await keys.candidate('BACK456789', '0.1.0');
    expect(request.device.id).toBe(known?.device);

    const zhouAgain = await comeIn(keys, district, zhouMin, another, 'BACK456789');
    expect(key(zhouAgain)).toBe(key(zhou));
    expect(zhouAgain.ring.keys().open).toHaveLength(1);
    expect(keys.enrolled()?.people.map(({ name }) => name)).toEqual(['周敏']);
    // He has not come back yet, and what he holds is still held.
    expect(await zhouAgain.ring.leave([ringKey.scope])).toEqual([]);
    expect(keys.device.publicKey()).toBe(request.device.key);
    const chenAgain = await comeIn(keys, district, chenGuodong, another, 'CHEN456789');
    expect([key(chenAgain), chenAgain.ring.keys().open.length]).toEqual([key(chen), 1]);
    expect(keys.notices()).toMatchObject([{ code: 'key-store-lost', person: zhouMin.id }]);
    expect(await opens(another)).toBe(true);
  });

  it('that was only away for a while: nothing was overwritten meanwhile, not even by a request', async () => {
    await settled(await computer.open(keyStoreOf('zhou')));
    const away = await computer.open(noKeyStore);
    expect(away.secretLost()).toBe(true);
    await away.candidate('BACK456789', '0.1.0');
    const keys = await computer.open(keyStoreOf('zhou'));
    expect(keys.secretLost()).toBe(false);
    expect(await keys.unlock({ person: zhouMin.id, passphrase })).toMatchObject({ ok: true });
  });

  it('of another account or machine opens nothing, and the secret of another computer neither', async () => {
    await settled(await computer.open(keyStoreOf('zhou')));
    expect((await computer.open(keyStoreOf('thief'))).secretLost()).toBe(true);

    const elsewhere = await quickComputer();
    await comeIn(await elsewhere.open(), district, chenGuodong, passphrase);
    const secret = 'device-secret.json';
    await rename(join(computer.folder, secret), join(computer.folder, `${secret}.ours`));
    await copyFile(join(elsewhere.folder, secret), join(computer.folder, secret));
    const keys = await computer.open();
    expect([keys.secretLost(), keys.enrolled()]).toEqual([true, undefined]);
    await rename(join(computer.folder, `${secret}.ours`), join(computer.folder, secret));
    const ours = await computer.open(keyStoreOf('zhou'));
    expect(await ours.unlock({ person: zhouMin.id, passphrase })).toMatchObject({ ok: true });
  });

  it('S4: the power goes off between the key file and the secret that seals it: both are there', async () => {
    const keys = await computer.open();
    await settled(keys);
    const path = join(computer.folder, 'device-secret.json');
    await rename(path, join(computer.folder, 'device-secret.next.json'));
    expect(await opens()).toBe(true);
    expect(await readFile(path, 'utf8')).toContain('secret');
  });
});

it('a passphrase opens nothing without the secret of its own computer', async () => {
  await settled(await computer.open());
  // A thief who knows the passphrase and forges the sealed part under another secret.
  const elsewhere = await quickComputer();
  await comeIn(await elsewhere.open(), district, zhouMin, passphrase);
  const secretOf = async (folder: string) => {
    const text = await readFile(join(folder, 'device-secret.json'), 'utf8');
    return Buffer.from((JSON.parse(text) as { secret: string }).secret, 'base64');
  };
  const body = await readKeyFile(computer);
  if (!body || body === 'damaged') throw new Error('The key file is not there');
  const belonging = openBelonging(await secretOf(computer.folder), body.sealed);
  if (!belonging) throw new Error('It does not open');
  const sealed = sealBelonging(await secretOf(elsewhere.folder), belonging);
  await writeKeyFile(elsewhere, { ...body, sealed });
  const keys = await elsewhere.open();
  expect(keys.enrolled()?.people[0]?.name).toBe('周敏');
  expect(await keys.unlock({ person: zhouMin.id, passphrase })).toEqual({
    ok: false,
    error: { code: 'wrong-passphrase' },
  });
});

describe('a full disk', () => {
  it('locks nobody out, and a wrong passphrase is still counted', async () => {
    await settled(await computer.open());
    computer.clocks.running += 10 * 3_600_000;

    // No new file can be made any more.
    for (const name of ['tries.json', 'keys.json', 'keys.copy.json'])
      await mkdir(join(computer.folder, `${name}.new`));
    const keys = await computer.open();
    computer.clocks.running += 10 * 3_600_000;
    expect(await keys.unlock({ person: zhouMin.id, passphrase: '猜的' })).toMatchObject({ ok: false });
    expect(await keys.unlock({ person: zhouMin.id, passphrase })).toEqual({
      ok: false,
      error: { code: 'wait', seconds: 1 },
    });
    computer.clocks.wall += 1000;
    expect(await keys.unlock({ person: zhouMin.id, passphrase })).toMatchObject({ ok: true });
  });

  it('leaves the old passphrase in force where the new one could not be written', async () => {
    const keys = await computer.open();
    await settled(keys);

    await mkdir(join(computer.folder, 'keys.json.new'));
    const change = { person: zhouMin.id, old: passphrase, passphrase: another };
    await expect(keys.changePassphrase(change)).rejects.toThrow('EISDIR');
    await rmdir(join(computer.folder, 'keys.json.new'));
    expect([await opens(another), keys.enrolled() !== undefined]).toEqual([false, true]);
    computer.clocks.wall += 1000;
    expect(await opens()).toBe(true);
  });
});
