import { readdir, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { createServer as createSocket, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { enrolRequest, type EnrolRequest, type EnrolResponse } from '../shared/protocol/enrolment.ts';
import { districtAddress } from './district-address.ts';
import { askDistrict } from './district.ts';
import { createDoor, type Door, type DoorOptions } from './door.ts';
import type { Keys } from './native/key-types.ts';
import { DEFAULT_SETTINGS } from './native/settings.ts';
import { enrollingDistrict, type EnrollingDistrict } from './testing/enrolling-district.ts';
import { chenGuodong, zhouMin } from './testing/envelopes.ts';
import { keyStoreOf, noKeyStore, quickComputer, type QuickComputer } from './testing/quick-keys.ts';
import { emptyProxy, json, portal } from './testing/small-district.ts';

const passphrase = '弄堂口的梧桐树下有三张椅子';
const another = '后来另外想了一句比较好记的';
let district: EnrollingDistrict;
let address: string;
let stop: () => void;
let requests: EnrolRequest[];
let person: typeof zhouMin;
/** What the next request gets instead of the district's answer. */
let instead: ((response: ServerResponse, normal: () => Promise<EnrolResponse>) => unknown) | undefined;
let computer: QuickComputer;
let keys: Keys;
let door: Door;
let entered: number;
let chains: unknown[];
let revoked: boolean;
let left: number;
let turnedAway: number;

const doorOver = (present: Keys, changed: Partial<DoorOptions> = {}): Door =>
  createDoor({
    keys: present,
    ask: askDistrict,
    appVersion: '0.1.0',
    settings: () => DEFAULT_SETTINGS,
    revoked: () => revoked,
    onAdmitted: ({ device }) => Promise.resolve(void chains.push(device.chain)),
    onEnter: () => {
      entered += 1;
    },
    onLeave: () => {
      left += 1;
    },
    onTurnedAway: () => {
      turnedAway += 1;
    },
    files: { save: () => Promise.resolve(undefined), open: () => Promise.resolve(undefined) },
    ...changed,
  });

beforeEach(async () => {
  district = await enrollingDistrict();
  [requests, person, instead] = [[], zhouMin, undefined];
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const request = enrolRequest.parse(JSON.parse(Buffer.concat(chunks).toString()));
      requests.push(request);
      const normal = () => district.answer(request, person);
      const bad = instead;
      instead = undefined;
      if (bad) bad(response, normal);
      else void normal().then((answer) => json(response, 200, answer));
    });
  }).listen(0, '127.0.0.1');
  await new Promise((ready) => server.once('listening', ready));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  stop = () => {
    server.close();
    server.closeAllConnections();
  };
  computer = await quickComputer();
  keys = await computer.open();
  [entered, chains, revoked, left, turnedAway] = [0, [], false, 0, 0];
  door = doorOver(keys);
});
afterEach(() => stop());

const enrol = (changed: Partial<Parameters<Door['enrol']>[0]> = {}) =>
  door.enrol({ address, code: 'ABCDE12345', passphrase, ...changed });
const refused = (code: string) => ({ ok: false, error: { code } });
const entering = { person: zhouMin.id, passphrase };

it('says that the disk is full, and leaves every other fault a fault', async () => {
  await enrol();
  const failing = (code: string): Door => {
    const fail = () => Promise.reject(Object.assign(new Error(code), { code }));
    return doorOver({ ...keys, admit: fail, unlock: fail, useSheet: fail });
  };
  const again = { address, code: 'ABCDE12345', passphrase };
  expect(await failing('ENOSPC').unlock(entering)).toEqual(refused('disk-full'));
  expect(await failing('EDQUOT').enrol(again)).toEqual(refused('disk-full'));
  expect(await failing('ENOSPC').useSheet({ ...entering, words: '' })).toEqual(refused('disk-full'));
  await expect(failing('EIO').unlock(entering)).rejects.toThrow('EIO');
});

it('enrols a desk, unlocks it, and forgets every key when it locks', async () => {
  expect(door.state()).toEqual({
    appVersion: '0.1.0',
    enrolled: false,
    people: [],
    secretLost: false,
    revoked: false,
    keyStore: false,
    settings: DEFAULT_SETTINGS,
  });
  const enrolled = await enrol();
  if (!enrolled.ok) throw new Error(enrolled.error.code);
  expect(enrolled.value).toEqual({
    person: zhouMin,
    device: { id: keys.enrolled()?.device.id, label: 'D7' },
    district: { id: district.id, name: '徐汇区', publicKey: district.publicKey },
    ownKey: expect.any(Uint8Array) as Uint8Array,
    scopeKeys: [],
    leaseOver: [],
    grants: [],
  });
  expect(chains).toEqual([{ number: 0, hash: 'A'.repeat(43) }]);
  expect(door.session()).toEqual(enrolled.value);
  expect(door.state()).toMatchObject({
    enrolled: true,
    people: [{ ...zhouMin, hasSheet: false }],
    unlocked: zhouMin.id,
  });
  const kept = door.inside();
  door.lock();
  expect([door.session(), door.inside(), kept?.ownKey.every((byte) => byte === 0)]).toEqual([
    undefined,
    undefined,
    true,
  ]);
  expect(door.state()).not.toHaveProperty('unlocked');
  expect(await door.unlock(entering)).toEqual(enrolled);
  expect(entered).toBe(2);
});

