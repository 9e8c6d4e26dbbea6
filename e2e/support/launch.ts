/**
 * The packaged app in real Electron on a profile of its own. The twin differs from what people get by one fuse, without which
 * Playwright could not drive it.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ElectronApplication, type Page, _electron } from '@playwright/test';
import { packageExecutable } from '../../build/project.ts';

export interface Desk {
  /** The window of the app that runs now. A lock replaces the page: ask again after it. */
  readonly page: () => Promise<Page>;
  readonly app: () => ElectronApplication;
  /** Where `files.save` writes without asking. */
  readonly saved: string;
  readonly profile: string;
  /** kill -9 of every process of the app, in the middle of whatever it does. */
  readonly kill: () => Promise<void>;
  /** Starts it again on the same profile. */
  readonly start: () => Promise<void>;
  /** Starts a second one beside it, as a second click on its icon does. @returns its exit code, once it has given up */
  readonly startBeside: () => Promise<number | null>;
  readonly close: () => Promise<void>;
  /** Ends it and removes its profile. */
  readonly dispose: () => Promise<void>;
}

export async function openDesk(env: Readonly<Record<string, string>> = {}): Promise<Desk> {
  const home = mkdtempSync(join(tmpdir(), 'linli-desk-'));
  const profile = join(home, 'profile');
  const saved = join(home, 'saved');
  mkdirSync(saved);
  const how = {
    executablePath: process.env['LINLI_E2E_EXECUTABLE'] ?? packageExecutable('twin'),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    env: { ...environment(), LINLI_USER_DATA: profile, LINLI_SAVE_DIRECTORY: saved, ...env },
  };
  const launch = (): Promise<ElectronApplication> => _electron.launch({ ...how, timeout: 30_000 });
  let app: ElectronApplication | undefined = await launch();
  const running = (): ElectronApplication => {
    if (!app) throw new Error('the desk is not running');
    return app;
  };
  const close = async (): Promise<void> => {
    await app?.close();
    app = undefined;
  };
  const kill = async (): Promise<void> => {
    const main = running().process();
    const ended = new Promise<void>((resolve) => main.once('exit', () => resolve()));
    // Playwright starts it as the leader of a group, so this reaches its helpers too.
    if (main.pid !== undefined) process.kill(-main.pid, 'SIGKILL');
    await ended;
    app = undefined;
  };
  return {
    app: running,
    page: async () => {
      // Printing uses windows of its own.
      const isDesk = (page: Page): boolean => !page.isClosed() && page.url().startsWith('app://desk/');
      const open = running().windows().filter(isDesk);
      const page = open.at(-1) ?? (await running().waitForEvent('window', { predicate: isDesk }));
      // What moves between pressing and letting go of the mouse is not clicked.
      await page.emulateMedia({ reducedMotion: 'reduce' });
      return page;
    },
    saved,
    profile,
    kill,
    start: async () => {
      app ??= await launch();
    },
    startBeside: () =>
      new Promise((resolve, reject) => {
        const second = spawn(how.executablePath, how.args, { env: how.env, stdio: 'ignore' });
        const late = setTimeout(() => second.kill('SIGKILL'), 30_000);
        second.once('error', reject);
        second.once('close', (code) => {
          clearTimeout(late);
          resolve(code);
        });
      }),
    close,
    // Nobody looks at it any more: however it ends, it is gone.
    dispose: async () => {
      if (app) await kill();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** This process's own, without what is not set. */
export const environment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
