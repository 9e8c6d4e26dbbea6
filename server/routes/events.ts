/**
 * GET /api/events: server-sent pokes. A poke says that the head moved, and to where; what moved is learnt by pulling. Commits that
 * follow each other closely make one poke. The device is looked up at every heartbeat, so a revoked one falls silent soon.
 */
import type { OutgoingHttpHeaders } from 'node:http';
import type { FastifyReply } from 'fastify';
import type { District } from '../district.ts';

const TOGETHER_MS = 50;
/** One is open, and a few may have broken without a word. */
const MOST_OF_A_DEVICE = 4;
/** Bytes that a listener may leave unread: pokes are small, and all that matters is the newest. */
const MOST_UNREAD = 64 * 1024;

interface Open {
  readonly device: string;
  readonly beat: NodeJS.Timeout;
}

export interface Pokes {
  readonly add: (reply: FastifyReply, listener: { readonly device: string; readonly head: number }) => void;
  readonly count: () => number;
  readonly close: () => void;
}

export function createPokes(
  district: District,
  { heartbeatMs, watchMs }: { readonly heartbeatMs: number; readonly watchMs?: number },
): Pokes {
  const open = new Map<FastifyReply, Open>();
  let head = 0;
  let told = 0;
  let poke: NodeJS.Timeout | undefined;
  const tell = (): void => {
    poke = undefined;
    told = head;
    for (const reply of [...open.keys()]) {
      if (reply.raw.writableLength > MOST_UNREAD) reply.raw.destroy();
      else reply.raw.write(`event: poke\ndata: {"head":${head}}\n\n`);
    }
  };
  const moved = (seq: number): void => {
    head = Math.max(head, seq);
    if (head > told) poke ??= setTimeout(tell, TOGETHER_MS);
  };
  const stopListening = district.listen(moved);
  const watch =
    watchMs === undefined
      ? undefined
      : setInterval(
          () =>
            void district.head().then(
              ({ seq }) => moved(seq),
              () => undefined,
            ),
          watchMs,
        );
  const drop = (reply: FastifyReply): void => {
    clearInterval(open.get(reply)?.beat);
    open.delete(reply);
    reply.raw.end();
  };
  return {
    add: (reply, { device, head: seq }) => {
      reply.hijack();
      reply.raw.writeHead(200, {
        // What every answer carries, the district's name among it.
        ...(reply.getHeaders() as OutgoingHttpHeaders),
        'content-type': 'text/event-stream; charset=utf-8',
        'x-accel-buffering': 'no',
      });
      reply.raw.write(`retry: 2000\n\nevent: poke\ndata: {"head":${seq}}\n\n`);
      const beat = setInterval(() => {
        void district.mayGoOn(device).then(
          (mayGoOn) => (mayGoOn ? reply.raw.write(': still here\n\n') : drop(reply)),
          () => undefined,
        );
      }, heartbeatMs);
      const before = [...open].filter(([, { device: of }]) => of === device);
      for (const [oldest] of before.slice(0, Math.max(0, before.length + 1 - MOST_OF_A_DEVICE))) drop(oldest);
      open.set(reply, { device, beat });
      reply.raw.on('close', () => drop(reply));
      reply.raw.on('error', () => drop(reply));
    },
    count: () => open.size,
    close: () => {
      stopListening();
      clearInterval(watch);
      clearTimeout(poke);
      for (const reply of [...open.keys()]) drop(reply);
    },
  };
}
