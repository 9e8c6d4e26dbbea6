/**
 * A whole desk in one process: the main process's own parts on a real profile folder and the engine of the window over them, with real
 * keys, against a district over HTTP or against one that it reaches by files alone. Only Electron, Chromium's database and the screen are missing.
 */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BridgeClient, BridgeInput, BridgeName, Session } from '../../shared/bridge.ts';
import type { Registry } from '../../shared/core/registry.ts';
import type { OpenedDesk } from '../../renderer/core/open-desk.ts';
import { openDesk } from '../../renderer/core/open-desk.ts';
import { emptyDisk, openMemoryDatabase } from '../../renderer/core/testing/memory-database.ts';
import { FILED } from '../../shared/bridge.ts';
import { carryApi } from '../api.ts';
import { openAttachments } from '../attachments/attachments.ts';
import { createCarrier } from '../carrier.ts';
import { createChainRepair } from '../chain-repair.ts';
import { askDistrict } from '../district.ts';
import { createDoor } from '../door.ts';
import { createDurableMark } from '../durable-mark.ts';
import { createEpochWatch } from '../epoch-watch.ts';
import { createHandlers } from '../handlers.ts';
import { hearHandshakes } from '../handshakes.ts';
import { createLine } from '../line.ts';
import { createLocking } from '../locking.ts';
import { journalPath } from '../native/journal-file.ts';
import { openJournal } from '../native/journal.ts';
import { watchRoom } from '../native/room.ts';
import { DEFAULT_SETTINGS, openSettings } from '../native/settings.ts';
import { watchStore } from '../native/store-watch.ts';
import { createFiledAsk } from '../packages/filed-ask.ts';
import { packagePlaces } from '../packages/package-state.ts';
import { createPackages } from '../packages/packages.ts';
import { createScopeKeys } from '../scope-keys.ts';
import { keyStoreOf, quickComputer } from './quick-keys.ts';

/** Nobody listens there. */
const NOWHERE = 'http://127.0.0.1:9';
const PIN = '135792';

export interface WholeDesk {
  readonly profile: string;
  readonly keys: Awaited<ReturnType<Awaited<ReturnType<typeof quickComputer>>['open']>>;
  readonly clocks: { wall: number; running: number };
  readonly journal: Awaited<ReturnType<typeof openJournal>>['journal'];
  readonly packages: ReturnType<typeof createPackages>;
  readonly door: ReturnType<typeof createDoor>;
  readonly bridge: BridgeClient;
  /** Of the person who is in. */
  readonly desk: () => OpenedDesk;
  /** By a code where the district listens at `address`, by a pair of files with `answer`. */
  readonly enrol: (given: {
    readonly code?: string;
    readonly address?: string;
    readonly answer?: (request: Uint8Array) => Promise<Uint8Array>;
  }) => Promise<Session>;
  /** Locks, and lets somebody in. */
  readonly unlock: (person: string) => Promise<void>;
  /** Ends when the window has nothing more to ask of anybody. */
  readonly settled: () => Promise<void>;
  readonly exportPackage: () => Promise<string>;
  readonly importAnswer: (text: string) => Promise<Awaited<ReturnType<WholeDesk['packages']['read']>>>;
  readonly close: () => Promise<void>;
}

