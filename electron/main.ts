/**
 * The main process begins here: the profile, what no page may do, and the window. What the page asks for is prepared once its first picture
 * stands (desk.ts, imported late): this thread is Chromium's own for windows, and while it runs modules no page is shown.
 */
import { join } from 'node:path';
import { app, ipcMain, session } from 'electron';
import { registerScheme, serveDesk } from './desk-origin.ts';
import { readEnvironment } from './environment.ts';
import { createFaultLog } from './fault-log.ts';
import { themeIn } from './first-look.ts';
import { openLog } from './native/log.ts';
import type { SettingsFile } from './native/settings.ts';
import { confinePages, lockDown, quietChromium } from './security.ts';
import { shellTexts } from './texts.ts';
import { createDeskWindow } from './window.ts';

/** A window that nobody sees has no picture. */
const LATEST_MS = 1_500;

const environment = readEnvironment(process.env);

// First the profile: the single-instance lock, the log and Chromium's own files all lie in it.
if (environment.userData) app.setPath('userData', environment.userData);
// These three only count before the app is ready.
registerScheme();
quietChromium();
confinePages();

if (app.requestSingleInstanceLock()) void app.whenReady().then(start);
else app.quit();

function start(): void {
  const folder = app.getPath('userData');
  const log = openLog(join(folder, 'logs', 'desk.log'));
  log('start', { version: app.getVersion(), electron: process.versions.electron });
  const fault = createFaultLog(log);

  let settings: SettingsFile | undefined;
  const theme = () => settings?.current().theme ?? themeIn(join(folder, 'settings.json'));
  let pictured = (): void => undefined;
  const picture = new Promise<void>((resolve) => (pictured = resolve));
  const window = createDeskWindow({
    title: () => shellTexts(settings?.current().language ?? 'zh').app,
    theme,
    onInput: () => void desk.then(({ onInput }) => onInput()),
    onFocus: () => void desk.then(({ onFocus }) => onFocus()),
    onCrash: (reason) => void desk.then(({ onCrash }) => onCrash(reason)),
    onPicture: () => pictured(),
    beforeClose: () => desk.then(({ beforeClose }) => beforeClose()),
  });
  setTimeout(pictured, LATEST_MS);
  const desk = picture
    .then(() => import('./desk.ts'))
    .then(({ prepareDesk }) =>
      prepareDesk({
        ...{ environment, folder, log, fault, window },
        onSettings: (opened) => {
          settings = opened;
          window.dress();
        },
      }),
    );

  desk.catch((error: unknown) => fault('desk', error));

  lockDown(session.defaultSession);
  serveDesk(session.defaultSession, {
    folder: join(__dirname, '../renderer'),
    theme,
    api: async (request, path) => (await desk).api(request, path),
  });
  // Before the window, whose page asks as soon as it runs; where the desk cannot be prepared, it hears that and says so.
  ipcMain.handle('linli', async (event, name: unknown, input: unknown) =>
    (await desk).answer(event, name, input),
  );
  app.on('second-instance', window.show);
  app.on('activate', window.open);
  app.on('window-all-closed', () => app.quit());
  window.open();
}
