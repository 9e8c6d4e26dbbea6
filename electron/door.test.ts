import { mkdtemp } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { districtAddress } from './district-address.ts';
import { askDistrict } from './district.ts';
import { createDoor, type Door } from './door.ts';
import { openKeys, type Keys } from './native/keys.ts';
import { DEFAULT_SETTINGS } from './native/settings.ts';
import { chenGuodong, zhouMin } from './testing/envelopes.ts';
import { noKeyStore, quickDerive } from './testing/quick-keys.ts';
import {
  emptyProxy,
  json,
  portal,
  smallDistrict,
  xuhui,
  type SmallDistrict,
} from './testing/small-district.ts';

const passphrase = '弄堂口的梧桐树下有三张椅子';
let district: SmallDistrict;
let keys: Keys;
let door: Door;
let entered: number;

const doorOver = (present: Keys) =>
  createDoor({
    keys: present,
    ask: askDistrict,
    appVersion: '0.1.0',
    settings: () => DEFAULT_SETTINGS,
    onEnter: () => {
      entered += 1;
    },
  });

beforeEach(async () => {
  district = await smallDistrict();
  const folder = await mkdtemp(join(tmpdir(), 'linli-door-'));
  keys = await openKeys({ folder, keyStore: noKeyStore, derive: quickDerive });
  door = doorOver(keys);
  entered = 0;
});
afterEach(() => district.stop());

const enrol = (changed: Partial<Parameters<Door['enrol']>[0]> = {}) =>
  door.enrol({ address: district.address, code: 'ABCDE12345', passphrase, ...changed });

it('says that the disk is full, and leaves every other fault a fault', async () => {
  await enrol();
  const failing = (code: string): Door => {
    const fail = () => Promise.reject(Object.assign(new Error(code), { code }));
    return doorOver({ ...keys, admit: fail, unlock: fail });
  };
  const full = { ok: false, error: { code: 'disk-full' } };
  const entering = { person: zhouMin.id, passphrase };
  expect(await failing('ENOSPC').unlock(entering)).toEqual(full);
  const again = { address: district.address, code: 'ABCDE12345', passphrase };
  expect(await failing('EDQUOT').enrol(again)).toEqual(full);
  await expect(failing('EIO').unlock(entering)).rejects.toThrow('EIO');
});

it('enrols a desk, unlocks it, and forgets the key when it locks', async () => {
  expect(door.state()).toEqual({
    appVersion: '0.1.0',
    enrolled: false,
    people: [],
    keyStore: false,
    settings: DEFAULT_SETTINGS,
  });
  const enrolled = await enrol();
  if (!enrolled.ok) throw new Error(enrolled.error.code);
  expect(enrolled.value).toEqual({
    person: zhouMin,
    device: { id: district.enrolled().device.id, label: 'D7' },
    district: { ...xuhui, publicKey: district.enrolled().district.publicKey },
    userKey: expect.any(Uint8Array),
  });
  expect(door.session()).toEqual(enrolled.value);
  expect(door.state()).toMatchObject({ enrolled: true, people: [zhouMin], unlocked: zhouMin.id });
  const kept = door.inside() as { userKey?: Uint8Array };
  door.lock();
  expect([door.session(), door.inside(), kept.userKey?.every((byte) => byte === 0)]).toEqual([
    undefined,
    undefined,
    true,
  ]);
  expect(door.state()).not.toHaveProperty('unlocked');
  expect(await door.unlock({ person: zhouMin.id, passphrase })).toEqual(enrolled);
  expect(entered).toBe(2);
});

it('lets a colleague join the same computer, and keeps both', async () => {
  await enrol();
  district.nextPerson(chenGuodong);
  expect(await enrol({ passphrase: '陈国栋自己记得住的一句话' })).toMatchObject({
    ok: true,
    value: { person: chenGuodong },
  });
  expect(door.state()).toMatchObject({ people: [zhouMin, chenGuodong], unlocked: chenGuodong.id });
});

