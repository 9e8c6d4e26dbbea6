import { readFile } from 'node:fs/promises';
import { beforeEach, expect, it } from 'vitest';
import { enrollingDistrict, type EnrollingDistrict } from '../testing/enrolling-district.ts';
import { chenGuodong, zhouMin } from '../testing/envelopes.ts';
import { comeIn, quickComputer, type QuickComputer } from '../testing/quick-keys.ts';
import { keyFilesIn } from './key-file.ts';
import type { Keys, Ring } from './key-types.ts';
import { wrappingOf } from './user-key.ts';

const passphrase = '弄堂口的梧桐树下有三张椅子';
let computer: QuickComputer;
let district: EnrollingDistrict;
let keys: Keys;
beforeEach(async () => {
  computer = await quickComputer();
  district = await enrollingDistrict();
  keys = await computer.open();
});

const ringKey = (scope: string, id: string, escrowed = true) => ({
  scope,
  id: `k_${id.repeat(16)}`,
  key: new Uint8Array(32).fill(Number(id)),
  leaseDays: 30,
  escrowed,
});
const ringOf = async (person = zhouMin): Promise<Ring> =>
  (await comeIn(keys, district, person, passphrase, `CODE${person.id.slice(-6)}`)).ring;
const ids = (ring: Ring) => ring.keys().open.map(({ id }) => id.slice(2, 3));

it('a key is gone when the last person on this computer has left its scope', async () => {
  const zhou = await ringOf(zhouMin);
  const chen = await ringOf(chenGuodong);
  await zhou.admit([ringKey('310104007001/casework', '1'), ringKey('person/x', '2')]);
  await chen.admit([ringKey('310104007001/casework', '1')]);
  expect(await zhou.leave(['310104007001/casework', 'person/x', 'readers/unknown'])).toEqual([
    `k_${'2'.repeat(16)}`,
  ]);
  expect([ids(zhou), ids(chen)]).toEqual([[], ['1']]);
  expect(await chen.leave(['310104007001/casework'])).toEqual([`k_${'1'.repeat(16)}`]);
  expect(await chen.leave(['310104007001/casework'])).toEqual([]);
});

it('a key that was left is destroyed, in memory and on disk', async () => {
  const zhou = await ringOf();
  await zhou.admit([ringKey('readers/m', '1', false)]);
  const [held] = zhou.unescrowed();
  expect(held?.key.every((byte) => byte === 1)).toBe(true);
  await zhou.leave(['readers/m']);
  expect(held?.key.every((byte) => byte === 0)).toBe(true);
  for (const path of keyFilesIn(computer)) expect(await readFile(path, 'utf8')).not.toContain('k_1111');
});

it('a key that arrives while its owner locks stays on disk for the next time, and in no memory', async () => {
  const zhou = await comeIn(keys, district, zhouMin, passphrase);
  const arriving = zhou.ring.admit([ringKey('readers/m', '1')]);
  await Promise.resolve();
  zhou.wipe();
  await arriving.catch(() => undefined);
  expect([ids(zhou.ring), zhou.ring.unescrowed()]).toEqual([[], []]);
});

it('a user key opens what it has wrapped only where it belongs: device, person, place', () => {
  const userKey = Buffer.alloc(32, 5);
  const wrapped = wrappingOf(userKey, 'device_1', 'person_1').wrap(Buffer.from('secret'), 'signing');
  const opened = (device: string, person: string, what: string) =>
    wrappingOf(userKey, device, person).unwrap(wrapped, what)?.toString();
  expect([
    opened('device_1', 'person_1', 'signing'),
    opened('device_2', 'person_1', 'signing'),
    opened('device_1', 'person_2', 'signing'),
    opened('device_1', 'person_1', 'exchange'),
  ]).toEqual(['secret', undefined, undefined, undefined]);
});

it('what was left is still to be told after a restart, once', async () => {
  const zhou = await ringOf();
  await zhou.admit([ringKey('310104007001/casework', '1'), ringKey('person/x', '2')]);
  await zhou.leave(['person/x']);
  await zhou.leave(['310104007001/casework']);
  keys = await computer.open();
  const again = await keys.unlock({ person: zhouMin.id, passphrase });
  if (!again.ok) throw new Error(again.error.code);
  const { ring } = again.value;
  expect([ids(ring), ring.left()]).toEqual([[], ['person/x', '310104007001/casework']]);
  await ring.toldLeft(['person/x']);
  expect(ring.left()).toEqual(['310104007001/casework']);
  await ring.toldLeft(ring.left());
  expect(ring.left()).toEqual([]);
});

it('of two keys of one scope the one that the district knows comes last', async () => {
  const zhou = await ringOf();
  await zhou.admit([ringKey('readers/m', '1')]);
  await zhou.admit([ringKey('readers/m', '2', false)]);
  expect([ids(zhou), zhou.unescrowed().length]).toEqual([['2', '1'], 1]);
  await zhou.admit([ringKey('readers/m', '2')]);
  expect([ids(zhou), zhou.unescrowed()]).toEqual([['1', '2'], []]);
});

it('what it gives out is a copy, and so is what it takes in', async () => {
  const zhou = await ringOf();
  const given = ringKey('readers/m', '1');
  await zhou.admit([given]);
  given.key.fill(0);
  zhou.keys().open[0]?.key.fill(0);
  expect(zhou.keys().open[0]?.key).toEqual(new Uint8Array(32).fill(1));
});

it('changes of several people at once lose none', async () => {
  const zhou = await ringOf(zhouMin);
  const chen = await ringOf(chenGuodong);
  await Promise.all([
    zhou.admit([ringKey('person/x', '1')]),
    chen.admit([ringKey('person/y', '2')]),
    keys.device.keepRefresh('refresh-later', keys.device.refresh() ?? ''),
    zhou.admit([ringKey('person/z', '3')]),
  ]);
  keys = await computer.open();
  const open = async (person: string) => {
    const result = await keys.unlock({ person, passphrase });
    return result.ok ? ids(result.value.ring) : result.error.code;
  };
  expect(await open(zhouMin.id)).toEqual(['1', '3']);
  expect(await open(chenGuodong.id)).toEqual(['2']);
  expect(keys.device.refresh()).toBe('refresh-later');
});
