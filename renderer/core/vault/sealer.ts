/**
 * Seals rows: what is small here, what is large in a thread of its own, because `CompressionStream` deflates on the thread that asks
 * (3.3 s for 100 000 records). The thread is started for the first large row and ended with the profile. Where there is none, where it
 * does not start, ends or falls silent, the page does what it was asked: a thread may be lost, a row may not.
 */
import type { Timers } from '../ports.ts';
import type { Bytes } from './ciphers.ts';
import { LEAST } from './pressed.ts';
import { sealRow, type RowToSeal } from './seal-row.ts';

export interface SealQuestion {
  readonly number: number;
  readonly row: RowToSeal;
}

export interface SealAnswer {
  readonly number: number;
  /** Undefined where it could not. */
  readonly bytes: Bytes | undefined;
}

export interface Sealer {
  readonly seal: (row: RowToSeal) => Promise<Bytes>;
  /** Ends the thread; what it had not answered is sealed here. */
  readonly close: () => void;
}

/** As much of a thread as is used. */
export type SealThread = Pick<Worker, 'postMessage' | 'terminate'> &
  Pick<GlobalEventHandlers, 'addEventListener'>;

interface Waiting {
  readonly row: RowToSeal;
  readonly resolve: (bytes: Bytes | Promise<Bytes>) => void;
}

/** Milliseconds without any answer; a row takes some three. */
const PATIENCE = 10_000;

/** @param start undefined where there are no threads (Node) */
export function createSealer(start: (() => SealThread) | undefined, later: Timers['later']): Sealer {
  const waiting = new Map<number, Waiting>();
  let thread: SealThread | undefined;
  let isOver = start === undefined;
  let last = 0;
  let stopWatching: (() => void) | undefined;

  function watch(): void {
    stopWatching?.();
    stopWatching = waiting.size > 0 ? later(PATIENCE, end) : undefined;
  }

  function end(): void {
    isOver = true;
    thread?.terminate();
    thread = undefined;
    const left = [...waiting.values()];
    waiting.clear();
    watch();
    for (const { row, resolve } of left) resolve(sealRow(row));
  }

  function take({ number, bytes }: SealAnswer): void {
    const one = waiting.get(number);
    waiting.delete(number);
    watch();
    one?.resolve(bytes ?? sealRow(one.row));
  }

  function begun(): SealThread | undefined {
    const made = start?.();
    made?.addEventListener('message', (event) => take((event as MessageEvent<SealAnswer>).data));
    for (const failure of ['error', 'messageerror']) made?.addEventListener(failure, end);
    return made;
  }

  /** What is asked stays here until it is answered, so it is copied, not handed over: 80 KB cost less than the question. */
  function ask(row: RowToSeal): Promise<Bytes> {
    return new Promise((resolve) => {
      const number = ++last;
      waiting.set(number, { row, resolve });
      try {
        thread ??= begun();
        thread?.postMessage({ number, row } satisfies SealQuestion);
        if (waiting.size === 1) watch();
      } catch {
        end();
      }
    });
  }

  return { seal: (row) => (isOver || row.content.length < LEAST ? sealRow(row) : ask(row)), close: end };
}

/** The window's own thread. */
export const sealThread =
  typeof Worker === 'undefined'
    ? undefined
    : (): Worker => new Worker(new URL('./seal-worker.ts', import.meta.url), { type: 'module' });
