/** Argon2id off the main process's event loop: one question, one answer, and the thread is gone with its 64 MiB. */
import { parentPort, workerData } from 'node:worker_threads';
import { argon2id } from 'hash-wasm';

interface Question {
  readonly passphrase: string;
  readonly salt: Uint8Array;
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
}

const { passphrase, salt, memoryKiB, passes, lanes } = workerData as Question;

void argon2id({
  password: passphrase,
  salt,
  memorySize: memoryKiB,
  iterations: passes,
  parallelism: lanes,
  hashLength: 32,
  outputType: 'binary',
}).then((key) => parentPort?.postMessage(key));
