import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
} from 'node:crypto';
import { expect, test } from 'vitest';
import type { Operation } from '../../../shared/core/operation.ts';
import { envelopeSchema, type Envelope } from '../../../shared/protocol/envelope.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { createWebVault } from './web-vault.ts';

const DEVICE = 'device_00000000000000000000000001';
const ZHOU = 'person_00000000000000000000000001';
const LI = 'person_00000000000000000000000002';
const CASEWORK = '310104007001/casework';
const RESIDENTS = '310104007001/residents';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pointOf = (key: typeof publicKey): string => {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  return Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]).toString(
    'base64',
  );
};
const key = (byte: number): Uint8Array<ArrayBuffer> => new Uint8Array(32).fill(byte);
const scopeKey = (scope: string, byte: number) => ({
  scope,
  id: `k_${String(byte).padStart(16, '0')}`,
  key: key(byte),
});
const casework = scopeKey(CASEWORK, 1);
const residents = scopeKey(RESIDENTS, 2);

const opening = {
  person: ZHOU,
  ownKey: key(7),
  scopeKeys: [casework, residents],
  device: DEVICE,
  store: 'district_1',
  districtKey: pointOf(publicKey),
};
const zhou = () => createWebVault(opening);
const li = (scopeKeys: readonly ReturnType<typeof scopeKey>[]) =>
  createWebVault({ ...opening, person: LI, ownKey: key(8), scopeKeys });

const place = { key: casework.id, kind: 'blocks', id: 'b1', version: 1 };
const operation: Operation = {
  v: 1,
  id: 'operation_00000000000000000000000001',
  kind: 'create',
  entity: 'matter',
  version: 1,
  record: 'matter_00000000000000000000000001',
  author: ZHOU,
  device: DEVICE,
  at: '2026-11-23T01:00:00.000Z',
  basis: { epoch: 'epoch_1', seq: 0 },
  after: [],
  area: '310104007001',
  set: { subject: '楼上漏水𠮷' },
};

test('a row opens only at its own place, in its own store, under its own key', async () => {
  const vault = await zhou();
  const sealed = await vault.seal('周敏', place);
  const otherStore = await createWebVault({ ...opening, store: 'district_2' });
  const otherKey = await createWebVault({ ...opening, scopeKeys: [{ ...casework, key: key(3) }] });
  const flipped = Uint8Array.from(sealed, (byte, index) => (index === 20 ? byte ^ 1 : byte));
  expect([
    await vault.open(sealed, place),
    await vault.open(sealed, { ...place, key: residents.id }),
    await vault.open(sealed, { ...place, key: ZHOU }),
    await vault.open(sealed, { ...place, kind: 'changes' }),
    await vault.open(sealed, { ...place, id: 'b2' }),
    await vault.open(sealed, { ...place, version: 2 }),
    await vault.open(flipped, place),
    await vault.open(sealed.slice(0, 9), place),
    await otherStore.open(sealed, place),
    await otherKey.open(sealed, place),
    await (await li([residents])).open(sealed, place),
  ]).toEqual(['周敏', ...Array.from({ length: 10 }, () => undefined)]);
  expect(await (await li([casework])).open(sealed, place)).toBe('周敏');
});

test('what is one’s own opens for nobody else, whatever scopes they read', async () => {
  const own = { ...place, key: ZHOU };
  const sealed = await (await zhou()).seal('草稿', own);
  expect(await (await zhou()).open(sealed, own)).toBe('草稿');
  expect(await (await li([casework, residents])).open(sealed, own)).toBeUndefined();
});

test('the same text never seals to the same bytes', async () => {
  const vault = await zhou();
  expect(await vault.seal('周敏', place)).not.toEqual(await vault.seal('周敏', place));
});

test('texts of different lengths lie in rows of the same size, and come back as they were', async () => {
  const vault = await zhou();
  const texts = ['', '周', '周敏\u0080', 'x'.repeat(255), 'x'.repeat(256), '𠮷'.repeat(64)];
  const rows = await Promise.all(texts.map((text) => vault.seal(text, place)));
  expect(rows.map(({ length }) => length - 28)).toEqual([256, 256, 256, 256, 512, 512]);
  expect(await Promise.all(rows.map((row) => vault.open(row, place)))).toEqual(texts);
});

/** A row for `place`, made by hand. */
function sealedBy(key: Uint8Array, plain: Buffer): Uint8Array {
  const secret = Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), 'linli/store/2', 32));
  const cipher = createCipheriv('aes-256-gcm', secret, Buffer.alloc(12));
  cipher.setAAD(Buffer.from(['linli/store/2', opening.store, place.key, place.kind, place.id, 1].join('|')));
  const sealed = [Buffer.alloc(12), cipher.update(plain), cipher.final(), cipher.getAuthTag()];
  return new Uint8Array(Buffer.concat(sealed));
}

test('much is pressed before it is sealed, and what is none of this app’s sealing does not open', async () => {
  const vault = await zhou();
  const much = '楼上漏水，双方约定下周三再谈。'.repeat(2_000);
  const sealed = await vault.seal(much, place);
  expect([sealed.length < 4_096, await vault.open(sealed, place)]).toEqual([true, much]);
  // As whoever has the key may have sealed it: marked as pressed, and nothing that could be unfolded.
  expect(await vault.open(sealedBy(casework.key, Buffer.of(1, 9, 9, 0x80)), place)).toBeUndefined();
  expect(await vault.open(sealedBy(casework.key, Buffer.of(0x61, 0x80)), place)).toBe('a');
});

