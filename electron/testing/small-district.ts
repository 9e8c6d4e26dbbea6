/**
 * A district on a real socket that confirms whatever it gets and can misbehave on demand: the failure list of sync.md needs answers
 * that a real district never gives. Nothing here judges; server/ does that.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Envelope } from '../../shared/protocol/envelope.ts';
import type { EnrolResponse, Verdict } from '../../shared/protocol/messages.ts';
import { zhouMin } from './envelopes.ts';

export const xuhui = { id: 'district_01J00000000000000000000310', name: '徐汇区' };

export interface Misbehaviour {
  readonly path: string;
  /** How many requests it lasts; one by default. */
  readonly times?: number;
  readonly when?: (entries: number) => boolean;
  readonly answer: (response: ServerResponse, normal: () => void) => void;
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

export async function smallDistrict(port = 0) {
  const received: Envelope[][] = [];
  const requests: {
    readonly method: string;
    readonly path: string;
    readonly headers: IncomingMessage['headers'];
  }[] = [];
  const known = new Map<string, Verdict>();
  const lines = new Set<ServerResponse>();
  let misbehaviour: (Misbehaviour & { left: number }) | undefined;
  let person = zhouMin;
  let seq = 0;

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      requests.push({ method: request.method ?? '', path, headers: request.headers });
      const body = Buffer.concat(chunks).toString();
      const entries = path === '/api/push' ? (JSON.parse(body) as { entries: Envelope[] }).entries : [];
      const normal = () => serve(path, entries, response);
      const bad = misbehaviour;
      if (bad && bad.path === path && bad.left > 0 && (bad.when?.(entries.length) ?? true)) {
        bad.left -= 1;
        bad.answer(response, normal);
      } else normal();
    });
  });

  function judged(entries: readonly Envelope[]): Verdict[] {
    received.push([...entries]);
    return entries.map(({ id }) => {
      const verdict = known.get(id) ?? { id, verdict: 'confirmed' as const, seq: ++seq };
      known.set(id, verdict);
      return verdict;
    });
  }

  function serve(path: string, entries: readonly Envelope[], response: ServerResponse): void {
    if (path === '/api/push')
      return json(response, 200, { epoch: 'epoch-1', restoredHead: 0, verdicts: judged(entries) });
    if (path === '/api/enrol') return json(response, 200, enrolled());
    if (path === '/api/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'x-linli-district': xuhui.id });
      response.write(': hello\n\n');
      lines.add(response);
      return;
    }
    json(response, 200, { path });
  }

  const enrolled = (): EnrolResponse => ({
    device: { id: 'device_01J00000000000000000000007', label: 'D7', token: 'device-token-7' },
    person: { ...person, token: `token-of-${person.id}` },
    district: { ...xuhui, epoch: 'epoch-1', publicKey: Buffer.alloc(65, 4).toString('base64') },
  });

  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    address,
    received,
    requests,
    verdicts: known,
    ids: () => received.map((batch) => batch.map(({ id }) => id)),
    misbehave: (next: Misbehaviour) => {
      misbehaviour = { ...next, left: next.times ?? 1 };
    },
    behave: () => {
      misbehaviour = undefined;
    },
    nextPerson: (next: typeof zhouMin) => {
      person = next;
    },
    enrolled,
    poke: () => {
      for (const line of lines) line.write('event: poke\ndata: {}\n\n');
    },
    lines: () => lines.size,
    stop: async () => {
      for (const line of lines) line.destroy();
      lines.clear();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

export type SmallDistrict = Awaited<ReturnType<typeof smallDistrict>>;
