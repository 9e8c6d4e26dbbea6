/**
 * The line of the sealed files up to the district: behind the records and never in their way, one file at a time, whoever is signed in,
 * locked or not (sync.md S13). An operation goes first, then what it names; a file that the district has is moved to `kept`.
 */
import type { SignedAsk } from '../signed-ask.ts';
import type { FileStore } from './file-store.ts';
import { createPartSize } from './part-size.ts';
import { heldAt, sendFile } from './sending.ts';

export interface UploadState {
  /** Files that living operations of this computer name and that the district lacks. */
  readonly waiting: number;
  /** What of them is still to go. */
  readonly bytes: number;
  /** Those that have gone since the last time that nothing waited. */
  readonly done: number;
}

export interface Uploads {
  readonly state: () => UploadState;
  /** Try now: an operation was confirmed, the line is back, a file was kept. */
  readonly wake: () => void;
  readonly stop: () => void;
}

export interface UploadsGiven {
  readonly store: FileStore;
  readonly ask: SignedAsk;
  /** Whether an operation of this computer that was not refused names it. */
  readonly isWanted: (file: string) => boolean;
  /** Whether records wait for the line and have a chance. */
  readonly isBusy: () => boolean;
  readonly onState: (state: UploadState) => void;
  /** Nothing waits any more. */
  readonly onDone: () => void;
  readonly now?: () => number;
  readonly wait?: (milliseconds: number) => Promise<void>;
}

const PAUSE = 5_000;
const LONG_PAUSE = 60_000;
/** Records come first, but one that the district answers for ever with nothing must not stop the scans as well. */
const MOST_PATIENCE = 60_000;
const LOOK = 100;

const later = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => void setTimeout(resolve, milliseconds).unref());

export function createUploads(given: UploadsGiven): Uploads {
  const { store, ask, isWanted, isBusy, onState, onDone, now = Date.now, wait = later } = given;
  const size = createPartSize();
  const sent = new Map<string, number>();
  let done = 0;
  let running = false;
  let again = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let told = '';

  const wanted = (): readonly string[] => store.waiting().filter(isWanted);

  function state(): UploadState {
    const files = wanted();
    const bytes = files.reduce((sum, file) => sum + store.sizeOf(file) - (sent.get(file) ?? 0), 0);
    return { waiting: files.length, bytes, done };
  }

  function tell(): void {
    const next = state();
    const text = JSON.stringify(next);
    if (text === told) return;
    told = text;
    onState(next);
  }

  async function quiet(): Promise<void> {
    const until = now() + MOST_PATIENCE;
    while (isBusy() && !stopped && now() < until) await wait(LOOK);
  }

  /** @returns the pause until the next try; undefined where there is nothing to wait for */
  async function send(): Promise<number | undefined> {
    const files = wanted();
    if (files.length === 0) return undefined;
    await quiet();
    const held = await heldAt(ask, files);
    if (!held) return PAUSE;
    for (const { file, received, complete } of held) {
      if (stopped) return undefined;
      sent.set(file, received);
      const onProgress = (bytes: number): void => {
        sent.set(file, bytes);
        tell();
      };
      const result = complete
        ? 'delivered'
        : await sendFile({ ask, store, size, quiet, now, onProgress }, file, received);
      if (result === 'cut') return PAUSE;
      if (result === 'full') return LONG_PAUSE;
      if (result === 'delivered') {
        await store.delivered(file);
        done += 1;
        tell();
      }
    }
    return wanted().length > 0 ? PAUSE : undefined;
  }

  function turn(): void {
    if (stopped) return;
    if (running) {
      again = true;
      return;
    }
    running = true;
    again = false;
    clearTimeout(timer);
    void send()
      .catch(() => PAUSE)
      .then((pause) => {
        running = false;
        tell();
        if (again) return turn();
        if (pause === undefined) {
          done = 0;
          sent.clear();
          onDone();
        } else timer = setTimeout(turn, pause).unref();
      });
  }

  return {
    state,
    wake: () => {
      tell();
      turn();
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
