/**
 * A real district in a process of its own, as `npm run district` starts it: for the demo and for the stories in e2e/. It is ready
 * when it prints its LINLI_READY line; what it said before that is told when it dies instead.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from './project.ts';

export interface District {
  readonly url: string;
  /** Fresh one-time codes, by person. */
  readonly codes: Readonly<Record<string, string>>;
  readonly process: ChildProcess;
  /** SIGTERM: it finishes what it is doing. */
  readonly stop: () => Promise<void>;
  /** SIGKILL, as a power cut would. */
  readonly kill: () => Promise<void>;
}

export interface DistrictOptions {
  /** The folder that holds its database and keys. */
  readonly data: string;
  readonly port: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Hears every line that is not the ready line. */
  readonly onLine?: (line: string) => void;
  readonly patience?: number;
  /** Another program in its place; for tests. */
  readonly program?: string;
}

/** As package.json's `district`: what lives for one request is collected soon, instead of a heap that grows with every crowd. */
const MEMORY = ['--max-semi-space-size=8', '--max-old-space-size=512'];

export async function startDistrict(options: DistrictOptions): Promise<District> {
  const {
    data,
    port,
    env = {},
    onLine,
    patience = 180_000,
    program = join(root, 'server', 'main.ts'),
  } = options;
  const child = spawn(process.execPath, [...MEMORY, program], {
    cwd: root,
    env: {
      ...process.env,
      // Its own database, whatever this machine's real district uses.
      DATABASE_URL: undefined,
      LINLI_HOST: '127.0.0.1',
      LINLI_PORT: String(port),
      LINLI_DATA: data,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const end = (signal: NodeJS.Signals) => async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
  };
  // A parent that dies must not leave a district behind.
  const atExit = (): void => void child.kill('SIGTERM');
  process.once('exit', atExit);
  child.once('close', () => process.off('exit', atExit));

  const ready = await new Promise<{ url: string; codes?: Record<string, string> }>((resolve, reject) => {
    const said: string[] = [];
    const failed = (reason: string): void =>
      reject(new Error([`The district ${reason}`, ...said].join('\n')));
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      failed(`was not ready within ${patience / 1000} s`);
    }, patience);
    child.once('error', ({ message }) => failed(`could not be started: ${message}`));
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      failed(`ended (${signal ?? code}) before it was ready`);
    });
    const heard = (line: string): void => {
      const mark = 'LINLI_READY ';
      if (line.startsWith(mark)) {
        clearTimeout(timer);
        resolve(JSON.parse(line.slice(mark.length)));
        return;
      }
      said.push(line);
      if (said.length > 40) said.shift();
      onLine?.(line);
    };
    createInterface(child.stdout).on('line', heard);
    createInterface(child.stderr).on('line', heard);
  });
  return {
    url: ready.url,
    codes: ready.codes ?? {},
    process: child,
    stop: end('SIGTERM'),
    kill: end('SIGKILL'),
  };
}
