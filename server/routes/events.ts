/**
 * GET /api/events: server-sent pokes. A poke says that something moved that somebody at the device may read, and to where; what it was is
 * learnt by pulling. A poke makes a desk ask twice: if each told every desk of the district, none could answer them all. Commits that follow
 * each other closely make one poke, and after it nobody is told anything until the questions that it causes can be answered: ten desks of a
 * committee hear of everything at once, and fifteen hundred that come back after an outage leave room for what they bring. The
 * device is looked up at every heartbeat: a revoked one falls silent soon, rights are those of now.
 */
import type { OutgoingHttpHeaders } from 'node:http';
import type { FastifyReply } from 'fastify';
import { parseScope, type Scope } from '../../shared/core/scope.ts';
import type { District } from '../district.ts';
import type { Poke } from '../../shared/protocol/poke.ts';
import type { Hearing, Listening } from '../people/hearing.ts';

const TOGETHER_MS = 50;
/** Twice what a handshake and a pull take of a processor (docs/scaling.md): the other half is for pushes. */
const REST_MS = 8;
/** News wait no longer, whoever is told. */
const MOST_REST_MS = 15_000;
/** One is open, and a few may have broken without a word. */
const MOST_OF_A_DEVICE = 4;
/** Bytes that a listener may leave unread: pokes are small, and all that matters is the newest. */
const MOST_UNREAD = 64 * 1024;

interface Open {
  readonly device: string;
  hears: Hearing;
  readonly beat: NodeJS.Timeout;
}

export interface Pokes {
  readonly add: (reply: FastifyReply, listener: Listening) => void;
  readonly count: () => number;
  readonly close: () => void;
}

const pokeOf = (poke: Poke): string => `event: poke\ndata: ${JSON.stringify(poke)}\n\n`;

export function createPokes(
  district: District,
  { heartbeatMs, watchMs }: { readonly heartbeatMs: number; readonly watchMs?: number },
): Pokes {
  const open = new Map<FastifyReply, Open>();
  let head = 0;
  let told = 0;
  let poke: NodeJS.Timeout | undefined;
  let rest: NodeJS.Timeout | undefined;
  let isForAll = false;
  /** Nothing where it may concern anybody. */
  const newsBehind = async (
    seq: number,
  ): Promise<{ readonly scopes?: readonly Scope[]; readonly epoch?: string }> => {
    const moved = await district.moved(seq).catch(() => undefined);
    return moved
      ? { epoch: moved.epoch, scopes: moved.scopes.flatMap((name) => parseScope(name) ?? []) }
      : {};
  };
  const tell = async (): Promise<void> => {
    const [from, to, all] = [told, head, isForAll];
    told = to;
    isForAll = false;
    const { scopes, epoch } = await newsBehind(from);
    poke = undefined;
    const concerned = [...open].filter(([, { hears }]) => all || !scopes || scopes.some(hears));
    for (const [reply] of concerned) {
      if (reply.raw.writableLength > MOST_UNREAD) reply.raw.destroy();
      else reply.raw.write(pokeOf({ head: to, epoch }));
    }
    rest = setTimeout(
      () => {
        rest = undefined;
        moved(head, false);
      },
      Math.min(concerned.length * REST_MS, MOST_REST_MS),
    );
  };
  const moved = (seq: number, all: boolean): void => {
    head = Math.max(head, seq);
    isForAll ||= all;
    if (head > told && !rest) poke ??= setTimeout(() => void tell(), TOGETHER_MS);
  };
  const stopListening = district.listen(moved);
  const watch =
    watchMs === undefined
      ? undefined
      : setInterval(
          () =>
            void district.head().then(
              ({ seq }) => moved(seq, false),
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
    add: (reply, { device, reached, hears }) => {
      reply.hijack();
      reply.raw.writeHead(200, {
        // What every answer carries, the district's name among it.
        ...(reply.getHeaders() as OutgoingHttpHeaders),
        'content-type': 'text/event-stream; charset=utf-8',
        'x-accel-buffering': 'no',
      });
      reply.raw.write(`retry: 2000\n\n${pokeOf(reached)}`);
      const beat = setInterval(() => {
        void district.mayGoOn(device).then(
          (hearing) => {
            const listener = open.get(reply);
            if (!hearing) drop(reply);
            else if (listener) {
              listener.hears = hearing;
              reply.raw.write(': still here\n\n');
            }
          },
          () => undefined,
        );
      }, heartbeatMs);
      const before = [...open].filter(([, { device: of }]) => of === device);
      for (const [oldest] of before.slice(0, Math.max(0, before.length + 1 - MOST_OF_A_DEVICE))) drop(oldest);
      open.set(reply, { device, hears, beat });
      reply.raw.on('close', () => drop(reply));
      reply.raw.on('error', () => drop(reply));
    },
    count: () => open.size,
    close: () => {
      stopListening();
      clearInterval(watch);
      clearTimeout(poke);
      clearTimeout(rest);
      for (const reply of [...open.keys()]) drop(reply);
    },
  };
}
