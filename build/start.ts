/**
 * `npm start`: the whole thing on this computer. A district with a made-up neighbourhood, and a desk that is enrolled with it. Both
 * live in .cache/demo and are found again at the next start.
 *
 * --reset begins anew; --once ends as soon as the window stands (for tests).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { town } from '../shared/testing/town.ts';
import { bundle } from './bundle.ts';
import { openDisplay } from './display.ts';
import { type District, startDistrict } from './district-process.ts';
import { freePort, portOpens } from './free-port.ts';
import { root } from './project.ts';
import { resolveRuntime } from './runtime.mjs';

/** Digits, so that it serves as PIN too; twelve, because a machine without a key store asks for a passphrase. */
const PASSPHRASE = '202607152026';
const demo = process.env['LINLI_DEMO_FOLDER'] ?? join(root, '.cache', 'demo');
const portFile = join(demo, 'port');
const desk = join(demo, 'desk');
const person = town.people.zhouMin;

const { values: options } = parseArgs({
  options: { reset: { type: 'boolean' }, once: { type: 'boolean' } },
});

const begun = performance.now();
const say = (line: string): void =>
  console.log(`start: ${line}  (${((performance.now() - begun) / 1000).toFixed(1)} s)`);

try {
  await start();
} catch (problem) {
  console.error(`start: ${problem instanceof Error ? problem.message : String(problem)}`);
  process.exitCode = 1;
}

async function start(): Promise<void> {
  if (options.reset) rmSync(demo, { recursive: true, force: true });
  mkdirSync(demo, { recursive: true });
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => ending.abort());

  const port = await demoPort();
  const [, district] = await Promise.all([bundleApp(), startDemoDistrict(port)]);
  say(`district: ${district.url}`);
  let app: ChildProcess | undefined;
  const display = await openDisplay();
  try {
    if (display.virtual) say('no screen here: the desk runs on one in memory (Xvfb, 1366×768)');
    const screenshot = join(demo, 'screenshot.png');
    rmSync(screenshot, { force: true });
    app = await startDesk({ district, screenshot, env: display.env });
    const closed = new Promise<void>((resolve) => app?.once('close', () => resolve()));
    await Promise.race([closed, fileAppears(screenshot, 60_000, ending.signal)]);
    if (existsSync(screenshot)) say(`desk: screenshot in ${relative(root, screenshot)}`);
    else if (!ending.signal.aborted && app.exitCode === null) say('desk: no picture yet after a minute');
    console.log(`\n  解锁 / unlock:  ${person.name}    PIN 码或口令 / PIN or passphrase  ${PASSPHRASE}`);
    console.log('  Ctrl+C ends both. `npm start -- --reset` begins anew.\n');
    if (options.once && !existsSync(screenshot)) throw new Error('the window did not come up');
    if (!options.once) await Promise.race([closed, aborted(ending.signal), ended(district.process)]);
  } finally {
    await Promise.all([end(app), district.stop()]);
    display.stop();
    say('ended');
  }
}

/** The desk knows its district by its address, so the port stays the same from start to start. */
async function demoPort(): Promise<number> {
  if (!existsSync(portFile)) {
    const port = await freePort(18310);
    writeFileSync(portFile, String(port));
    return port;
  }
  const port = Number(readFileSync(portFile, 'utf8'));
  if ((await portOpens(port)) === undefined) {
    throw new Error(
      `port ${port} is taken: is another npm start running? End it, or use npm start -- --reset.`,
    );
  }
  return port;
}

async function bundleApp(): Promise<void> {
  const built = await bundle();
  say(built.length === 0 ? 'app: nothing to build' : `app: ${built.join(' and ')} built`);
}

async function startDemoDistrict(port: number): Promise<District> {
  const data = join(demo, 'district');
  say(
    existsSync(data)
      ? 'starting the district'
      : 'founding a demo district (about half a minute the first time)',
  );
  return startDistrict({ data, port, env: { LINLI_DEMO: '1' }, onLine: (line) => say(`district: ${line}`) });
}

async function startDesk(where: {
  readonly district: District;
  readonly screenshot: string;
  readonly env: Readonly<Record<string, string>>;
}): Promise<ChildProcess> {
  const runtime = await resolveRuntime(say);
  const isRoot = process.getuid?.() === 0;
  if (isRoot) say('you are root, for whom Chromium has no sandbox: starting with --no-sandbox');
  const code = where.district.codes[person.id];
  const enrol = code === undefined ? undefined : { url: where.district.url, code, passphrase: PASSPHRASE };
  const app = spawn(runtime.executable, [root, ...(isRoot ? ['--no-sandbox'] : [])], {
    cwd: root,
    env: {
      ...process.env,
      ...where.env,
      LINLI_USER_DATA: desk,
      LINLI_SCREENSHOT: where.screenshot,
      // The app heeds it only while nobody is enrolled.
      ...(enrol ? { LINLI_DEMO_ENROL: JSON.stringify(enrol) } : {}),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  app.once('error', ({ message }) => say(`desk: ${message}`));
  const log = join(demo, 'desk.log');
  writeFileSync(log, '');
  for (const stream of [app.stdout, app.stderr]) {
    stream.on('data', (text: Buffer) => writeFileSync(log, text, { flag: 'a' }));
  }
  say(`desk: Electron ${runtime.version} started; what it says lies in ${relative(root, log)}`);
  return app;
}

async function fileAppears(file: string, patience: number, signal: AbortSignal): Promise<void> {
  const until = performance.now() + patience;
  while (!existsSync(file) && performance.now() < until && !signal.aborted) await pause(100);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    child.once('close', () => resolve());
  });
}

async function end(child: ChildProcess | undefined): Promise<void> {
  if (!child) return;
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await ended(child);
  clearTimeout(late);
}
