/**
 * What the floor and RxDB talk to: records as lines of JSON, read page by page, and pushes that are unpacked, parsed and counted, and judged by
 * nobody. Pages are made and gzipped before anything is measured.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync, gzipSync } from 'node:zlib';

export interface PlainServer {
  readonly url: string;
  /** These lines have changed, and stand in a page behind all others until the next ones do. */
  readonly change: (lines: readonly string[]) => void | Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Records a page. */
const PAGE = 1_000;

const HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': '*',
  'content-type': 'application/json',
};

const PACKED = { ...HEADERS, 'content-encoding': 'gzip' };

export async function startPlainServer(lines: readonly string[]): Promise<PlainServer> {
  const packed = (some: readonly string[]): Buffer => gzipSync(`[${some.join(',')}]`, { level: 1 });
  const pages = Array.from({ length: Math.ceil(lines.length / PAGE) }, (_, at) =>
    packed(lines.slice(at * PAGE, (at + 1) * PAGE)),
  );
  let changed: Buffer | undefined;
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, kind = '', at = '0'] = (request.url ?? '').split('/');
    if (request.method === 'OPTIONS') return void response.writeHead(204, HEADERS).end();
    if (kind === 'page') {
      const page = Number(at) === pages.length ? changed : pages[Number(at)];
      return void response.writeHead(200, page ? PACKED : HEADERS).end(page ?? '[]');
    }
    if (kind === 'changed') return void response.writeHead(200, PACKED).end(changed ?? packed([]));
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const sent = Buffer.concat(chunks);
    const body = request.headers['x-packed'] === 'gzip' ? gunzipSync(sent) : sent;
    const taken = JSON.parse(body.toString('utf8')) as readonly unknown[];
    response.writeHead(200, HEADERS).end(JSON.stringify({ taken: taken.length }));
  }
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    change: (some) => {
      changed = some.length > 0 ? packed(some) : undefined;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
