/**
 * What the floor and RxDB talk to: records as lines of JSON, read page by page, and pushes that are unpacked, parsed and counted, and judged by
 * nobody. Pages are made and gzipped before anything is measured.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync, gzipSync } from 'node:zlib';

export interface PlainServer {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Records a page. */
const PAGE = 1_000;

const HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': '*',
  'content-type': 'application/json',
};

export async function startPlainServer(lines: readonly string[]): Promise<PlainServer> {
  const pages = Array.from({ length: Math.ceil(lines.length / PAGE) }, (_, at) =>
    gzipSync(`[${lines.slice(at * PAGE, (at + 1) * PAGE).join(',')}]`, { level: 1 }),
  );
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, kind = '', at = '0'] = (request.url ?? '').split('/');
    if (request.method === 'OPTIONS') return void response.writeHead(204, HEADERS).end();
    if (kind === 'page') {
      const page = pages[Number(at)];
      const packed = page && { ...HEADERS, 'content-encoding': 'gzip' };
      return void response.writeHead(200, packed ?? HEADERS).end(page ?? '[]');
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const packed = Buffer.concat(chunks);
    const body = request.headers['x-packed'] === 'gzip' ? gunzipSync(packed) : packed;
    const taken = JSON.parse(body.toString('utf8')) as readonly unknown[];
    response.writeHead(200, HEADERS).end(JSON.stringify({ taken: taken.length }));
  }
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
