import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keysOf, loadKeys } from './keys.ts';
import { createSeal } from './testing/seal.ts';
import { createPen } from './testing/village.ts';

const pen = createPen('device-1');
const newKeys = () => keysOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);

describe('the district’s key', () => {
  it('opens what a desk sealed with WebCrypto, byte for byte', async () => {
    const keys = newKeys();
    const operation = pen.create('𠮷先生家漏水');
    const opened = await keys.open(await (await createSeal(keys.publicKey))(operation));
    expect(Buffer.from(opened ?? []).toString()).toBe(JSON.stringify(operation));
  });

  it('opens nothing of what was changed, renamed, moved to another device or sealed to another district', async () => {
    const keys = newKeys();
    const envelope = await (await createSeal(keys.publicKey))(pen.create('漏水'));
    const flipped = (text: string) => `${text.slice(0, 20)}${text[20] === 'A' ? 'B' : 'A'}${text.slice(21)}`;
    const forged = [
      { ...envelope, content: flipped(envelope.content) },
      { ...envelope, forDistrict: flipped(envelope.forDistrict) },
      { ...envelope, session: flipped(envelope.session) },
      { ...envelope, session: 'AAAA' },
      { ...envelope, content: 'AAAA' },
      { ...envelope, id: pen.id('operation') },
      { ...envelope, device: 'device-2' },
    ];
    expect(await Promise.all(forged.map((one) => keys.open(one)))).toEqual(forged.map(() => undefined));
    expect(await newKeys().open(envelope)).toBeUndefined();
  });

  it('is made once, for its owner’s eyes only, and is the same after a restart', () => {
    const folder = mkdtempSync(join(tmpdir(), 'linli-keys-'));
    try {
      const first = loadKeys(folder);
      expect(loadKeys(folder).publicKey).toBe(first.publicKey);
      expect(Buffer.from(first.publicKey, 'base64')).toHaveLength(65);
      expect(statSync(join(folder, 'keys', 'district.pem')).mode & 0o777).toBe(0o600);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