it('gives the page neither user key, refresh token nor any private key', async () => {
  const session = await enrol();
  const device = keys.enrolled()?.device.id ?? '';
  const userKey = door.inside()?.userKeyBox() ?? '';
  await district.keys(device, zhouMin.id, { offers: [], userKey });
  const escrowed = Buffer.from(district.userKeys.get(`${device}|${zhouMin.id}`) ?? []);
  expect(escrowed).toHaveLength(32);
  const text = JSON.stringify([session, door.state()], (_, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
  );
  expect(text).toContain(Buffer.from(door.inside()?.ownKey ?? []).toString('hex'));
  expect(text).not.toContain(escrowed.toString('hex'));
  expect(text).not.toMatch(/refresh|MIGHAgEAMBM|PRIVATE/);
});

it('S13: switching to a colleague wipes who was in before', async () => {
  await enrol();
  const zhou = door.inside();
  person = chenGuodong;
  const joined = await enrol({ code: 'CHEN234567', passphrase: another });
  expect(joined).toMatchObject({ ok: true, value: { person: chenGuodong } });
  expect(requests[1]?.device).toEqual({ id: keys.enrolled()?.device.id, key: keys.device.publicKey() });
  expect(door.state()).toMatchObject({
    people: [{ name: '周敏' }, { name: '陈国栋' }],
    unlocked: chenGuodong.id,
  });
  expect(zhou?.ownKey.every((byte) => byte === 0)).toBe(true);
  expect(() => zhou?.signing.sign('x')).toThrow('locked');
});

it('asks again in the same words when the answer was lost, however the code is typed, also after a restart', async () => {
  instead = (response) => response.destroy();
  expect(await enrol({ code: 'abcde-12345' })).toEqual(refused('unreachable'));
  door = doorOver(await computer.open());
  expect(await enrol({ code: 'ＡBCDE 12345' })).toMatchObject({ ok: true });
  expect(requests[1]).toEqual(requests[0]);
});

describe('coming back', () => {
  const escrowed = async (): Promise<Uint8Array> => {
    await enrol();
    const userKey = door.inside()?.userKeyBox() ?? '';
    await district.keys(keys.enrolled()?.device.id ?? '', zhouMin.id, { offers: [], userKey });
    const { ownKey } = door.inside() ?? {};
    return Uint8Array.from(ownKey ?? []);
  };

  it('after a forgotten PIN, with code and password: the same keys, and the password is no part of what is signed', async () => {
    const ownKey = await escrowed();
    door.lock();
    instead = (response) => json(response, 403, { error: 'password-wrong', retry: false });
    const back = { code: 'BACK234567', passphrase: another, password: 'wrong' };
    expect(await enrol(back)).toEqual(refused('password-wrong'));
    expect(await enrol({ ...back, password: 'right' })).toMatchObject({ ok: true, value: { ownKey } });
    const [, first, second] = requests;
    expect([first?.password, second?.password]).toEqual(['wrong', 'right']);
    expect(second?.signatures).toEqual(first?.signatures);
  });

  it('a password that was changed at the server locks nobody out of the desk', async () => {
    await enrol();
    door.lock();
    stop();
    expect(await door.unlock(entering)).toMatchObject({ ok: true });
  });

  it('after the key store has lost the secret: the computer keeps its name and everybody his keys', async () => {
    keys = await computer.open(keyStoreOf('zhou'));
    door = doorOver(keys);
    const ownKey = await escrowed();
    const device = keys.enrolled()?.device.id;
    keys = await computer.open(noKeyStore);
    door = doorOver(keys);
    expect(door.state()).toMatchObject({ enrolled: false, secretLost: true, people: [] });
    expect(await door.unlock(entering)).toEqual(refused('damaged-keys'));
    expect(await enrol({ code: 'BACK234567', passphrase: another })).toMatchObject({
      ok: true,
      value: { ownKey, device: { id: device } },
    });
    expect(door.state()).toMatchObject({ enrolled: true, secretLost: false });
  });

  it('with keys that no copy tells any more: the door says so', async () => {
    await enrol();
    for (const name of await readdir(computer.profile, { recursive: true })) {
      if (/keys[^/]*json$/.test(name)) await writeFile(`${computer.profile}/${name}`, 'cut off');
    }
    door = doorOver(await computer.open());
    expect(door.state()).toMatchObject({ enrolled: false, keysDamaged: true, people: [] });
  });

  it('with a recovery sheet, without any network', async () => {
    await enrol();
    const made = await door.makeSheet({ passphrase });
    if (!made.ok) throw new Error(made.error.code);
    const { words } = made.value;
    const session = door.session();
    door.lock();
    stop();
    expect(await door.makeSheet({ passphrase })).toEqual(refused('unknown-person'));
    const given = { person: zhouMin.id, words, passphrase: another };
    expect(await door.useSheet({ ...given, passphrase: '123456' })).toEqual(refused('weak-passphrase'));
    expect(await door.useSheet(given)).toEqual({ ok: true, value: session });
    expect(await door.useSheet(given)).toEqual(refused('wrong-sheet'));
  });
});

it('changes the PIN of who is in, and takes no weak one', async () => {
  const given = { old: passphrase, passphrase: another };
  expect(await door.changePassphrase(given)).toEqual(refused('unknown-person'));
  await enrol();
  expect(await door.changePassphrase({ ...given, passphrase: '123456' })).toEqual(refused('weak-passphrase'));
  expect(await door.changePassphrase({ ...given, old: '错' })).toEqual(refused('wrong-passphrase'));
  computer.clocks.wall += 1000;
  expect(await door.changePassphrase(given)).toEqual({ ok: true, value: { changed: true } });
  door.lock();
  expect(await door.unlock({ ...entering, passphrase: another })).toMatchObject({ ok: true });
});

it('lets nobody in at a computer that was revoked', async () => {
  await enrol();
  door.lock();
  revoked = true;
  expect(door.state().revoked).toBe(true);
  const ways = [
    await door.unlock(entering),
    await enrol(),
    await door.useSheet({ ...entering, words: '' }),
    await door.takeAnswer({ passphrase }),
  ];
  expect(ways).toEqual([1, 2, 3, 4].map(() => refused('revoked')));
  expect(requests).toHaveLength(1);
});

it('whoever locks while somebody is coming in finds the desk locked, and everything that was derived is wiped', async () => {
  await enrol();
  door.lock();
  const unlocking = door.unlock(entering);
  door.lock();
  expect(await unlocking).toEqual({ ok: false, error: { code: 'wait', seconds: 1 } });
  expect([entered, turnedAway]).toEqual([1, 1]);
  expect([door.inside(), door.session()]).toEqual([undefined, undefined]);
  expect(await door.unlock(entering)).toMatchObject({ ok: true });
});

it('people come in one after the other: two at once do not make one computer of two districts', async () => {
  const elsewhere = await enrollingDistrict('district_01J00000000000000000000999', '别的区');
  instead = async (response) => {
    const request = requests.at(-1);
    if (request) json(response, 200, await elsewhere.answer(request, chenGuodong), elsewhere.id);
  };
  const [first, second] = await Promise.all([enrol(), enrol({ code: 'CHEN234567' })]);
  expect([first.ok, second]).toEqual([true, refused('other-district')]);
  expect(door.state().people).toMatchObject([chenGuodong]);
});

it('nothing that speaks for a person stays when nobody is in any more', async () => {
  await enrol();
  expect(left).toBe(0);
  door.lock();
  door.lock();
  expect(left).toBe(1);
});

it('nobody comes in before the journal knows where its chain goes on', async () => {
  const full = () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }));
  door = doorOver(keys, { onAdmitted: full });
  expect(await enrol()).toEqual(refused('disk-full'));
  expect([keys.enrolled(), door.inside()]).toEqual([undefined, undefined]);
});

