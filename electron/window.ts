/**
 * The one window. Locking destroys it and opens another in its place, so that nothing of what was unlocked stays in a page's memory.
 * A page that crashes is treated the same way.
 */
import { join } from 'node:path';
import { BrowserWindow, type Rectangle } from 'electron';
import type { BridgeEvent, Settings } from '../shared/bridge.ts';
import { PAPER } from './first-look.ts';

export interface DeskWindow {
  readonly current: () => BrowserWindow | undefined;
  readonly open: () => void;
  /** In front, for whoever started the app a second time. */
  readonly show: () => void;
  readonly recreate: () => void;
  readonly send: (event: BridgeEvent) => void;
  readonly name: (person: string | undefined) => void;
  /** The settings, which say its language and colour, have been read. */
  readonly dress: () => void;
}

export interface WindowOptions {
  readonly title: () => string;
  readonly theme: () => Settings['theme'];
  readonly onInput: () => void;
  readonly onFocus: () => void;
  readonly onCrash: (reason: string) => void;
  /** Its first picture stands, each time that a window is made. */
  readonly onPicture: () => void;
  /** Asked before the window closes; the answer may take a second (drafts are sealed). */
  readonly beforeClose: () => Promise<void>;
}

export function createDeskWindow(options: WindowOptions): DeskWindow {
  let window: BrowserWindow | undefined;
  let person: string | undefined;

  const title = () => (person === undefined ? options.title() : `${options.title()} — ${person}`);

  const background = () => PAPER[options.theme()];

  function make(bounds?: Rectangle & { readonly maximized: boolean }): BrowserWindow {
    const made = new BrowserWindow({
      width: 1366,
      height: 768,
      ...(bounds && { x: bounds.x, y: bounds.y, width: bounds.width, height: bounds.height }),
      minWidth: 1024,
      minHeight: 640,
      title: title(),
      backgroundColor: background(),
      autoHideMenuBar: true,
      webPreferences: {
        preload: join(__dirname, 'preload.cjs'),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        webviewTag: false,
        spellcheck: false,
        navigateOnDragDrop: false,
        safeDialogs: true,
      },
    });
    let closing = false;
    // Seen at once, in the colour of what comes: Chromium draws the first picture of a window that nobody sees a fifth of a second later.
    if (bounds?.maximized) made.maximize();
    made.once('ready-to-show', options.onPicture);
    made.on('page-title-updated', (event) => event.preventDefault());
    made.on('focus', options.onFocus);
    made.on('close', (event) => {
      if (closing) return;
      event.preventDefault();
      closing = true;
      void options.beforeClose().finally(() => {
        if (!made.isDestroyed()) made.destroy();
      });
    });
    made.on('closed', () => {
      if (window === made) window = undefined;
    });
    made.webContents.on('input-event', options.onInput);
    made.webContents.on('render-process-gone', (_event, { reason }) => {
      if (window === made && reason !== 'clean-exit') options.onCrash(reason);
    });
    void made.loadURL('app://desk/').catch(() => undefined);
    return made;
  }

  return {
    current: () => window,
    open: () => {
      window ??= make();
    },
    show: () => {
      if (window?.isMinimized()) window.restore();
      window?.focus();
    },
    recreate: () => {
      const old = window;
      const bounds = old && { ...old.getNormalBounds(), maximized: old.isMaximized() };
      // The new one first: an app without a window quits.
      window = make(bounds);
      old?.destroy();
    },
    send: (event) => {
      if (window && !window.isDestroyed()) window.webContents.send('linli', event);
    },
    name: (next) => {
      person = next;
      window?.setTitle(title());
    },
    dress: () => {
      window?.setTitle(title());
      window?.setBackgroundColor(background());
    },
  };
}
