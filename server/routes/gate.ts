/**
 * How much of pushes is under way at a time. After an outage a district's desks all push at once, and whatever has been read waits in memory until it
 * is judged: so a push is let in before its body is read, in the order of arrival, by the bytes that it says it has. Small ones that
 * come by themselves never wait; whoever waits leaves nothing here but an open line.
 */
import type { onRequestAsyncHookHandler } from 'fastify';
import { MAX_BODY } from './unpack.ts';

export interface Gate {
  /** Resolves when so many bytes may come in. @returns lets the next ones in */
  readonly enter: (bytes: number) => Promise<() => void>;
}

/** Ten desks with some hundred operations each; a thousand that bring one. */
const MOST_BYTES = 4 * 1024 * 1024;

interface Waiting {
  readonly bytes: number;
  readonly letIn: () => void;
}

export function createGate(most = MOST_BYTES): Gate {
  const waiting: Waiting[] = [];
  let inside = 0;

  function admit(): void {
    for (let next = waiting[0]; next && (inside === 0 || inside + next.bytes <= most); next = waiting[0]) {
      waiting.shift();
      inside += next.bytes;
      next.letIn();
    }
  }

  return {
    enter: (bytes) =>
      new Promise((resolve) => {
        let isOut = false;
        const leave = (): void => {
          if (isOut) return;
          isOut = true;
          inside -= bytes;
          admit();
        };
        waiting.push({ bytes, letIn: () => resolve(leave) });
        admit();
      }),
  };
}

/** A hook for `onRequest`: nothing of a push is read before it is let in. */
export const letInByTurns =
  (gate: Gate): onRequestAsyncHookHandler =>
  async ({ routeOptions, headers }, { raw }) => {
    if (routeOptions.url !== '/api/push') return;
    const isTold = headers['content-encoding'] === undefined;
    const bytes = isTold ? Number(headers['content-length'] ?? MAX_BODY) : MAX_BODY;
    const leave = await gate.enter(bytes);
    // Whoever has hung up meanwhile is told nothing any more.
    if (raw.closed) return leave();
    raw.once('finish', leave);
    raw.once('close', leave);
  };