describe('each thing that goes wrong has its own word', () => {
  const error = (status: number, code: string) => (response: ServerResponse) =>
    json(response, status, { error: code, retry: false });
  const cases: readonly (readonly [string, NonNullable<typeof instead>, string])[] = [
    ['a proxy without a district behind it', emptyProxy, 'unreachable'],
    ['a login portal’s page with status 200', portal, 'not-a-district'],
    [
      'a web server’s own 404',
      (response) => void response.writeHead(404, { 'content-type': 'text/html' }).end('no'),
      'not-a-district',
    ],
    ['JSON of something else', (response) => json(response, 200, { hello: 'world' }), 'not-a-district'],
    [
      'an answer of protocol 1',
      (response) => json(response, 200, { device: { id: 'device_1', label: 'D1', token: 'x' } }),
      'not-a-district',
    ],
    [
      'a body named after another district than its header',
      async (response, normal) => json(response, 200, await normal(), 'district_other'),
      'not-a-district',
    ],
    [
      'a district whose key is no point',
      async (response, normal) => {
        const answer = await normal();
        json(response, 200, { ...answer, district: { ...answer.district, publicKey: 'AAAA' } });
      },
      'not-a-district',
    ],
    ['an unknown code', error(404, 'code-unknown'), 'code-unknown'],
    ['a malformed code', error(400, 'malformed'), 'code-unknown'],
    ['a code for another computer', error(401, 'bad-proof'), 'code-unknown'],
    ['a used code', error(409, 'code-used'), 'code-used'],
    ['an expired code', error(410, 'code-expired'), 'code-expired'],
    ['too many tries', error(429, 'too-many-tries'), 'too-many-tries'],
    ['a wrong password', error(403, 'password-wrong'), 'password-wrong'],
    ['a revoked computer', error(401, 'revoked'), 'revoked'],
    ['a computer in quarantine', error(409, 'quarantined'), 'quarantined'],
    ['a future protocol', error(400, 'unsupported-protocol'), 'unsupported-protocol'],
    ['a disabled person', error(403, 'forbidden'), 'unknown-person'],
    ['a fault there', error(500, 'internal'), 'unreachable'],
  ];
  for (const [name, answer, code] of cases)
    it(`${name}: ${code}`, async () => {
      instead = answer;
      expect(await enrol()).toEqual(refused(code));
      expect([door.state().enrolled, door.inside(), chains]).toEqual([false, undefined, []]);
    });

  it('an address where nobody answers, and one that is no HTTP: unreachable', async () => {
    const mute = createSocket((socket) => socket.end('220 mail\r\n')).listen(0, '127.0.0.1');
    await new Promise((ready) => mute.once('listening', ready));
    const { port } = mute.address() as AddressInfo;
    expect(await enrol({ address: 'http://127.0.0.1:9' })).toEqual(refused('unreachable'));
    expect(await enrol({ address: `http://127.0.0.1:${port}` })).toEqual(refused('unreachable'));
    mute.close();
  });

  it('a malformed address, an empty code or a weak passphrase, before the code is spent', async () => {
    expect(await enrol({ address: '区里的服务器' + ' ?' })).toEqual(refused('malformed-address'));
    expect(await enrol({ code: ' - ' })).toEqual(refused('code-unknown'));
    expect(await enrol({ passphrase: '135792' })).toEqual(refused('weak-passphrase'));
    expect(requests).toEqual([]);
  });

  it('another district, another computer, or the same with another key: other-district, and the first stays', async () => {
    await enrol();
    door.lock();
    const point = (await enrollingDistrict()).publicKey;
    const changes: readonly ((answer: EnrolResponse) => EnrolResponse)[] = [
      (answer) => ({ ...answer, district: { ...answer.district, id: 'district_other' } }),
      (answer) => ({ ...answer, district: { ...answer.district, publicKey: point } }),
      (answer) => ({ ...answer, district: { ...answer.district, signingKey: point } }),
      (answer) => ({ ...answer, device: { ...answer.device, id: 'device_other' } }),
    ];
    for (const change of changes) {
      instead = async (response, normal) => {
        const other = change(await normal());
        json(response, 200, other, other.district.id);
      };
      expect(await enrol()).toEqual(refused('other-district'));
    }
    instead = (response) => json(response, 409, { error: 'wrong-district', retry: false }, 'district_other');
    expect(await enrol()).toEqual(refused('other-district'));
    expect(await door.unlock(entering)).toMatchObject({ ok: true });
  });

  it('a stranger in the district’s name, when the secret that sealed everything is lost: the keys stay pinned', async () => {
    keys = await computer.open(keyStoreOf('zhou'));
    door = doorOver(keys);
    await enrol();
    door = doorOver(await computer.open(noKeyStore));
    const point = (await enrollingDistrict()).publicKey;
    for (const key of ['publicKey', 'signingKey'] as const) {
      instead = async (response, normal) => {
        const { district: named, ...rest } = await normal();
        json(response, 200, { ...rest, district: { ...named, [key]: point } });
      };
      expect(await enrol({ code: 'BACK234567' })).toEqual(refused('other-district'));
    }
    expect(await enrol({ code: 'BACK234567' })).toMatchObject({ ok: true });
  });

  it('a wrong passphrase', async () => {
    await enrol();
    door.lock();
    expect(await door.unlock({ ...entering, passphrase: '错' })).toEqual(refused('wrong-passphrase'));
    expect(await door.unlock(entering)).toEqual({ ok: false, error: { code: 'wait', seconds: 1 } });
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