test('keys come and go: the latest of a scope seals, all of it open, and none after it is forgotten', async () => {
  const vault = await zhou();
  const before = await vault.seal('先', place);
  const renewed = scopeKey(CASEWORK, 9);
  await vault.admit([renewed]);
  expect([vault.keyOf(CASEWORK), vault.scopeOf(casework.id), vault.scopeOf(renewed.id)]).toEqual([
    renewed.id,
    CASEWORK,
    CASEWORK,
  ]);
  const after = await vault.seal('后', { ...place, key: renewed.id });
  expect(await vault.open(before, place)).toBe('先');
  vault.forget([CASEWORK]);
  expect([
    vault.scopes(),
    vault.keyOf(CASEWORK),
    vault.scopeOf(casework.id),
    await vault.open(before, place),
    await vault.open(after, { ...place, key: renewed.id }),
  ]).toEqual([[RESIDENTS], undefined, undefined, undefined, undefined]);
  await expect(vault.seal('再', place)).rejects.toThrow();
});

test('an envelope is what shared/protocol/envelope.ts says, read by hand', async () => {
  const envelope = await (await zhou()).sealOperation(operation, CASEWORK);
  expect(envelopeSchema.parse(envelope)).toEqual(envelope);
  const content = openByHand(envelope);
  const [salt, text] = [content.subarray(0, 16), content.subarray(16)];
  expect(JSON.parse(text.toString())).toEqual(operation);
  const commitment = Buffer.concat([Buffer.from('linli/commitment/1|'), salt, sha256(text)]);
  expect(envelope.commitment).toBe(sha256(commitment).toString('base64url'));
  expect(envelope.forScope?.key).toBe(casework.id);
  expect(JSON.stringify(envelope)).not.toContain(toBase64(new TextEncoder().encode('楼上漏水')).slice(0, 12));
});

test('an envelope opens for its author without the scope, for the scope’s readers, and for nobody else', async () => {
  const envelope = await (await zhou()).sealOperation(operation, CASEWORK);
  const authorAlone = await createWebVault({ ...opening, scopeKeys: [] });
  expect([
    await (await zhou()).openOperation(envelope),
    await authorAlone.openOperation(envelope),
    await (await li([casework])).openOperation(envelope),
    await (await li([residents])).openOperation(envelope),
    await (await createWebVault({ ...opening, ownKey: key(8), scopeKeys: [] })).openOperation(envelope),
  ]).toEqual([operation, operation, operation, undefined, undefined]);
});

test('without a key of the scope an envelope is for its author and the district alone', async () => {
  for (const scope of [undefined, '310104007002/casework']) {
    const envelope = await (await zhou()).sealOperation(operation, scope);
    expect(envelope.forScope).toBeUndefined();
    expect(await (await zhou()).openOperation(envelope)).toEqual(operation);
    expect(await (await li([casework, residents])).openOperation(envelope)).toBeUndefined();
  }
});

test('S13 an envelope that was changed, renamed, or given another author, device or commitment does not open', async () => {
  const envelope = await (await zhou()).sealOperation(operation, CASEWORK);
  const flipped = (text: string): string =>
    `${text.slice(0, 20)}${text[20] === 'A' ? 'B' : 'A'}${text.slice(21)}`;
  const noAuthor = { ...envelope, forAuthor: flipped(envelope.forAuthor) };
  expect(await (await zhou()).openOperation(noAuthor)).toEqual(operation);
  const other = await (await zhou()).sealOperation({ ...operation, set: {} }, CASEWORK);
  const changed: readonly Envelope[] = [
    { ...envelope, id: 'operation_00000000000000000000000002' },
    { ...envelope, device: 'device_00000000000000000000000002' },
    { ...envelope, author: LI },
    { ...envelope, content: flipped(envelope.content) },
    { ...envelope, content: 'AAAA' },
    { ...envelope, content: 'AAAAA' },
    { ...envelope, content: other.content },
    { ...envelope, commitment: other.commitment },
    { ...noAuthor, forScope: { key: casework.id, wrapped: flipped(envelope.forScope?.wrapped ?? '') } },
    { ...noAuthor, forScope: { key: residents.id, wrapped: envelope.forScope?.wrapped ?? '' } },
  ];
  const vaults = [await zhou(), await li([casework])];
  for (const vault of vaults)
    expect(await Promise.all(changed.map(vault.openOperation))).toEqual(changed.map(() => undefined));
});

test('S13 what is sealed in another’s name does not open, though every seal fits', async () => {
  const forged = await (
    await zhou()
  ).sealOperation({ ...operation, author: LI, device: 'device_2' }, CASEWORK);
  expect(await (await zhou()).openOperation(forged)).toBeUndefined();
});

test('base64 there and back, for lengths around a piece', () => {
  for (const length of [0, 1, 2, 3, 0x7fff, 0x8000, 0x8001, 100_000]) {
    const bytes = Uint8Array.from({ length }, (_, index) => index % 251);
    expect(fromBase64(toBase64(bytes))).toEqual(bytes);
    expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
  }
});

const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();

/** The district's way, written from the format and from nothing else: salt and JSON. */
function openByHand({ device, author, id, session, forDistrict, content }: Envelope): Buffer {
  const point = Buffer.from(session, 'base64');
  const part = (from: number): string => point.subarray(from, from + 32).toString('base64url');
  const jwk = { kty: 'EC', crv: 'P-256', x: part(1), y: part(33) };
  const secret = diffieHellman({ privateKey, publicKey: createPublicKey({ key: jwk, format: 'jwk' }) });
  const wrapper = Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), 'linli/entry/2', 32));
  const data = `linli/entry/2|${device}|${author}|${id}`;
  return gcm(gcm(wrapper, forDistrict, data), content, data);
}

function gcm(secret: Buffer, text: string, data: string): Buffer {
  const sealed = Buffer.from(text, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', secret, sealed.subarray(0, 12));
  decipher.setAAD(Buffer.from(data)).setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
}
