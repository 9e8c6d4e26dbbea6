/**
 * A page through Chromium's DevTools protocol, as little of it as measuring needs: run something in the page, collect its garbage, take
 * a CPU profile. Nothing else is switched on, so that nothing else takes time.
 */
import { setTimeout as pause } from 'node:timers/promises';

export interface DevTools {
  /** Runs an expression in the page and waits for what it resolves to. */
  readonly evaluate: <T>(expression: string) => Promise<T>;
  readonly send: (method: string, parameters?: object) => Promise<unknown>;
  readonly close: () => void;
}

interface Reply {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface Evaluated {
  readonly result: { readonly value?: unknown };
  readonly exceptionDetails?: {
    readonly text: string;
    readonly exception?: { readonly description?: string };
  };
}

interface Target {
  readonly type: string;
  readonly url: string;
  readonly webSocketDebuggerUrl: string;
}

const PATIENCE = 60_000;

/** The first page of whoever listens there whose address begins so. */
export async function pageAt(port: number, address: string): Promise<DevTools> {
  const until = performance.now() + PATIENCE;
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/json/list`).catch(() => undefined);
    const targets = answer?.ok ? ((await answer.json()) as readonly Target[]) : [];
    const page = targets.find(({ type, url }) => type === 'page' && url.startsWith(address));
    if (page) return connect(page.webSocketDebuggerUrl);
    if (performance.now() > until) throw new Error(`no page at ${address}`);
    await pause(20);
  }
}

async function connect(url: string): Promise<DevTools> {
  const socket = new WebSocket(url);
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (reason: Error) => void }>();
  await new Promise<void>((resolve, reject) => {
    socket.onopen = () => resolve();
    socket.onerror = () => reject(new Error('the page took no connection'));
  });
  socket.onmessage = ({ data }: MessageEvent) => {
    const { id = 0, result, error } = JSON.parse(String(data)) as Reply;
    const one = waiting.get(id);
    waiting.delete(id);
    if (error) one?.reject(new Error(error.message));
    else one?.resolve(result);
  };
  socket.onclose = () => {
    for (const { reject } of waiting.values()) reject(new Error('the page is gone'));
    waiting.clear();
  };
  let last = 0;
  const send = (method: string, params: object = {}): Promise<unknown> => {
    const id = ++last;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      socket.send(JSON.stringify({ id, method, params }));
    });
  };
  return {
    send,
    evaluate: async <T>(expression: string) => {
      const asked = { expression, awaitPromise: true, returnByValue: true, userGesture: true };
      const { result, exceptionDetails } = (await send('Runtime.evaluate', asked)) as Evaluated;
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value as T;
    },
    close: () => socket.close(),
  };
}
