/**
 * app://desk/ in one place: files of the bundle, and `/api/…` carried to the district. The scheme must be registered before the app
 * is ready, as standard and secure, so that the page has an origin, IndexedDB and modules.
 */
import { randomBytes } from 'node:crypto';
import { protocol, type Session } from 'electron';
import type { Settings } from '../shared/bridge.ts';
import { pageAt } from './pages.ts';

export function registerScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges }]);
}

export function serveDesk(
  session: Session,
  options: {
    readonly folder: string;
    readonly theme: () => Settings['theme'];
    readonly api: (request: Request, path: string) => Promise<Response>;
  },
): void {
  session.protocol.handle('app', async (request) => {
    const { host, pathname } = new URL(request.url);
    if (host !== 'desk') return new Response('', { status: 404 });
    if (pathname.startsWith('/api/')) return options.api(request, pathname);
    if (request.method !== 'GET' && request.method !== 'HEAD') return new Response('', { status: 405 });
    const look = { nonce: randomBytes(16).toString('base64url'), theme: options.theme() };
    const page = await pageAt(options.folder, pathname, look);
    return new Response(new Uint8Array(page.body), { status: page.status, headers: page.headers });
  });
}
