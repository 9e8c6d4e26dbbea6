/**
 * A first download's pages of a thousand, asked for by a few desks at a time: from the district's own process as text and gzipped; beside it
 * the same rows parsed and printed again, passed through as text, and a buffer of that size, each from a server that does nothing else.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'node:http';
import type { Transactor } from '../../server/ledger/transactor.ts';
import { pageText } from '../../server/projector/page-text.ts';
import { ok } from '../../shared/core/result.ts';
import type { Ask } from '../../electron/district.ts';
import type { LoadDesk } from '../load/desk.ts';
import type { SignedAsk } from '../../electron/signed-ask.ts';
import { jsonOf } from '../../electron/district.ts';
import { AREA } from '../data.ts';
import type { HandshakeResponse, PullResponse } from '../../shared/protocol/messages.ts';
import { PROTOCOL } from '../../shared/protocol/version.ts';
import { pullOf, saidTo } from '../load/reader.ts';

const PAGE = 1_000;
/** Each a desk of its own: the district takes 1 200 questions a minute from one. */
export const AT_A_TIME = 8;
const SCOPE = `${AREA}/casework`;

/** @returns pages a second that come of this work, several at a time */
async function perSecond(seconds: number, work: (who: number) => Promise<unknown>): Promise<number> {
  const until = performance.now() + seconds * 1000;
  const begun = performance.now();
  let count = 0;
  await Promise.all(
    Array.from({ length: AT_A_TIME }, async (_, who) => {
      while (performance.now() < until) {
        await work(who);
        count += 1;
      }
    }),
  );
  return (count * 1000) / (performance.now() - begun);
}

/** Who reads an answer to its end and looks at none of it, so that all are measured by the same pair of hands. */
const drained =
  (encoding: 'gzip' | 'identity'): Ask =>
  ({ method, url, headers = {}, body }) =>
    new Promise((resolve, reject) => {
      const asked = request(
        url,
        { method, headers: { ...headers, 'accept-encoding': encoding } },
        (answer) => {
          const { statusCode: status = 0, headers: received } = answer;
          answer.resume();
          answer.once('end', () => resolve(ok({ status, headers: received, body: Buffer.alloc(0) })));
        },
      );
      asked.once('error', reject);
      asked.end(body);
    });

/** Pages in turn, each asked of the real process with token and proof as a desk asks. */
export async function pagesOfDistrict(
  desks: readonly Pick<LoadDesk, 'askAt'>[],
  address: string,
  seconds: number,
) {
  const [ask] = desks.map((desk) => desk.askAt(address));
  const say = async (path: string, message: unknown): Promise<Uint8Array> => {
    const body = ask && (await saidTo(ask, path, message));
    if (!body) throw new Error(`${path} failed`);
    return body;
  };
  const hello = jsonOf(
    await say('/api/handshake', { protocol: PROTOCOL, app: '0.1.0' }),
  ) as HandshakeResponse;
  const cursors: number[] = [0];
  for (let more = true; more && cursors.length < 20;) {
    const page = jsonOf(await say('/api/pull', pull(hello, cursors.at(-1) ?? 0))) as PullResponse;
    ({ more } = page);
    if (more) cursors.push(page.cursor);
  }
  const pages = async (hands?: Ask): Promise<number> => {
    const asks = desks.map((desk) => desk.askAt(address, hands));
    let next = 0;
    return perSecond(seconds, async (who) => {
      const cursor = cursors[next++ % cursors.length] ?? 0;
      const asked = asks[who % asks.length] as SignedAsk;
      if (!(await saidTo(asked, '/api/pull', pull(hello, cursor)))) throw new Error('a page failed');
    });
  };
  return {
    packed: await pages(drained('gzip')),
    text: await pages(drained('identity')),
    unpacked: await pages(),
  };
}

const pull = (hello: HandshakeResponse, cursor: number) => ({
  ...pullOf(hello, new Map(hello.scopes.map((scope) => [scope, cursor]))),
  limit: PAGE,
});

/** The same pages out of the ledger, served by whoever does this with their texts. */
export async function pagesOf(
  ledger: Transactor,
  seconds: number,
  form: 'text' | 'printed again' | 'buffer',
): Promise<number> {
  const read = (cursor: number) => ledger.read((reading) => reading.page([{ scope: SCOPE, cursor }], PAGE));
  const fixed = Buffer.from(pageText(await read(0)));
  let next = 0;
  const made = async (): Promise<string | Buffer> => {
    if (form === 'buffer') return fixed;
    const text = pageText(await read((next++ % 20) * PAGE));
    return form === 'text' ? text : JSON.stringify(JSON.parse(text));
  };
  const server = createServer((_asked, reply) => void made().then((text) => reply.end(text)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  try {
    return await perSecond(seconds, () => drained('identity')({ method: 'GET', url }));
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
