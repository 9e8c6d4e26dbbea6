/**
 * What no page of this app may do, whatever it contains (Electron's security checklist): ask for permissions, leave app://desk/, open
 * windows, attach webviews, download, or send a request anywhere but to our own scheme.
 */
import { app, type Session, type WebContents } from 'electron';
import { isDeskUrl } from './desk-url.ts';
import { GARBAGE } from './page-memory.ts';

/** Before the app is ready: Chromium's own errands are off, because nothing may leave this computer but to the district. */
export function quietChromium(): void {
  const { commandLine } = app;
  for (const name of [
    'disable-background-networking',
    'disable-component-update',
    'disable-domain-reliability',
    'disable-sync',
  ])
    commandLine.appendSwitch(name);
  commandLine.appendSwitch(
    'disable-features',
    'SpellcheckServiceMultilingual,MediaRouter,OptimizationHints,Translate',
  );
  commandLine.appendSwitch('js-flags', GARBAGE);
  commandLine.appendSwitch('force-webrtc-ip-handling-policy', 'disable_non_proxied_udp');
  // Root without a user namespace (containers, tests) has to start without it; everybody else gets the sandbox for every page.
  if (!commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
}

export function lockDown(session: Session): void {
  session.setSpellCheckerEnabled(false);
  session.setPermissionRequestHandler((_page, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((request, answer) => {
    answer({ cancel: !/^(app:\/\/desk\/|blob:app:\/\/desk\/|data:|devtools:)/.test(request.url) });
  });
}

/** Every page that ever comes to be, print windows included. */
export function confinePages(): void {
  app.on('web-contents-created', (_event, page) => confine(page));
}

function confine(page: WebContents): void {
  page.setWindowOpenHandler(() => ({ action: 'deny' }));
  page.on('will-attach-webview', (event) => event.preventDefault());
  page.on('will-navigate', (event, url) => {
    if (!isDeskUrl(url)) event.preventDefault();
  });
  page.on('will-redirect', (event) => event.preventDefault());
  page.on('will-frame-navigate', (event) => {
    const inside = isDeskUrl(event.url) || /^(about:(srcdoc|blank)$|blob:app:\/\/desk\/)/.test(event.url);
    if (!inside) event.preventDefault();
  });
}
