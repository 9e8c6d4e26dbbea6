import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { escrowOf, userKeyEscrowOf } from '../shared/protocol/sealed-box.ts';
import { keysOf, loadKeys, newPrivateKey } from './keys.ts';
import { isSigned, newReceiver, newSigner, sealBox } from './testing/desk-keys.ts';
import { createSeal } from './testing/seal.ts';
import { createPen } from './testing/village.ts';

const pen = createPen('device-1');
const newKeys = () => keysOf({ exchange: newPrivateKey(), signing: newPrivateKey() });
const flipped = (text: string, at = 20) =>
  `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;

describe('the district’s keys', () => {
  it('open what a desk sealed with WebCrypto, byte for byte, behind sixteen bytes of salt', async () => {
    const keys = newKeys();
    const operation = pen.create('𠮷先生家漏水');
    const opened = await keys.open(await (await createSeal(keys.publicKey))(operation));
    expect(
      Buffer.from(opened ?? [])
        .subarray(16)
        .toString(),
    ).toBe(JSON.stringify(operation));
  });

  it('open nothing of what was changed, renamed, moved to another device or author, or sealed to another district', async () => {
    const keys = newKeys();
    const envelope = await (await createSeal(keys.publicKey))(pen.create('漏水'));
    const forged = [
      { ...envelope, content: flipped(envelope.content) },
      { ...envelope, forDistrict: flipped(envelope.forDistrict) },
      { ...envelope, session: flipped(envelope.session) },
      { ...envelope, session: 'AAAA' },
      { ...envelope, content: 'AAAA' },
      { ...envelope, id: pen.id('operation') },
      { ...envelope, device: 'device-2' },
      { ...envelope, author: 'person-2' },
    ];
    expect(await Promise.all(forged.map((one) => keys.open(one)))).toEqual(forged.map(() => undefined));
    expect(await newKeys().open(envelope)).toBeUndefined();
  });

  it('open a sealed box for its own purpose only, and seal boxes that a desk opens', async () => {
    const keys = newKeys();
    const secret = new Uint8Array(32).fill(7);
    const box = await sealBox(secret, keys.publicKey, 'linli/escrow/1', ['device-1', 'scope', 'k_1']);
    expect(keys.openBox(box, escrowOf('device-1', 'scope', 'k_1'))).toEqual(secret);
    for (const purpose of [
      escrowOf('device-2', 'scope', 'k_1'),
      escrowOf('device-1', 'other', 'k_1'),
      escrowOf('device-1', 'scope', 'k_2'),
      userKeyEscrowOf('device-1', 'scope'),
    ]) {
      expect(keys.openBox(box, purpose)).toBeUndefined();
    }
    for (let at = 0; at < box.length - 1; at += 7) {
      expect(keys.openBox(flipped(box, at), escrowOf('device-1', 'scope', 'k_1'))).toBeUndefined();
    }
    const receiver = await newReceiver();
    const bound = ['device-1', 'scope', 'k_1'];
    const back = keys.sealBox(secret, receiver.point, escrowOf('device-1', 'scope', 'k_1')) ?? '';
    expect(await receiver.open(back, 'linli/escrow/1', bound)).toEqual(secret);
    await expect((await newReceiver()).open(back, 'linli/escrow/1', bound)).rejects.toThrow();
    expect(keys.sealBox(secret, 'AAAA', escrowOf('device-1', 'scope', 'k_1'))).toBeUndefined();
  });

  it('sign what a desk verifies, and verify what a desk signed', async () => {
    const keys = newKeys();
    const signer = await newSigner();
    const signature = await signer.sign('您好');
    expect(keys.verify('您好', signature, signer.point)).toBe(true);
    expect(keys.verify('您好。', signature, signer.point)).toBe(false);
    expect(keys.verify('您好', signature, (await newSigner()).point)).toBe(false);
    expect(keys.verify('您好', signature, 'AAAA')).toBe(false);
    expect(keys.verify('您好', 'A'.repeat(86), signer.point)).toBe(false);
    expect(await isSigned(keys.signingKey, '答复', keys.sign('答复'))).toBe(true);
    expect(await isSigned(keys.publicKey, '答复', keys.sign('答复'))).toBe(false);
  });

  it('are made once, for their owner’s eyes only, and are the same after a restart', () => {
    const folder = mkdtempSync(join(tmpdir(), 'linli-keys-'));
    try {
      const first = loadKeys(folder);
      const { publicKey, signingKey, mac } = loadKeys(folder);
      expect([publicKey, signingKey, mac('x')]).toEqual([first.publicKey, first.signingKey, first.mac('x')]);
      expect(Buffer.from(publicKey, 'base64')).toHaveLength(65);
      expect(newKeys().mac('x')).not.toBe(mac('x'));
      for (const name of ['district.pem', 'district-signing.pem']) {
        expect(statSync(join(folder, 'keys', name)).mode & 0o777).toBe(0o600);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
