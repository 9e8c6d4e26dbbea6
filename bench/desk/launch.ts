/** An Electron or a Chromium of its own for one measurement: started, asked through DevTools, and ended with all its processes. */
import { spawn } from 'node:child_process';
import { rmSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pageAt, type DevTools } from './cdp.ts';

export interface Launch {
  readonly executable: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Chromium writes the port of its DevTools here. */
  readonly profile: string;
  /** What the page's address begins with. */
  readonly address: string;
  /** Milliseconds in which nobody asks it anything, so that its start is its own. */
  readonly leftAlone?: number;
}

export interface Launched {
  readonly page: DevTools;
  /** Milliseconds since 1970 at which the process was started. */
  readonly begun: number;
  /** Resident megabytes of each process of it, by what Chromium calls them. */
  readonly resident: () => Readonly<Record<string, number>>;
  /** Resolves when none of its processes has much to do any more. */
  readonly atRest: () => Promise<void>;
  /** Lifts the page's policy, for peers that evaluate texts; the page is loaded anew. */
  readonly withoutPolicy: () => Promise<void>;
  readonly end: () => Promise<void>;
}

const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export async function launch({
  executable,
  args,
  env,
  profile,
  address,
  leftAlone,
}: Launch): Promise<Launched> {
  const portFile = join(profile, 'DevToolsActivePort');
  rmSync(portFile, { force: true });
  const begun = Date.now();
  const child = spawn(executable, [...args, ...asRoot, '--remote-debugging-port=0'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
    // The leader of a group, so that its helpers end with it.
    detached: true,
  });
  let said = '';
  child.stderr.on('data', (text: Buffer) => (said = (said + text.toString()).slice(-4_000)));
  const atExit = (): void => void child.kill('SIGKILL');
  process.once('exit', atExit);
  child.once('close', () => process.off('exit', atExit));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const end = async (): Promise<void> => {
    if (!isOver() && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    await ended;
  };
  try {
    if (leftAlone !== undefined) await pause(leftAlone);
    const port = await portOf(portFile, isOver);
    const page = await pageAt(port, address);
    await isLoaded(page);
    return {
      page,
      begun,
      withoutPolicy: async () => {
        await page.send('Page.setBypassCSP', { enabled: true });
        await page.send('Page.reload');
        await pause(500);
        await isLoaded(page);
      },
      resident: () => residentBelow(child.pid ?? 0),
      atRest: () => atRest(child.pid ?? 0),
      end: async () => {
        page.close();
        // It ends by itself first: what it holds is written out.
        child.kill('SIGTERM');
        await Promise.race([ended, pause(10_000, undefined, { ref: false })]);
        await end();
      },
    };
  } catch (problem) {
    await end();
    throw new Error(`${problem instanceof Error ? problem.message : String(problem)}\n${said}`, {
      cause: problem,
    });
  }
}

/** What is asked before the page's own address has come is lost. */
async function isLoaded(page: DevTools): Promise<void> {
  for (const until = performance.now() + 30_000; performance.now() < until; await pause(10)) {
    const state = await page.evaluate(LOADED).catch(() => undefined);
    if (state === true) return;
  }
  throw new Error('its page did not load');
}
const LOADED = `location.protocol !== 'about:' && document.readyState === 'complete'`;

async function portOf(file: string, isOver: () => boolean): Promise<number> {
  const until = performance.now() + 60_000;
  for (;;) {
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    if (/^\d+\n/.test(text)) return Number.parseInt(text, 10);
    if (isOver() || performance.now() > until) throw new Error('it did not start');
    await pause(5);
  }
}

/** Of a process and everything below it. */
function* processesBelow(pid: number): Generator<number> {
  yield pid;
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  for (const child of children === '' ? [] : children.split(' ')) yield* processesBelow(Number(child));
}

/** What the kernel says, by Chromium's type, of the largest of each; shared pages count for each. */
function residentBelow(pid: number): Readonly<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const id of processesBelow(pid)) {
    const status = readFileSync(`/proc/${id}/status`, 'utf8');
    const words = readFileSync(`/proc/${id}/cmdline`, 'utf8').split(/[\0 ]/);
    const type = words.find((word) => word.startsWith('--type='))?.slice(7) ?? 'main';
    const megabytes = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
    found[type] = Math.max(found[type] ?? 0, megabytes);
  }
  return found;
}

/** Hundredths of a second that they have used. */
function ticksBelow(pid: number): number {
  let sum = 0;
  for (const id of processesBelow(pid)) {
    const fields = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    sum += Number(fields[11]) + Number(fields[12]);
  }
  return sum;
}

const LITTLE = 15;

async function atRest(pid: number): Promise<void> {
  for (let before = ticksBelow(pid), quiet = 0; quiet < 3;) {
    await pause(1_000);
    const now = ticksBelow(pid);
    quiet = now - before < LITTLE ? quiet + 1 : 0;
    before = now;
  }
}
