/** The derivation that `keys` asks for, done by argon2-worker.ts. How the worker is started is given: bundled or from its source. */
import type { Worker, WorkerOptions } from 'node:worker_threads';
import type { DeriveKey } from './user-key.ts';

export const deriveIn =
  (start: (options: WorkerOptions) => Worker): DeriveKey =>
  (passphrase, { memoryKiB, passes, lanes, salt }) =>
    new Promise((resolve, reject) => {
      const workerData = {
        passphrase,
        salt: new Uint8Array(Buffer.from(salt, 'base64')),
        memoryKiB,
        passes,
        lanes,
      };
      const worker = start({ workerData });
      worker.once('message', (key: Uint8Array) => resolve(new Uint8Array(key)));
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('The derivation ended without a key')));
    });
