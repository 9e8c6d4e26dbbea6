/**
 * The desk behind its window, as a list of what starts and in which order. It owns what must outlive a page: keys, the journal file, the
 * line to the district. Each part lives in its own file and knows nothing of Electron where it can help it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { app, dialog, session } from 'electron';
import { openAttachments } from './attachments/attachments.ts';
import { createAnswerer } from './bridge.ts';
import { createCarrier } from './carrier.ts';
import { createChainRepair } from './chain-repair.ts';
import { answerApi } from './desk-api.ts';
import { askDistrict } from './district.ts';
import { enrolForDemo } from './demo-enrol.ts';
import { createDoor } from './door.ts';
import { createDurableMark } from './durable-mark.ts';
import type { Environment } from './environment.ts';
import { createEpochWatch } from './epoch-watch.ts';
import type { createFaultLog } from './fault-log.ts';
import { createHandlers } from './handlers.ts';
import { hearHandshakes } from './handshakes.ts';
import { createLine } from './line.ts';
import { createLocking } from './locking.ts';
import { showMenu } from './menu.ts';
import { deriveIn } from './native/argon2.ts';
import { openFile, saveFile, stickFiles } from './native/files.ts';
import { journalPath } from './native/journal-file.ts';
import { openJournal } from './native/journal.ts';
import { openKeys } from './native/keys.ts';
import type { Log } from './native/log.ts';
import { osKeyStore } from './native/os-key-store.ts';
import { createFiledAsk } from './packages/filed-ask.ts';
import { packagePlaces } from './packages/package-state.ts';
import { createPackages } from './packages/packages.ts';
import { printPaper, printPdf } from './native/print.ts';
import { watchRoom } from './native/room.ts';
import { openSettings, type SettingsFile } from './native/settings.ts';
import { watchStore } from './native/store-watch.ts';
import { createCrashCount } from './page-crashes.ts';
import { takePicture } from './picture.ts';
import { createScopeKeys } from './scope-keys.ts';
import { shellTexts } from './texts.ts';
import { watchAway } from './watch-away.ts';
import type { DeskWindow } from './window.ts';

export interface DeskGiven {
  readonly environment: Environment;
  /** The profile's. */
  readonly folder: string;
  readonly log: Log;
  readonly fault: ReturnType<typeof createFaultLog>;
  readonly window: DeskWindow;
  readonly onSettings: (settings: SettingsFile) => void;
}

/** What the window and its page ask for; they wait for it. */
export interface Desk {
  readonly answer: ReturnType<typeof createAnswerer>;
  readonly api: ReturnType<typeof answerApi>;
  readonly onInput: () => void;
  readonly onFocus: () => void;
  readonly onCrash: (reason: string) => void;
  readonly beforeClose: () => Promise<void>;
}

