/**
 * Sealed files of attachments in the main process, joined: where they lie, the line up, the line down. Only the address of a file is
 * known here; the keys are in the records, which this process cannot open.
 */
import { join } from 'node:path';
import type { CarrierState } from '../carrier-port.ts';
import type { Journal } from '../native/journal-port.ts';
import type { SignedAsk } from '../signed-ask.ts';
import { createDownloads, type Downloads } from './downloads.ts';
import { openFileStore, type FileStore } from './file-store.ts';
import { createUploads, type UploadState, type Uploads } from './uploads.ts';

export interface Attachments extends Pick<FileStore, 'keep' | 'state' | 'read'> {
  readonly fetch: Downloads['fetch'];
  readonly uploads: Uploads['state'];
  readonly wake: () => void;
  /** A district that came back from a backup may have lost what it had: everything that the journal names is asked about again. */
  readonly offerAgain: () => Promise<void>;
  /** Runs it when nothing waits any more, and after ten minutes at the latest. */
  readonly afterDelivery: (work: () => void) => void;
  readonly stop: () => void;
}

export interface AttachmentsGiven {
  readonly folder: string;
  readonly journal: Pick<Journal, 'naming' | 'filesNamed' | 'pendingCount'>;
  readonly ask: SignedAsk;
  readonly carrier: () => Pick<CarrierState, 'online'>;
  readonly onState: (state: UploadState) => void;
}

/** A form may lie open or be a draft for so long before an operation names its files. */
const FORGOTTEN = 30 * 86_400_000;
const ROOM = 2 * 1024 ** 3;
const LONGEST_GOODBYE = 10 * 60_000;

export async function openAttachments(given: AttachmentsGiven): Promise<Attachments> {
  const { folder, journal, ask, carrier, onState } = given;
  const store = await openFileStore(join(folder, 'attachments'));
  await store.sweep({
    isNamed: (file) => journal.naming(file) !== 'nobody',
    before: Date.now() - FORGOTTEN,
    room: ROOM,
  });
  let goodbye: (() => void) | undefined;
  const leave = (): void => {
    goodbye?.();
    goodbye = undefined;
  };
  const isBusy = (): boolean => carrier().online && journal.pendingCount() > 0;
  const uploads = createUploads({
    store,
    ask,
    isWanted: (file) => journal.naming(file) === 'living',
    isBusy,
    onState,
    onDone: leave,
  });
  const downloads = createDownloads({ store, ask, isBusy });
  // What the last run left, once everything beside this has started.
  setImmediate(uploads.wake);
  return {
    keep: store.keep,
    state: store.state,
    read: store.read,
    fetch: downloads.fetch,
    uploads: uploads.state,
    wake: uploads.wake,
    offerAgain: async () => {
      await store.offerAgain(journal.filesNamed());
      uploads.wake();
    },
    afterDelivery: (work) => {
      goodbye = work;
      setTimeout(leave, LONGEST_GOODBYE).unref();
      uploads.wake();
    },
    stop: uploads.stop,
  };
}
