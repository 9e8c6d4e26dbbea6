/**
 * The package as people get it, not its twin. Playwright's Electron driver cannot enter it, which is the point, so it is driven
 * over Chromium's debugging port.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test } from '@playwright/test';
import { freePort } from '../build/district-process.ts';
import { readFuses, wantedFuses } from '../build/fuses.ts';
import { packageExecutable } from '../build/project.ts';
import { environment } from './support/launch.ts';

const executable = packageExecutable('desk');
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

test('the fuses of the package are set @slow', async () => {
  const fuses = await readFuses(executable);
  const wanted = Object.entries(wantedFuses('desk')).filter(([fuse]) => fuse in fuses);
  expect(wanted.length).toBeGreaterThanOrEqual(7);
  expect(fuses).toMatchObject(Object.fromEntries(wanted));
});

test.describe('a hardened desk @slow', () => {
  let home = '';
  let started: ChildProcess | undefined;
  const env = (more: Record<string, string> = {}) => ({
    ...environment(),
    LINLI_USER_DATA: join(home, 'profile'),
    ...more,
  });

  test.beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'linli-hardened-'));
  });
  test.afterEach(async () => {
    if (started?.pid !== undefined && started.exitCode === null) {
      const ended = new Promise((resolve) => started?.once('exit', resolve));
      process.kill(-started.pid, 'SIGKILL');
      await ended;
    }
    started = undefined;
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  });
  const start = (words: readonly string[], more?: Record<string, string>): ChildProcess => {
    const child = spawn(executable, [...asRoot, ...words], { env: env(more), detached: true, stdio: 'pipe' });
    started = child;
    return child;
  };

  test('it is no Node, whatever the environment says', () => {
    const answer = spawnSync(executable, [...asRoot, '-e', 'console.log(6 * 7)'], {
      env: env({ ELECTRON_RUN_AS_NODE: '1' }),
      encoding: 'utf8',
      timeout: 5_000,
    });
    expect(answer.stdout).not.toContain('42');
  });

  test('it opens no door for a debugger of its main process', async () => {
    const port = await freePort();
    const child = start([`--inspect=127.0.0.1:${port}`], { NODE_OPTIONS: `--inspect=127.0.0.1:${port}` });
    let said = '';
    child.stderr?.on('data', (text: Buffer) => (said += text.toString()));
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(child.exitCode).toBeNull();
    expect(said).not.toContain('Debugger listening');
    await expect(fetch(`http://127.0.0.1:${port}/json`)).rejects.toThrow();
  });

  test('its page has no Node, runs no made-up code and reaches nobody', async () => {
    const port = await freePort();
    start([`--remote-debugging-port=${port}`]);
    await expect(async () => fetch(`http://127.0.0.1:${port}/json/version`)).toPass({ timeout: 20_000 });
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, { noDefaults: true });
    const page = browser.contexts()[0]?.pages()[0];
    if (!page) throw new Error('the desk has no window');
    await expect(page.getByRole('button', { name: '开通并开始使用' })).toBeVisible();
    const found = await page.evaluate(async () => {
      // The debugger lifts the page's policy for its own turn; after this, the page is alone with it.
      await new Promise((resolve) => setTimeout(resolve, 20));
      const tried = async (attempt: () => unknown): Promise<string> => {
        try {
          return `worked: ${String(await attempt())}`;
        } catch (problem) {
          return problem instanceof Error ? problem.name : 'refused';
        }
      };
      const scope = globalThis as unknown as Record<string, unknown>;
      return {
        node: ['require', 'process', 'module', 'Buffer', 'electron'].filter((name) => name in scope),
        evaluated: await tried(() => (scope['eval'] as (code: string) => unknown)('6 * 7')),
        fetched: await tried(() => fetch('https://127.0.0.1:1/')),
        file: await tried(() => fetch('file:///etc/passwd')),
        opened: window.open('https://example.com/') === null,
        unknown: await tried(() =>
          (scope['linli'] as { ask: (name: string) => Promise<unknown> }).ask('no.such.request'),
        ),
        bridge: Object.keys(scope['linli'] as object).sort(),
      };
    });
    expect({ ...found, unknown: found.unknown.startsWith('worked') }).toEqual({
      node: [],
      evaluated: 'EvalError',
      fetched: 'TypeError',
      file: 'TypeError',
      opened: true,
      unknown: false,
      bridge: ['ask', 'listen'],
    });
    await browser.close();
  });
});
