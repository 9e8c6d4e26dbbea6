/** The recovery passphrase: from a file, from the environment, or typed without being shown. */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { ok, refuse, type Result } from '../../shared/core/result.ts';
import { LEAST_PASSPHRASE } from './recovery-key.ts';

interface Asking {
  readonly file: string | undefined;
  /** A slip of the finger would make a backup that nobody opens. */
  readonly twice?: boolean;
}

export async function readPassphrase({ file, twice = false }: Asking): Promise<Result<string, string>> {
  const given = file === undefined ? process.env['LINLI_PASSPHRASE'] : inFile(file);
  if (given === undefined && file !== undefined)
    return refuse(`读不到口令文件 / the passphrase file cannot be read: ${file}`);
  if (given === undefined && !process.stdin.isTTY)
    return refuse(
      '请用 --passphrase-file 或 LINLI_PASSPHRASE 给出恢复口令 / say the recovery passphrase by --passphrase-file or LINLI_PASSPHRASE',
    );
  const passphrase = given ?? (await typed('恢复口令 / recovery passphrase: '));
  if ([...passphrase].length < LEAST_PASSPHRASE)
    return refuse(`恢复口令至少 ${LEAST_PASSPHRASE} 个字 / at least ${LEAST_PASSPHRASE} characters`);
  if (given === undefined && twice && (await typed('再输一遍 / once more: ')) !== passphrase)
    return refuse('两次输入不一样 / not the same twice');
  return ok(passphrase);
}

function inFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '');
  } catch {
    return undefined;
  }
}

function typed(question: string): Promise<string> {
  process.stderr.write(question);
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const line = createInterface({ input: process.stdin, output: unseen, terminal: true });
  return new Promise((resolve) =>
    line.question('', (answer) => {
      line.close();
      process.stderr.write('\n');
      resolve(answer);
    }),
  );
}