export async function wholeDesk(registry: Registry): Promise<WholeDesk> {
  const computer = await quickComputer();
  const { profile } = computer;
  const keys = await computer.open(keyStoreOf('desk'));
  const { journal } = await openJournal({ path: journalPath(profile) });
  const settings = await openSettings(join(profile, 'settings.json'));
  const listeners = new Set<Parameters<BridgeClient['listen']>[0]>();
  const send: Parameters<BridgeClient['listen']>[0] = (event) =>
    listeners.forEach((listener) => listener(event));
  const disk = emptyDisk();
  let opened: OpenedDesk | undefined;
  const stick: { out?: Uint8Array; in?: Uint8Array | undefined } = {};

  const fault = (where: string, error: unknown): never => {
    throw new Error(where, { cause: error });
  };
  const line = createLine({
    keys,
    unlocked: () => door.inside(),
    appVersion: '0.1.0',
    pending: journal.pendingCount,
    onRevoked: () => door.lock(),
  });
  const door = createDoor({
    keys,
    ask: askDistrict,
    appVersion: '0.1.0',
    settings: () => DEFAULT_SETTINGS,
    revoked: line.revoked,
    onAdmitted: ({ device }) => journal.chainReached(device.id, device.chain),
    onEnter: () => carrier.contactChanged(),
    onLeave: line.personLeft,
    onTurnedAway: () => undefined,
    files: {
      save: ({ name, bytes }) => {
        stick.out = bytes;
        return Promise.resolve(name);
      },
      open: () => Promise.resolve(stick.in),
    },
  });
  const ask = createFiledAsk({ ask: line.ask, inside: door.inside, waiting: (me) => packages.waiting(me) });
  const scopes = createScopeKeys({ keys, inside: door.inside, ask });
  const epochs = createEpochWatch({
    path: join(profile, 'journal', 'epoch.json'),
    journal,
    onOffered: () => send({ kind: 'verdicts', entries: [] }),
  });
  const chain = createChainRepair({ journal, inside: door.inside });
  const carrier = createCarrier({
    ...line,
    journal,
    ...chain,
    onRevokedAndDelivered: () => void keys.destroyAll(),
    onEpoch: epochs.heard,
    onVerdicts: (entries) => send({ kind: 'verdicts', entries: [...entries] }),
    onState: (state) => send({ kind: 'carrier', ...state }),
    onPoke: () => undefined,
  });
  const attachments = await openAttachments({
    folder: profile,
    journal,
    ask: line.ask,
    carrier: () => carrier.state(),
    onState: (state) => send({ kind: 'uploads', ...state }),
  });
  const path = join(profile, 'stick.linli');
  const packages = createPackages({
    ...(await packagePlaces(profile)),
    app: '0.1.0',
    keys,
    inside: door.inside,
    contact: line.contact,
    journal,
    carrier,
    scopes,
    epochs,
    ...chain,
    heardRevoked: line.heardRevoked,
    files: {
      save: async ({ name, lines }) => {
        let text = '';
        for await (const one of lines) text += one;
        stick.out = Buffer.from(text);
        return name;
      },
      choose: async () => {
        if (!stick.in) return undefined;
        await writeFile(path, stick.in);
        return path;
      },
    },
    onChange: () => send({ kind: 'packages' }),
  });
  const learnDurableMark = createDurableMark({
    path: join(profile, 'journal', 'mark.json'),
    journal,
    epochs,
  });
  const handlers = createHandlers({
    door,
    locking: createLocking({
      isUnlocked: () => door.inside() !== undefined,
      tellPage: () => undefined,
      forgetKey: door.lock,
      replacePage: () => undefined,
    }),
    keys,
    scopes,
    journal,
    attachments,
    carrier,
    packages,
    room: watchRoom({ folder: profile, onChange: () => undefined }),
    settings,
    onSettings: () => undefined,
    store: watchStore({ folder: profile, log: () => undefined, clear: () => Promise.resolve() }),
    printPdf: () => Promise.resolve(new Uint8Array()),
    printPaper: () => Promise.resolve(false),
    saveFile: () => Promise.resolve(undefined),
    onReady: () => undefined,
  });
  const bridge: BridgeClient = {
    ask: async (name: BridgeName, ...input: readonly unknown[]) =>
      handlers[name]((input as [BridgeInput<never>])[0] as never) as never,
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };

  async function open(session: Session): Promise<void> {
    await opened?.close();
    opened = await openDesk({
      session,
      bridge,
      registry,
      readings: () => [],
      openDatabase: async () => openMemoryDatabase(disk),
      hold: async () => () => undefined,
      ports: {
        timers: { later: () => () => undefined, pause: async () => undefined },
        fetch: async (at, init) => {
          const body = () => Promise.resolve(Buffer.from((init?.body as string | undefined) ?? ''));
          const answer = await carryApi(
            { method: init?.method ?? 'GET', path: at, body },
            { ask, onAnswer: hearHandshakes({ learnDurableMark, scopes, packages, fault }) },
          );
          const headers = new Headers();
          if (answer.filed !== undefined) headers.set(FILED, String(answer.filed));
          return new Response(new Uint8Array(answer.body), { status: answer.status, headers });
        },
      },
    });
    await opened.inside.turns.settled();
  }
  const desk = (): OpenedDesk => {
    if (!opened) throw new Error('nobody is in');
    return opened;
  };
  const settled = async (): Promise<void> => {
    desk().syncNow();
    await desk().inside.turns.settled();
  };

  return {
    profile,
    keys,
    clocks: computer.clocks,
    journal,
    packages,
    door,
    bridge,
    desk,
    async enrol({ code, address = NOWHERE, answer }) {
      let entered: Awaited<ReturnType<typeof door.enrol>>;
      if (answer) {
        await door.requestFile();
        stick.in = await answer(stick.out ?? new Uint8Array());
        const read = await door.readAnswer();
        if (!read.ok) throw new Error(read.error.code);
        entered = await door.takeAnswer({ passphrase: PIN });
      } else entered = await door.enrol({ address, code: code ?? '', passphrase: PIN });
      if (!entered.ok) throw new Error(entered.error.code);
      await open(entered.value);
      return entered.value;
    },
    async unlock(person) {
      await opened?.close();
      opened = undefined;
      door.lock();
      const entered = await door.unlock({ person, passphrase: PIN });
      if (!entered.ok) throw new Error(entered.error.code);
      await open(entered.value);
    },
    settled,
    async exportPackage() {
      const saved = await bridge.ask('packages.save', desk().reached());
      if (saved.saved === undefined) throw new Error('nothing was saved');
      return Buffer.from(stick.out ?? []).toString();
    },
    async importAnswer(text) {
      stick.in = Buffer.from(text);
      const outcome = await packages.read();
      await settled();
      return outcome;
    },
    async close() {
      attachments.stop();
      carrier.stop();
      await opened?.close();
      await journal.close();
      await readFile(path).then(
        () => rm(path),
        () => undefined,
      );
    },
  };
}
