/**
 * The files of the window behind app://desk/: only what lies in the bundle's folder, each with its type, and every page with a
 * Content-Security-Policy of its own. A path without an extension is a route of the window and gets its one page.
 */
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, resolve, sep } from 'node:path';
import type { Settings } from '../shared/bridge.ts';

export interface Page {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
};

/** Antd writes styles at run time: they carry the nonce. Style attributes cannot carry one and cannot load anything. */
export const pagePolicy = (nonce: string): string =>
  [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self' 'nonce-${nonce}'`,
    `style-src-attr 'unsafe-inline'`,
    `img-src 'self' data: blob:`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `worker-src 'self'`,
    `frame-src 'self' blob:`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ');

/** What is no page loads nothing of its own. It binds the thread that seals, too: a worker has the policy it was served with. */
const FILE_POLICY = { 'content-security-policy': `default-src 'none'` } as const;

const SAFE = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' } as const;

/** The file inside `folder` that the path names, or undefined for anything that would leave it. */
export function fileIn(folder: string, path: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return undefined;
  }
  if (/[\0\\]/.test(decoded)) return undefined;
  const root = resolve(folder);
  const file = normalize(join(root, decoded));
  return file === root || file.startsWith(root + sep) ? file : undefined;
}

/** What stands in the page before any script runs. */
interface Look {
  readonly nonce: string;
  readonly theme: Settings['theme'];
}

export async function pageAt(folder: string, path: string, { nonce, theme }: Look): Promise<Page> {
  const asked = fileIn(folder, path);
  const file = asked && (extname(path) === '' ? join(folder, 'index.html') : asked);
  const type = file && TYPES[extname(file)];
  if (!file || !type) return notFound;
  const content = await readFile(file).catch(() => undefined);
  if (!content) return notFound;
  if (extname(file) !== '.html')
    return { status: 200, headers: { ...SAFE, ...FILE_POLICY, 'content-type': type }, body: content };
  // Relative addresses of the one page must hold on every route.
  const html = content
    .toString('utf8')
    .replaceAll('__CSP_NONCE__', nonce)
    .replace('__THEME__', theme)
    .replaceAll('="./', '="/');
  return {
    status: 200,
    headers: {
      ...SAFE,
      'content-type': type,
      'cache-control': 'no-store',
      'content-security-policy': pagePolicy(nonce),
    },
    body: Buffer.from(html),
  };
}

const notFound: Page = {
  status: 404,
  headers: { ...SAFE, 'content-type': 'text/plain; charset=utf-8' },
  body: Buffer.from('Not found'),
};
