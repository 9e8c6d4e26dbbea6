/**
 * The line between a desk and its district, in the hands of the story: a small proxy on a port of its own, through which the desk
 * enrols and speaks. It can be a login portal, a broken server, another district; and it can slip a record into what is pulled.
 */
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DISTRICT } from '../../shared/protocol/messages.ts';

/** What stands between: nothing, or somebody who answers in the district's place. */
export type InBetween =
  | 'nothing'
  /** A hotel's login page with status 200. */
  | 'portal'
  /** JSON of anybody, with status 200. */
  | 'junk'
  /** The district's answer, its second half missing. */
  | 'cut'
  /** The district's own name on an answer that makes no sense. */
  | 'nonsense'
  | 'broken server'
  | 'other district'
  | 'future protocol';

export interface Line {
  readonly url: string;
  /** Open connections end, as they do when somebody moves to another network. */
  readonly put: (between: InBetween) => void;
  /** Goes into the next page that is pulled, as the text of one record; `scope` in it is replaced by one that the desk asks for. */
  readonly slipIn: (record: string) => void;
  readonly dispose: () => Promise<void>;
}

const HEADERS = { 'content-type': 'application/json' };

export async function openLine(district: string): Promise<Line> {
  let between: InBetween = 'nothing';
  let slipped: string | undefined;
  let name = '';

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => serve(request, Buffer.concat(chunks), response));
  });

  function serve(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const own = { ...HEADERS, [DISTRICT]: name };
    switch (between) {
      case 'portal':
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
        return void response.end('<!doctype html><title>欢迎使用本酒店无线网络</title><p>请先登录</p>');
      case 'junk':
        return void response.writeHead(200, HEADERS).end('{"hello":["world",1,null]}');
      case 'nonsense':
        return void response.writeHead(200, own).end('{"records":"all","verdicts":7}');
      case 'broken server':
        return void response.writeHead(500, own).end('{"error":"internal","retry":true}');
      case 'future protocol':
        return void response.writeHead(426, own).end('{"error":"unsupported-protocol","retry":false}');
      case 'other district':
        return void response
          .writeHead(409, { ...HEADERS, [DISTRICT]: 'district_another' })
          .end('{"error":"wrong-district","retry":false}');
      default:
        return pass(request, body, response);
    }
  }

  function pass(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const { 'accept-encoding': _, ...headers } = request.headers;
    const method = request.method ?? 'GET';
    const passed = ask(`${district}${request.url}`, { method, headers, agent: false }, (answer) => {
      const { statusCode: status = 502, headers: answered } = answer;
      if (typeof answered[DISTRICT] === 'string') name = answered[DISTRICT];
      if (request.url === '/api/events') {
        response.writeHead(status, answered);
        return void answer.pipe(response);
      }
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => {
        const { 'content-length': __, 'transfer-encoding': ___, ...kept } = answered;
        const text = request.url === '/api/pull' ? withSlipped(parts, body) : Buffer.concat(parts);
        response.writeHead(status, { ...kept, 'content-length': text.length });
        if (between !== 'cut') return void response.end(text);
        response.write(text.subarray(0, Math.floor(text.length / 2)));
        setTimeout(() => response.destroy(), 20);
      });
    });
    passed.once('error', () => response.destroy());
    response.once('close', () => passed.destroy());
    passed.end(body);
  }

  function withSlipped(parts: readonly Buffer[], asked: Buffer): Buffer {
    const text = Buffer.concat(parts).toString('utf8');
    if (slipped === undefined || !text.includes('"records":[')) return Buffer.from(text);
    const [{ scope } = { scope: '' }] = (JSON.parse(asked.toString()) as { cursors: { scope: string }[] })
      .cursors;
    const record = slipped.replace('"SCOPE"', JSON.stringify(scope));
    slipped = undefined;
    const comma = text.includes('"records":[]') ? '' : ',';
    return Buffer.from(text.replace('"records":[', () => `"records":[${record}${comma}`));
  }

  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    put: (next) => {
      between = next;
      server.closeAllConnections();
    },
    slipIn: (record) => {
      slipped = record;
    },
    dispose: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
