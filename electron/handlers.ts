/** What each request of the window does: the bridge's names joined to the parts. Who may ask what is decided here, too. */
import { NO_ROOM, type BridgeInput } from '../shared/bridge.ts';
import type { Attachments } from './attachments/attachments.ts';
import { BridgeRefusal, type Handlers } from './bridge.ts';
import type { Carrier } from './carrier-port.ts';
import type { Door } from './door.ts';
import type { Locking } from './locking.ts';
import { isDiskFull } from './native/atomic-file.ts';
import type { Keys, Unlocked } from './native/key-types.ts';
import { isGenuine } from './native/journal-chain.ts';
import { DISK_FULL, JOURNAL_FAILED } from './native/journal-file.ts';
import { CONTENT_CHANGED } from './native/journal.ts';
import type { Journal } from './native/journal-port.ts';
import type { RoomWatch } from './native/room.ts';
import type { SettingsFile } from './native/settings.ts';
import type { StoreWatch } from './native/store-watch.ts';
import type { Packages } from './packages/packages.ts';
import type { ScopeKeys } from './scope-keys.ts';

export interface HandlerParts {
  readonly door: Door;
  readonly locking: Locking;
  readonly keys: Pick<Keys, 'enrolled' | 'signingKeyOf'>;
  readonly scopes: ScopeKeys;
  readonly journal: Journal;
  readonly carrier: Carrier;
  readonly attachments: Attachments;
  readonly room: RoomWatch;
  readonly packages: Packages;
  readonly settings: SettingsFile;
  readonly onSettings: () => void;
  readonly store: StoreWatch;
  readonly printPdf: (sheet: { html: string; title: string }) => Promise<Uint8Array<ArrayBuffer>>;
  readonly printPaper: (sheet: { html: string; title: string }) => Promise<boolean>;
  readonly saveFile: (file: { name: string; bytes: Uint8Array }) => Promise<string | undefined>;
  readonly onReady: (screen: string) => void;
}

const MOST_SEALED_BYTES = 64 * 1024 * 1024;
const MOST_FILE_BYTES = 100 * 1024 * 1024;
const SAYABLE: readonly string[] = [DISK_FULL, JOURNAL_FAILED, CONTENT_CHANGED];

/** What could not be written down says why in one word; the rest of the error stays in the main process. */
async function durably<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && SAYABLE.includes(error.message)) throw new BridgeRefusal(error.message);
    if (isDiskFull(error)) throw new BridgeRefusal(DISK_FULL);
    throw error;
  }
}

export function createHandlers(parts: HandlerParts): Handlers {
  const { door, locking, keys, scopes, journal, carrier, attachments, packages, room, settings } = parts;

  function me(): Unlocked {
    const inside = door.inside();
    if (!inside) throw new BridgeRefusal('locked');
    return inside;
  }

  /** Each session has a page of its own: one that somebody else is in could show whatever it likes in the door's place. */
  function nobody(): void {
    if (door.inside()) throw new BridgeRefusal('unlocked');
  }

  /** A new entry is one's own; one that is given back may be anybody's who has signed it on this computer. */
  function mayAppend({ envelope, link }: BridgeInput<'journal.append'>['entries'][number]): boolean {
    if (link) return isGenuine(envelope, link, keys.signingKeyOf);
    return envelope.author === me().person.id && envelope.device === keys.enrolled()?.device.id;
  }

  /** An operation never names a file that is not on the disk. */
  const isWhole = ({ envelope }: BridgeInput<'journal.append'>['entries'][number]): boolean =>
    (envelope.files ?? []).every((file) => attachments.state(file) !== 'absent');

  /** What is given back is written here already, only elsewhere. */
  async function haveRoom(): Promise<void> {
    if ((await room.look()).room === 'none') throw new BridgeRefusal(NO_ROOM);
  }

  return {
    'door.state': () => door.state(),
    'door.enrol': (input) => {
      nobody();
      return door.enrol(input);
    },
    'door.unlock': (input) => {
      nobody();
      return door.unlock(input);
    },
    'door.requestFile': () => door.requestFile(),
    'door.readAnswer': () => door.readAnswer(),
    'door.takeAnswer': (input) => {
      nobody();
      return door.takeAnswer(input);
    },
    'door.changePassphrase': (input) => door.changePassphrase(input),
    'door.makeSheet': (input) => door.makeSheet(input),
    'door.useSheet': (input) => {
      nobody();
      return door.useSheet(input);
    },
    'door.lock': () => locking.asked(),
    'door.session': () => door.session(),

    'scopes.open': async ({ scopes: wanted }) => {
      me();
      return { keys: [...(await scopes.open(wanted))] };
    },
    'scopes.begin': async ({ scope }) => {
      me();
      return { key: await durably(scopes.begin(scope)) };
    },
    'scopes.leave': async ({ scopes: left }) => {
      me();
      return { gone: [...(await durably(scopes.leave(left)))] };
    },

    'journal.append': async ({ entries }) => {
      const author = me();
      if (!entries.every(mayAppend)) throw new BridgeRefusal('forbidden');
      if (entries.some(({ link }) => !link)) await haveRoom();
      if (entries.some((entry) => !entry.link && !isWhole(entry))) throw new BridgeRefusal('file-missing');
      const appended = await durably(journal.append(entries, author));
      carrier.appended();
      attachments.wake();
      return { entries: [...appended] };
    },
    'journal.read': async ({ after }) => {
      me();
      return journal.read({ after });
    },
    'journal.resolve': async ({ operation, into }) => {
      const by = me();
      if (journal.authorOf(operation) !== by.person.id) throw new BridgeRefusal('forbidden');
      return {
        number: await durably(journal.resolve({ operation, by, into, at: new Date().toISOString() })),
      };
    },
    'journal.temporaryNumber': async () => {
      me();
      await haveRoom();
      return { ordinal: await durably(journal.temporaryNumber()) };
    },

    'store.setAside': async () => {
      me();
      await parts.store.setAside();
    },
    'store.look': () => {
      me();
      return parts.store.look();
    },
    'store.counted': async ({ writings }) => {
      me();
      await durably(parts.store.counted(writings));
    },

    'packages.state': () => {
      me();
      const { entries, people, exported, answered } = packages.state();
      return {
        entries,
        people,
        ...(exported && { exported: { ...exported, isAnswered: answered?.package === exported.id } }),
        ...(answered && { answered }),
      };
    },
    'packages.save': async (reached) => {
      me();
      return (await durably(packages.save(reached))) ?? {};
    },
    'packages.read': async () => {
      me();
      return durably(packages.read());
    },
    'packages.taken': async ({ serial, ...reached }) => {
      me();
      await durably(packages.taken(serial, reached));
    },

    'carrier.push': () => carrier.push(),
    'carrier.state': () => carrier.state(),

    'attachments.keep': async ({ bytes }) => {
      me();
      if (bytes.length > MOST_SEALED_BYTES) throw new BridgeRefusal('too-large');
      await haveRoom();
      return { file: await durably(attachments.keep(bytes)) };
    },
    'attachments.states': ({ files }) => {
      me();
      return { states: files.map(attachments.state) };
    },
    'attachments.read': async ({ file }) => {
      me();
      const bytes = await attachments.read(file);
      return bytes ? { bytes: new Uint8Array(bytes) } : {};
    },
    'attachments.fetch': async ({ file, size }) => {
      me();
      await haveRoom();
      return { came: await durably(attachments.fetch(file, size)) };
    },
    'attachments.uploads': () => attachments.uploads(),

    'disk.room': () => room.state(),

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
