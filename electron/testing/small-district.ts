/**
 * A district on a real socket that confirms whatever it gets and can misbehave on demand: the failure list of sync.md needs answers
 * that a real district never gives. It checks tokens, proofs and the chain, and judges nothing; server/ does that.
 */
import { createHash } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PushEntry, Verdict } from '../../shared/protocol/messages.ts';
import { deviceSeven } from './envelopes.ts';
import { smallAccounts, type Received } from './small-accounts.ts';

export const xuhui = { id: 'district_01J00000000000000000000310', name: '徐汇区' };

export interface Misbehaviour {
  readonly path: string;
  /** How many requests it lasts; one by default. */
  readonly times?: number;
  readonly when?: (entries: number) => boolean;
  /** `normal` says of a push what it is given instead of judging it. */
  readonly answer: (response: ServerResponse, normal: (instead?: Verdict[]) => void) => void;
}

export const portal = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'text/html' });
  response.end('<html><body>请先登录网络</body></html>');
};
/** A proxy in front of a district that is down. */
export const emptyProxy = (response: ServerResponse): void => {
  response.writeHead(502, { 'content-type': 'text/html' });
  response.end('<html><body>502 Bad Gateway</body></html>');
};
export const json = (response: ServerResponse, status: number, body: unknown, district = xuhui.id): void => {
  response.writeHead(status, { 'content-type': 'application/json', 'x-linli-district': district });
  response.end(JSON.stringify(body));
};
/** It works, and its answer is lost on the way. */
export const lostAnswer: Misbehaviour['answer'] = (response, normal) => {
  response.end = () => response.destroy();
  normal();
};

export interface SmallDistrictOptions {
  readonly port?: number;
  /** Answers of routes that this district does not know, by path. */
  readonly routes?: Readonly<Record<string, (request: Received) => { status: number; body: unknown }>>;
  readonly accounts?: ReturnType<typeof smallAccounts>;
}

export async function smallDistrict(options: SmallDistrictOptions = {}) {
  const { port = 0, routes = {}, accounts = smallAccounts(deviceSeven) } = options;
  const received: PushEntry[][] = [];
  const requests: Received[] = [];
  const known = new Map<string, Verdict>();
  const lines = new Set<ServerResponse>();
  let misbehaviour: (Misbehaviour & { left: number }) | undefined;
  let quarantined = false;
  let chain = 0;
  let seq = 0;

  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { method = '', url: path = '', headers } = incoming;
      const request = { method, path, headers, body: Buffer.concat(chunks) };
      requests.push(request);
      const entries = path === '/api/push' ? entriesIn(request) : [];
      const bad = misbehaviour;
      if (bad && bad.path === path && bad.left > 0 && (bad.when?.(entries.length) ?? true)) {
        bad.left -= 1;
        bad.answer(response, (instead) => serve(request, response, instead));
      } else serve(request, response);
    });
  });

  const entriesIn = ({ body }: Received): PushEntry[] =>
    (JSON.parse(body.toString()) as { entries: PushEntry[] }).entries;

  /** In the order of the chain, up to its first gap. */
  function judged(entries: readonly PushEntry[]): { verdicts: Verdict[]; expects?: number } {
    received.push([...entries]);
    const verdicts: Verdict[] = [];
    for (const { envelope, link, settled } of entries) {
      if (link.number > chain + 1) return { verdicts, expects: chain + 1 };
      chain = Math.max(chain, link.number);
      const { id } = envelope;
      const fresh: Verdict = settled
        ? { id, verdict: 'refused', reason: { code: 'resolved' } }
        : { id, verdict: 'confirmed', seq: ++seq };
      const verdict = known.get(id) ?? fresh;
      known.set(id, verdict);
      verdicts.push(verdict);
    }
    return { verdicts };
  }

  /** As docs/protocol.md says: the device, the asked body, the epoch, where the chain goes on, and the verdicts as they stand in the answer. */
  function signedAnswer(
    { body }: Received,
    answer: { verdicts: Verdict[]; expects?: number; previous?: string },
  ): object {
    const hash = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('base64url');
    const { verdicts, expects = '', previous = '' } = answer;
    const words = [deviceSeven, hash(body), 'epoch-1', 0, expects, previous, hash(JSON.stringify(verdicts))];
    const signature = accounts.sign(['linli/verdicts/2', ...words].join('\n'));
    return { epoch: 'epoch-1', restoredHead: 0, ...answer, signature };
  }

  function serve(request: Received, response: ServerResponse, instead?: Verdict[]): void {
    const { path } = request;
    const refused = (status: number, error: string) => json(response, status, { error, retry: false });
    const own = routes[path]?.(request) ?? (path === '/api/token' ? accounts.renew(request) : undefined);
    if (own) return json(response, own.status, own.body);
    const carrying = path === '/api/push' || path === '/api/events';
    const error = accounts.errorOf(request, carrying ? 'device' : 'person');
    if (error) return refused(401, error);
    if (quarantined) return refused(409, 'quarantined');
    if (path === '/api/push')
      return json(
        response,
        200,
        signedAnswer(request, instead ? { verdicts: instead } : judged(entriesIn(request))),
      );
    if (path !== '/api/events') return json(response, 200, { path });
    response.writeHead(200, { 'content-type': 'text/event-stream', 'x-linli-district': xuhui.id });
    response.write(': hello\n\n');
    lines.add(response);
    response.once('close', () => lines.delete(response));
  }

  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    address,
    accounts,
    received,
    requests,
    verdicts: known,
    ids: () => received.map((batch) => batch.map(({ envelope }) => envelope.id)),
    misbehave: (next: Misbehaviour) => {
      misbehaviour = { ...next, left: next.times ?? 1 };
    },
    behave: () => {
      misbehaviour = undefined;
    },
    quarantine: () => {
      quarantined = true;
    },
    release: () => {
      quarantined = false;
    },
    /** As after a restoration: it knows the chain up to here, and no operation behind it. */
    forgetBeyond: (number: number) => {
      for (const { envelope, link } of received.flat()) if (link.number > number) known.delete(envelope.id);
      chain = number;
    },
    poke: (data = '{}') => {
      for (const line of lines) line.write(`event: poke\ndata: ${data}\n\n`);
    },
    lines: () => lines.size,
    /** In good order, as when a token is over. */
    closeLines: () => {
      for (const line of lines) line.end();
    },
    stop: async () => {
      for (const line of lines) line.destroy();
      lines.clear();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

export type SmallDistrict = Awaited<ReturnType<typeof smallDistrict>>;
