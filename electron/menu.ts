/** The menu: the few things that everybody looks for there, each with its key. Pages are opened by the window itself (`go`). */
import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { Settings } from '../shared/bridge.ts';
import { shellTexts } from './texts.ts';

export interface MenuActions {
  readonly lock: () => void;
  /** A page of the window, or `search` and `keys` for what lies over a page. */
  readonly go: (to: string) => void;
}

export function showMenu(language: Settings['language'], { lock, go }: MenuActions): void {
  const t = shellTexts(language);
  const page = (label: string, to: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => go(to),
    ...(accelerator && { accelerator }),
  });
  const separator = { type: 'separator' } as const;
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      {
        label: t.app,
        submenu: [
          page(t.settings, '/settings', 'CmdOrCtrl+,'),
          { label: t.lock, accelerator: 'CmdOrCtrl+L', click: lock },
          separator,
          { role: 'quit', label: t.quit },
        ],
      },
      {
        label: t.edit,
        submenu: [
          { role: 'undo', label: t.undo },
          { role: 'redo', label: t.redo },
          separator,
          { role: 'cut', label: t.cut },
          { role: 'copy', label: t.copy },
          { role: 'paste', label: t.paste },
          { role: 'selectAll', label: t.selectAll },
          separator,
          page(t.find, 'search', 'CmdOrCtrl+K'),
        ],
      },
      {
        label: t.view,
        submenu: [
          page(t.home, '/'),
          page(t.tray, '/tray'),
          separator,
          page(t.textSize, '/settings'),
          { role: 'togglefullscreen', label: t.fullScreen },
        ],
      },
      { label: t.help, submenu: [page(t.keys, 'keys'), page(t.about, '/settings')] },
    ]),
  );
}