export async function prepareDesk(given: DeskGiven): Promise<Desk> {
  const { environment, folder, log, fault, window } = given;
  const settings = await openSettings(join(folder, 'settings.json'));
  given.onSettings(settings);

  // The journal before everything that may write to it or push from it.
  const { journal, setAside } = await openJournal({ path: journalPath(folder) });
  if (setAside.length > 0) log('journal.set-aside', { files: setAside.length });

  // The bundled worker is one file; started from its text, it runs out of the archive as well.
  const argon2 = readFileSync(join(__dirname, 'argon2-worker.cjs'), 'utf8');
  const keys = await openKeys({
    folder: join(folder, 'keys'),
    mirror: join(folder, 'journal', 'keys.mirror.json'),
    keyStore: osKeyStore(),
    derive: deriveIn((options) => new Worker(argon2, { ...options, eval: true })),
  });
  if (keys.damaged()) log('keys.damaged');
  if (keys.secretLost()) log('keys.secret-lost');
  // A torn tail is an append that was never acknowledged; a damaged stretch is a disk that loses things.
  if (setAside.some((path) => path.includes('.damaged-')) && keys.enrolled())
    keys.note('journal-damaged').catch((error) => fault('notice', error));

  const line = createLine({
    keys,
    unlocked: () => door.inside(),
    appVersion: app.getVersion(),
    pending: journal.pendingCount,
    onRevoked: () => {
      log('revoked');
      forgetKey();
      if (window.current()) window.recreate();
      carrier.push();
    },
  });

  const texts = () => shellTexts(settings.current().language);
  const shown = () => {
    const current = window.current();
    if (!current) throw new Error('No window to ask from');
    return current;
  };
  const save = (file: { readonly name: string; readonly bytes: Uint8Array }) =>
    saveFile(shown(), file, environment.saveDirectory);

  const door = createDoor({
    keys,
    ask: askDistrict,
    appVersion: app.getVersion(),
    settings: settings.current,
    revoked: line.revoked,
    onLeave: line.personLeft,
    onTurnedAway: () => setImmediate(() => window.current() && window.recreate()),
    onAdmitted: ({ device }) => journal.chainReached(device.id, device.chain),
    onEnter: () => {
      window.name(door.inside()?.person.name);
      line.personCame();
      carrier.contactChanged();
      chain.entered().then(
        (any) => any && carrier.push(),
        (error) => fault('chain', error),
      );
    },
    files: {
      save,
      open: () => {
        const name = texts().answerFile;
        return openFile(shown(), { name, extension: 'json' }, environment.saveDirectory);
      },
    },
  });
  const ask = createFiledAsk({ ask: line.ask, inside: door.inside, waiting: (me) => packages.waiting(me) });
  const scopes = createScopeKeys({ keys, inside: door.inside, ask });

  const forgetKey = () => {
    door.lock();
    window.name(undefined);
  };
  const locking = createLocking({
    isUnlocked: () => door.inside() !== undefined,
    tellPage: () => window.send({ kind: 'locking' }),
    forgetKey,
    replacePage: window.recreate,
  });
  const lock = () => {
    // Whoever is just coming in stays out.
    if (!door.inside()) door.lock();
    void locking.soon();
  };

  const epochs = createEpochWatch({
    path: join(folder, 'journal', 'epoch.json'),
    journal,
    onOffered: () => {
      log('journal.offered-again');
      // The window reads what has become of its own operations.
      if (door.inside()) window.send({ kind: 'verdicts', entries: [] });
      carrier.push();
      attachments.offerAgain().catch((error) => fault('attachments', error));
    },
  });
  const chain = createChainRepair({ journal, inside: door.inside });
  const attachments = await openAttachments({
    folder,
    journal,
    ask: line.ask,
    carrier: () => carrier.state(),
    onState: (state) => window.send({ kind: 'uploads', ...state }),
  });

  // Pushes for everybody, also while locked; so it starts before anybody unlocks.
  const carrier = createCarrier({
    ...line,
    journal,
    ...chain,
    onRevokedAndDelivered: () =>
      attachments.afterDelivery(() => void destroyKeys().catch((error) => fault('destroy', error))),
    onEpoch: epochs.heard,
    // Everybody's: colleagues on one computer see each other's work arrive.
    onVerdicts: (entries) => {
      attachments.wake();
      if (door.inside()) window.send({ kind: 'verdicts', entries: [...entries] });
    },
    onState: (state) => window.send({ kind: 'carrier', ...state }),
    onPoke: (news) => {
      if (door.inside()) window.send({ kind: 'poke', ...(news && { news }) });
    },
  });

  /** Everything that was written here is delivered; the journal stays, and nothing opens it any more. */
  async function destroyKeys(): Promise<void> {
    log('keys.destroyed');
    window.send({ kind: 'revoked' });
    forgetKey();
    await keys.destroyAll();
    if (window.current()) window.recreate();
    await session.defaultSession.clearStorageData({ storages: ['indexdb'] });
  }

  const room = watchRoom({
    folder,
    ...(environment.room && { marks: environment.room }),
    onChange: (state) => {
      log('room', state);
      window.send({ kind: 'room', ...state });
    },
  });
  await room.look();
  setInterval(() => void room.look(), 5_000).unref();
  const packages = createPackages({
    ...(await packagePlaces(folder)),
    ...{ app: app.getVersion(), keys, journal, carrier, scopes, epochs, inside: door.inside },
    ...{ contact: line.contact, heardRevoked: line.heardRevoked, ...chain },
    files: stickFiles(shown, () => texts().answerFile, environment.saveDirectory),
    onChange: () => window.send({ kind: 'packages' }),
  });

  const learnDurableMark = createDurableMark({ path: join(folder, 'journal', 'mark.json'), journal, epochs });
  const api = answerApi({ ask, onAnswer: hearHandshakes({ learnDurableMark, scopes, packages, fault }) });

  const menu = () =>
    showMenu(settings.current().language, { lock, go: (to) => window.send({ kind: 'go', to }) });
  menu();

  const answer = createAnswerer({
    handlers: createHandlers({
      ...{ door, locking, keys, scopes, journal, carrier, attachments, room, packages, settings },
      onSettings: () => {
        menu();
        window.name(door.inside()?.person.name);
      },
      store: watchStore({
        folder,
        log,
        clear: () => session.defaultSession.clearStorageData({ storages: ['indexdb'] }),
      }),
      printPdf,
      printPaper,
      saveFile: save,
      onReady: (screen) => {
        log('ready', { screen });
        if (environment.screenshot)
          takePicture(window.current(), environment.screenshot).catch((error) => fault('picture', error));
      },
    }),
    isOurs: (sender) => sender === window.current()?.webContents,
    onFault: fault,
  });

  const idle = watchAway({
    isUnlocked: () => door.inside() !== undefined,
    lockAfterMinutes: () => settings.current().lockAfter,
    lock,
    onReturn: carrier.push,
  });

  const mayGoOn = createCrashCount();
  function crashed(reason: string): void {
    log('page-gone', { reason });
    forgetKey();
    if (mayGoOn()) return window.recreate();
    const t = shellTexts(settings.current().language);
    dialog.showErrorBox(t.brokenTitle, t.broken);
    app.exit(1);
  }

  app.on('will-quit', () => {
    carrier.stop();
    attachments.stop();
    log('stop');
  });

  if (!keys.enrolled())
    await enrolForDemo(environment, door, forgetKey, (refused) => log('demo-enrol', { refused }));

  return {
    answer,
    api,
    onInput: idle.touch,
    onFocus: carrier.push,
    onCrash: crashed,
    beforeClose: locking.beforeClose,
  };
}
