import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Operation } from '../../../shared/core/operation.ts';
import { keysOf } from '../../../server/keys.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { createWebVault } from './web-vault.ts';

const district = keysOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
const opening = {
  userKey: new Uint8Array(32).fill(7),
  device: 'device_00000000000000000000000001',
  store: 'district_1/person_1',
  districtKey: district.publicKey,
};
const place = { scope: 3, kind: 'blocks', id: 'b1', version: 1 };
const operation: Operation = {
  v: 1,
  id: 'operation_00000000000000000000000001',
  kind: 'create',
  entity: 'matter',
  version: 1,
  record: 'matter_00000000000000000000000001',
  author: 'person_00000000000000000000000001',
  device: opening.device,
  at: '2026-11-23T01:00:00.000Z',
  basis: { epoch: 'epoch_1', seq: 0 },
  after: [],
  area: '310104007001',
  set: { subject: '楼上漏水𠮷' },
};

test('a row opens only at its own place, in its own store, under its own key', async () => {
  const vault = await createWebVault(opening);
  const sealed = await vault.seal('周敏', place);
  const other = await createWebVault({ ...opening, store: 'district_1/person_2' });
  const stranger = await createWebVault({ ...opening, userKey: new Uint8Array(32).fill(8) });
  const flipped = Uint8Array.from(sealed, (byte, index) => (index === 20 ? byte ^ 1 : byte));
  expect([
    await vault.open(sealed, place),
    await vault.open(sealed, { ...place, scope: 4 }),
    await vault.open(sealed, { ...place, kind: 'changes' }),
    await vault.open(sealed, { ...place, id: 'b2' }),
    await vault.open(sealed, { ...place, version: 2 }),
    await vault.open(flipped, place),
    await vault.open(sealed.slice(0, 9), place),
    await other.open(sealed, place),
    await stranger.open(sealed, place),
  ]).toEqual(['周敏', ...Array.from({ length: 8 }, () => undefined)]);
});

test('the same text never seals to the same bytes', async () => {
  const vault = await createWebVault(opening);
  expect(await vault.seal('周敏', place)).not.toEqual(await vault.seal('周敏', place));
});

test('an envelope opens at the district and in a later session of its author, and nowhere else', async () => {
  const envelope = await (await createWebVault(opening)).sealOperation(operation);
  expect(JSON.stringify(envelope)).not.toContain(toBase64(new TextEncoder().encode('楼上漏水')).slice(0, 12));
  const atDistrict = await district.open(envelope);
  expect(JSON.parse(new TextDecoder().decode(atDistrict))).toEqual(operation);
  expect(await (await createWebVault(opening)).openOperation(envelope)).toEqual(operation);

  const stranger = await createWebVault({ ...opening, userKey: new Uint8Array(32).fill(8) });
  expect(await stranger.openOperation(envelope)).toBeUndefined();
  const elsewhere = keysOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
  expect(await elsewhere.open(envelope)).toBeUndefined();
  const renamed = { ...envelope, id: 'operation_00000000000000000000000002' };
  expect([
    await (await createWebVault(opening)).openOperation(renamed),
    await district.open(renamed),
  ]).toEqual([undefined, undefined]);
});

test('base64 there and back, for lengths around a piece', () => {
  for (const length of [0, 1, 2, 3, 0x7fff, 0x8000, 0x8001, 100_000]) {
    const bytes = Uint8Array.from({ length }, (_, index) => index % 251);
    expect(fromBase64(toBase64(bytes))).toEqual(bytes);
    expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
  }
});
