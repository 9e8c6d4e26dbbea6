import { beforeEach, describe, expect, it } from 'vitest';
import { fingerprintOf } from '../shared/protocol/fingerprint.ts';
import { enrolmentRequestFile, type EnrolmentAnswerFile } from '../shared/protocol/enrolment.ts';
import { enrolmentAnswerText } from '../shared/protocol/signing.ts';
import { createDoor, type Door } from './door.ts';
import type { Keys } from './native/key-types.ts';
import { sha256 } from './native/signing.ts';
import { DEFAULT_SETTINGS } from './native/settings.ts';
import { enrollingDistrict, rawPoint, type EnrollingDistrict } from './testing/enrolling-district.ts';
import { chenGuodong, zhouMin } from './testing/envelopes.ts';
import { quickComputer, type QuickComputer } from './testing/quick-keys.ts';

const passphrase = '弄堂口的梧桐树下有三张椅子';
const expiresAt = '2026-03-09T01:00:00.000Z';
let computer: QuickComputer;
let district: EnrollingDistrict;
let keys: Keys;
let door: Door;
let saved: Uint8Array | undefined;
let picked: Uint8Array | undefined;

const doorOver = (present: Keys): Door =>
  createDoor({
    keys: present,
    ask: () => Promise.reject(new Error('There is no network here')),
    appVersion: '0.1.0',
    settings: () => DEFAULT_SETTINGS,
    revoked: () => false,
    onAdmitted: () => Promise.resolve(),
    onEnter: () => undefined,
    onLeave: () => undefined,
    onTurnedAway: () => undefined,
    files: {
      save: ({ name, bytes }) => {
        saved = bytes;
        return Promise.resolve(name);
      },
      open: () => Promise.resolve(picked),
    },
    now: () => computer.clocks.wall,
  });

beforeEach(async () => {
  computer = await quickComputer();
  district = await enrollingDistrict();
  keys = await computer.open();
  door = doorOver(keys);
  [saved, picked] = [undefined, undefined];
});

async function requested() {
  expect(await door.requestFile()).toEqual({ saved: '邻里台账登记申请.json' });
  return enrolmentRequestFile.parse(JSON.parse(Buffer.from(saved ?? []).toString())).request;
}
async function answered(
  person = zhouMin,
  from = district,
  address = 'https://10.1.2.3',
): Promise<EnrolmentAnswerFile> {
  const file = await from.answerFile(await requested(), person, { address, expiresAt });
  picked = Buffer.from(JSON.stringify(file));
  return file;
}
const refused = (code: string) => ({ ok: false, error: { code } });

it('enrols a desk that never meets a network, with days and a restart between request and answer', async () => {
  await answered();
  computer.clocks.wall += 6 * 86_400_000;
  keys = await computer.open();
  door = doorOver(keys);
  const fingerprint = fingerprintOf(sha256(Buffer.from(district.signingKey, 'base64')));
  expect(fingerprint).toMatch(/^(\d{4} ){7}\d{4}$/);
  expect(await door.readAnswer()).toEqual({
    ok: true,
    value: { person: '周敏', district: '徐汇区', fingerprint },
  });
  expect(door.state().enrolled).toBe(false);
  expect(await door.takeAnswer({ passphrase: '短' })).toEqual(refused('weak-passphrase'));
  expect(await door.takeAnswer({ passphrase })).toMatchObject({ ok: true, value: { person: zhouMin } });
  expect(door.state()).toMatchObject({
    enrolled: true,
    unlocked: zhouMin.id,
    district: { address: 'https://10.1.2.3' },
  });
  // The same answer a second time has no request any more.
  expect(await door.readAnswer()).toEqual(refused('not-an-answer'));
  expect(await door.takeAnswer({ passphrase })).toEqual(refused('not-an-answer'));
});

it('lets a colleague join in the same way, at the same device', async () => {
  await answered();
  await door.readAnswer();
  await door.takeAnswer({ passphrase });
  expect((await requested()).device).toEqual({
    id: keys.enrolled()?.device.id,
    key: keys.device.publicKey(),
  });
  await answered(chenGuodong, district, 'https://10.9.9.9');
  await door.readAnswer();
  expect(await door.takeAnswer({ passphrase: '陈国栋自己记得住的一句话啊' })).toMatchObject({ ok: true });
  expect(door.state().people.map(({ name }) => name)).toEqual(['周敏', '陈国栋']);
  // The address by which the computer has always reached the district stays.
  expect(door.state().district?.address).toBe('https://10.1.2.3');
});

it('takes no address from a file that it would not take from a person', async () => {
  await answered(zhouMin, district, 'http://taizhang.example.sh.cn/path');
  await door.readAnswer();
  expect(await door.takeAnswer({ passphrase })).toMatchObject({ ok: true });
  expect(door.state().district?.address).toBe('');
});

describe('is no answer', () => {
  const write = (file: unknown) => {
    picked = Buffer.from(typeof file === 'string' ? file : JSON.stringify(file));
  };

  it('to this computer when it was made for another, or is something else altogether', async () => {
    await answered();
    const other = await quickComputer();
    const elsewhere = doorOver(await other.open());
    expect(await elsewhere.readAnswer()).toEqual(refused('not-an-answer'));
    for (const file of ['', '{}', '<html>', '[1]', 'x'.repeat(70_000), Buffer.from(saved ?? []).toString()]) {
      write(file);
      expect(await door.readAnswer()).toEqual(refused('not-an-answer'));
    }
    expect(door.state().enrolled).toBe(false);
  });

  it('when a single character of it was changed, or another district signed it', async () => {
    const file = await answered();
    const { signingKey } = await enrollingDistrict();
    const flipped = (text: string, at: number) =>
      `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
    const forged = [
      { ...file, signingKey },
      { ...file, signature: flipped(file.signature, 10) },
      ...[5, 100, 400, file.sealed.length - 8].map((at) => ({ ...file, sealed: flipped(file.sealed, at) })),
    ];
    for (const one of forged) {
      write(one);
      expect(await door.readAnswer()).toEqual(refused('not-an-answer'));
    }
    write(file);
    expect(await door.readAnswer()).toMatchObject({ ok: true });
  });

  it('that somebody in between has signed anew: what is sealed names the district’s own key', async () => {
    const file = await answered();
    const { subtle } = globalThis.crypto;
    const pair = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign']);
    const text = Buffer.from(enrolmentAnswerText(sha256(file.sealed).toString('base64url')));
    const signature = await subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, text);
    write({
      ...file,
      signingKey: await rawPoint(pair.publicKey),
      signature: Buffer.from(signature).toString('base64url'),
    });
    expect(await door.readAnswer()).toEqual(refused('not-an-answer'));
  });

  it('after its seven days, from another district, or where nobody picked a file', async () => {
    await answered();
    computer.clocks.wall = Date.parse(expiresAt);
    expect(await door.readAnswer()).toEqual(refused('answer-expired'));
    computer.clocks.wall -= 1;
    await door.readAnswer();
    await door.takeAnswer({ passphrase });
    await answered(chenGuodong, await enrollingDistrict('district_01J00000000000000000000112', '闵行区'));
    expect(await door.readAnswer()).toEqual(refused('other-district'));
    await answered(chenGuodong, await enrollingDistrict());
    expect(await door.readAnswer()).toEqual(refused('other-district'));
    picked = undefined;
    expect(await door.readAnswer()).toEqual({ ok: true, value: undefined });
  });
});
