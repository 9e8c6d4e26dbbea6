/** What each request of the window does: the bridge's names joined to the parts. Who may ask what is decided here, too. */
import { BridgeRefusal, type Handlers } from './bridge.ts';
import type { Carrier } from './carrier.ts';
import type { Door } from './door.ts';
import type { Locking } from './locking.ts';
import { DISK_FULL, JOURNAL_FAILED } from './native/journal-file.ts';
import { CONTENT_CHANGED, type Journal } from './native/journal.ts';
import type { SettingsFile } from './native/settings.ts';

export interface HandlerParts {
  readonly door: Door;
  readonly locking: Locking;
  readonly journal: Journal;
  readonly carrier: Carrier;
  readonly settings: SettingsFile;
  readonly deviceId: () => string | undefined;
  readonly onSettings: () => void;
  readonly setStoreAside: () => Promise<void>;
  readonly printPdf: (sheet: { html: string; title: string }) => Promise<Uint8Array<ArrayBuffer>>;
  readonly printPaper: (sheet: { html: string; title: string }) => Promise<boolean>;
  readonly saveFile: (file: { name: string; bytes: Uint8Array }) => Promise<string | undefined>;
  readonly onReady: (screen: string) => void;
}

const MOST_FILE_BYTES = 100 * 1024 * 1024;
const SAYABLE: readonly string[] = [DISK_FULL, JOURNAL_FAILED, CONTENT_CHANGED];

/** A journal that fails says why in one word; the rest of the error stays in the main process. */
async function durably<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && SAYABLE.includes(error.message)) throw new BridgeRefusal(error.message);
    throw error;
  }
}

export function createHandlers(parts: HandlerParts): Handlers {
  const { door, locking, journal, carrier, settings } = parts;

  function me(): { readonly id: string; readonly name: string } {
    const inside = door.inside();
    if (!inside) throw new BridgeRefusal('locked');
    return inside.person;
  }

  return {
    'door.state': () => door.state(),
    'door.enrol': (input) => door.enrol(input),
    'door.unlock': (input) => door.unlock(input),
    'door.lock': () => locking.asked(),
    'door.session': () => door.session(),

    'journal.append': async ({ envelopes }) => {
      const author = me().id;
      const device = parts.deviceId();
      const own = envelopes.every((envelope) => envelope.author === author && envelope.device === device);
      if (!own) throw new BridgeRefusal('forbidden');
      const numbers = await durably(journal.append(envelopes));
      carrier.appended();
      return { numbers: [...numbers] };
    },
    'journal.read': ({ after }) => journal.read({ person: me().id, after }),
    'journal.resolve': async ({ operation, into }) => {
      const by = me().id;
      if (journal.authorOf(operation) !== by) throw new BridgeRefusal('forbidden');
      return {
        number: await durably(journal.resolve({ operation, by, into, at: new Date().toISOString() })),
      };
    },
    'journal.temporaryNumber': async () => {
      me();
      return { ordinal: await durably(journal.temporaryNumber()) };
    },

    'store.setAside': async () => {
      me();
      await parts.setStoreAside();
    },

    'carrier.push': () => carrier.push(),
    'carrier.state': () => carrier.state(),

    'settings.change': async (changed) => {
      const next = await settings.change(withoutUndefined(changed));
      parts.onSettings();
      return next;
    },

    'print.pdf': async (sheet) => {
      me();
      return { pdf: await parts.printPdf(sheet) };
    },
    'print.paper': async (sheet) => {
      me();
      return { printed: await parts.printPaper(sheet) };
    },
    'files.save': async (file) => {
      me();
      if (file.bytes.length > MOST_FILE_BYTES) throw new BridgeRefusal('too-large');
      const saved = await parts.saveFile(file);
      return saved === undefined ? {} : { saved };
    },
    'window.ready': ({ screen }) => parts.onReady(screen),
  };
}

const withoutUndefined = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
