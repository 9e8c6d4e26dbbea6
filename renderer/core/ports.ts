/**
 * What the engine needs from the world around it, as ports: the simulation puts a small one in the place of each. Nothing else in
 * renderer/core asks for the time, for random bytes, for the network or for a timer.
 */
import type { RandomBytes } from '../../shared/core/id.ts';

export interface Clock {
  /** Milliseconds since 1970 as this computer believes; wrong clocks are normal (sync.md S9). */
  readonly now: () => number;
}

/** The district as the page reaches it: `/api/…` on its own origin; the main process adds address and tokens. */
export type Fetch = (path: string, init?: RequestInit) => Promise<Answer>;

/** What is read of a response. */
export type Answer = Pick<Response, 'status' | 'text'> &
  Partial<Pick<Response, 'arrayBuffer'>> & { readonly headers?: Pick<Headers, 'get'> };

export interface Timers {
  /** @returns cancels */
  readonly later: (milliseconds: number, task: () => void) => () => void;
  /** Gives the screen its turn between two pieces of work. */
  readonly pause: () => Promise<void>;
}

export interface Ports {
  readonly clock: Clock;
  readonly random: RandomBytes;
  readonly fetch: Fetch;
  readonly timers: Timers;
}

/** The window's own. */
export function windowPorts(): Ports {
  return {
    clock: { now: () => Date.now() },
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    fetch: (path, init) => fetch(path, init),
    timers: { later, pause },
  };
}

function later(milliseconds: number, task: () => void): () => void {
  const timer = setTimeout(task, milliseconds);
  return () => clearTimeout(timer);
}

/** A message rather than a time-out: nested time-outs wait at least 4 ms each, and far longer in a hidden window. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
