/** A throwaway PostgreSQL for one story, in the hands of a small program of its own: the server's own tests start theirs likewise. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { root } from '../../build/project.ts';

export interface StoryPostgres {
  /** An empty database. */
  readonly url: string;
  /** kill -9 of all of it, and up again on the same files. */
  readonly crash: () => Promise<void>;
  readonly dispose: () => Promise<void>;
}

export async function openPostgres(): Promise<StoryPostgres> {
  const program = `
    import { createInterface } from 'node:readline';
    import { startPostgres } from ${JSON.stringify(pathToFileURL(join(root, 'server/testing/postgres.ts')).href)};
    const postgres = await startPostgres();
    console.log(await postgres.createDatabase());
    for await (const word of createInterface(process.stdin)) {
      if (word === 'crash') await postgres.crash();
      else break;
      console.log('done');
    }
    await postgres.stop();`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const heard = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done) throw new Error('PostgreSQL did not come up');
    return value;
  };
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return {
    url: await heard(),
    crash: async () => {
      child.stdin.write('crash\n');
      await heard();
    },
    dispose: async () => {
      child.stdin.end('stop\n');
      await ended;
    },
  };
}