describe('each thing that goes wrong has its own word', () => {
  const error = (status: number, code: string) => (response: ServerResponse) =>
    json(response, status, { error: code, retry: false });
  const cases: readonly (readonly [string, (response: ServerResponse) => void, string])[] = [
    ['a proxy without a district behind it', emptyProxy, 'unreachable'],
    ['a login portal’s page with status 200', portal, 'not-a-district'],
    [
      'a web server’s own 404',
      (response) => void response.writeHead(404, { 'content-type': 'text/html' }).end('no'),
      'not-a-district',
    ],
    ['JSON of something else', (response) => json(response, 200, { hello: 'world' }), 'not-a-district'],
    [
      'a body named after another district than its header',
      (response) => json(response, 200, district.enrolled(), 'district_other'),
      'not-a-district',
    ],
    ['an unknown code', error(404, 'code-unknown'), 'code-unknown'],
    ['a malformed code', error(400, 'malformed'), 'code-unknown'],
    ['a used code', error(409, 'code-used'), 'code-used'],
    ['an expired code', error(410, 'code-expired'), 'code-expired'],
    ['too many tries', error(429, 'too-many-tries'), 'too-many-tries'],
    ['a future protocol', error(400, 'unsupported-protocol'), 'unsupported-protocol'],
    ['a disabled person', error(403, 'forbidden'), 'unknown-person'],
    ['a fault there', error(500, 'internal'), 'unreachable'],
  ];
  for (const [name, answer, code] of cases)
    it(`${name}: ${code}`, async () => {
      district.misbehave({ path: '/api/enrol', answer });
      expect(await enrol()).toEqual({ ok: false, error: { code } });
      expect([door.state().enrolled, door.inside()]).toEqual([false, undefined]);
    });

  it('an address where nobody answers, and one that is no HTTP: unreachable', async () => {
    const mute = createServer((socket) => socket.end('220 mail\r\n')).listen(0, '127.0.0.1');
    await new Promise((ready) => mute.once('listening', ready));
    const { port } = mute.address() as { port: number };
    expect(await enrol({ address: 'http://127.0.0.1:9' })).toEqual({
      ok: false,
      error: { code: 'unreachable' },
    });
    expect(await enrol({ address: `http://127.0.0.1:${port}` })).toEqual({
      ok: false,
      error: { code: 'unreachable' },
    });
    mute.close();
  });

  it('a malformed address or a weak passphrase, before the code is spent', async () => {
    expect(await enrol({ address: '区里的服务器' + ' ?' })).toEqual({
      ok: false,
      error: { code: 'malformed-address' },
    });
    expect(await enrol({ passphrase: '135792' })).toEqual({ ok: false, error: { code: 'weak-passphrase' } });
    expect(district.requests).toEqual([]);
  });

  it('another district, or the same with another key: other-district, and the first stays', async () => {
    await enrol();
    door.lock();
    const ours = district.enrolled();
    for (const other of [
      { ...ours, district: { ...ours.district, id: 'district_other' } },
      { ...ours, district: { ...ours.district, publicKey: Buffer.alloc(65, 9).toString('base64') } },
    ]) {
      district.misbehave({
        path: '/api/enrol',
        answer: (response) => json(response, 200, other, other.district.id),
      });
      expect(await enrol()).toEqual({ ok: false, error: { code: 'other-district' } });
    }
    district.misbehave({
      path: '/api/enrol',
      answer: (response) => json(response, 409, { error: 'wrong-district', retry: false }, 'district_other'),
    });
    expect(await enrol()).toEqual({ ok: false, error: { code: 'other-district' } });
    expect(await door.unlock({ person: zhouMin.id, passphrase })).toMatchObject({ ok: true });
  });

  it('a wrong passphrase', async () => {
    await enrol();
    door.lock();
    expect(await door.unlock({ person: zhouMin.id, passphrase: '错' })).toEqual({
      ok: false,
      error: { code: 'wrong-passphrase' },
    });
    expect(await door.unlock({ person: zhouMin.id, passphrase })).toEqual({
      ok: false,
      error: { code: 'wait', seconds: 1 },
    });
  });
});

it('understands addresses as people type them, and refuses plain http outside the private network', () => {
  const typed = [
    ' 127.0.0.1:4100 ',
    'http://192.168.1.5:8080/',
    'https://taizhang.example.sh.cn',
    'taizhang.example.sh.cn',
    '10.0.0.8：8080',
    'http://taizhang.example.sh.cn',
    'ftp://10.0.0.1',
    'https://user:word@10.0.0.1',
    'https://10.0.0.1/path?x=1',
    '',
    'javascript:alert(1)',
  ];
  expect(typed.map(districtAddress)).toEqual([
    'http://127.0.0.1:4100',
    'http://192.168.1.5:8080',
    'https://taizhang.example.sh.cn',
    'https://taizhang.example.sh.cn',
    'https://10.0.0.8:8080',
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
