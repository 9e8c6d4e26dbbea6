import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { deriveIn } from './argon2.ts';
import { isStrongEnough } from './passphrase.ts';

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
