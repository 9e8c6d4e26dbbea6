/**
 * The package as people get it, not its twin. Playwright's Electron driver cannot enter it, which is the point, so it is driven
 * over Chromium's debugging port.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { freePort } from '../build/free-port.ts';
import { readFuses, wantedFuses } from '../build/fuses.ts';
import { packageExecutable } from '../build/project.ts';
import { environment } from './support/launch.ts';
import { expect, test } from './support/story.ts';

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
    const context = browser.contexts()[0];
    // The port may be open before the window is.
    const page = context?.pages()[0] ?? (await context?.waitForEvent('page'));
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
        permissions: await permissions(),
        notified: await Notification.requestPermission(),
        framed: await framed(),
      };

      async function permissions(): Promise<readonly string[]> {
        const answers: string[] = [];
        for (const name of ['geolocation', 'notifications', 'midi', 'clipboard-read', 'camera', 'microphone'])
          answers.push((await navigator.permissions.query({ name: name as PermissionName })).state);
        answers.push(await tried(() => navigator.clipboard.readText()));
        return answers;
      }
      /** A frame at our own address is a stranger to the main process: it has no bridge, and could not use one. */
      async function framed(): Promise<readonly string[]> {
        const frame = document.createElement('iframe');
        frame.src = '/';
        const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
        document.body.append(frame);
        await Promise.race([loaded, new Promise((resolve) => setTimeout(resolve, 2_000))]);
        let inside: string;
        try {
          inside = typeof (frame.contentWindow as unknown as Record<string, unknown>)['linli'];
        } catch {
          inside = 'closed';
        }
        const webview = document.createElement('webview');
        return [inside === 'object' ? 'a bridge' : 'no bridge', webview.constructor.name];
      }
    });
    const policy = await page.evaluate(async () => {
      const response = await fetch('/');
      return response.headers.get('content-security-policy') ?? '';
    });
    expect({ ...found, unknown: found.unknown.startsWith('worked') }).toEqual({
      node: [],
      evaluated: 'EvalError',
      fetched: 'TypeError',
      file: 'TypeError',
      opened: true,
      unknown: false,
      bridge: ['ask', 'listen'],
      permissions: [...Array<string>(6).fill('denied'), 'NotAllowedError'],
      notified: 'denied',
      // Without the tag of Electron it is an element that nobody knows.
      framed: ['no bridge', 'HTMLElement'],
    });
    expect(policy.replaceAll(/nonce-[\w-]+/g, 'nonce-N').split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self' 'nonce-N'",
      "style-src-attr 'unsafe-inline'",
      "img-src 'self' data: blob:",
      "font-src 'self'",
      "connect-src 'self'",
      "worker-src 'self'",
      "frame-src 'self' blob:",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
    // Nothing leads out of app://desk/: neither a script nor a link.
    await page.evaluate(() => {
      location.href = 'https://example.com/';
    });
    await page.evaluate(() => {
      const link = document.createElement('a');
      link.href = 'file:///etc/passwd';
      document.body.append(link);
      link.click();
    });
    await page.waitForTimeout(500);
    expect([page.url().startsWith('app://desk/'), browser.contexts()[0]?.pages().length]).toEqual([true, 1]);
    await browser.close();
  });
});
