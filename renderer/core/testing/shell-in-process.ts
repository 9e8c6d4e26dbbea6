/**
 * The main process of one computer in memory: the real journal, carrier, epoch watch, chain repair and durable mark of electron/, over a
 * folder in memory. Only the window around them, tokens and real keys are left out. It dies with the power and starts again on
 * what lies in its folder.
 */
import { Buffer } from 'node:buffer';
import type {
  BridgeClient,
  BridgeEvent,
  BridgeInput,
  BridgeName,
  BridgeOutput,
} from '../../../shared/bridge.ts';
import { ok, refuse } from '../../../shared/core/result.ts';
import type { PushRequest } from '../../../shared/protocol/messages.ts';
import { createCarrier } from '../../../electron/carrier.ts';
import { createChainRepair } from '../../../electron/chain-repair.ts';
import { createDurableMark } from '../../../electron/durable-mark.ts';
import { createEpochWatch } from '../../../electron/epoch-watch.ts';
import type { Later } from '../../../electron/native/after-time.ts';
import { openJournal } from '../../../electron/native/journal.ts';
import type { Author } from '../../../electron/native/journal-port.ts';
import { signingPoint } from './links.ts';
import { createMemoryFiles, type FileStep, type MemoryFiles } from './memory-files.ts';
import { DISTRICT_POINT, plainKeyId, plainSignature } from './plain-keys.ts';
import type { Main, Making } from './main.ts';

export interface Shell extends Main {
  readonly files: MemoryFiles;
  readonly life: () => Life;
  /** Nothing of this life writes or sends any more; what lies in the folder stays. */
  readonly stop: () => void;
  /** Another life, on what lies in the folder. */
  readonly start: () => Promise<void>;
}

export interface ShellTrouble {
  /** What this computer's clock says, in milliseconds. */
  readonly now: () => number;
  /** Milliseconds that have really passed: nobody switches the computers of the simulation off for long. */
  readonly running: () => number;
  /** Before anything is written to its disk; throws when the power is off. */
  readonly before: (step: FileStep) => void;
}

/** Everything that was begun has ended or waits for a reply: nothing in this process waits for a timer or a disk. */
export const quiet = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const FOLDER = '/journal';
const never: Later = () => () => undefined;

type Life = Awaited<ReturnType<typeof beginLife>>;

export async function createShell(making: Making, trouble: ShellTrouble): Promise<Shell> {
  const files = createMemoryFiles();
  let life = await beginLife(making, trouble, files);
  return {
    files,
    life: () => life,
    stop: () => life.end(),
    start: async () => {
      life = await beginLife(making, trouble, files);
    },
    heard: (handshake) => life.heard(handshake),
    pendingIds: () => life.journal.pending(making.device.id).flatMap((group) => group.map(({ id }) => id)),
    carry: async () => {
      life.carrier.push();
      await quiet();
    },
    bridgeOf: (person) => bridgeOf(life, making, person),
  };
}

async function beginLife(
  { push, device, district }: Making,
  { now, running, before }: ShellTrouble,
  files: MemoryFiles,
) {
  const listeners = new Set<(event: BridgeEvent) => void>();
  let isOver = false;
  let author: Author | undefined;
  const disk = files.mount((step) => {
    if (isOver) throw new Error('another life writes here');
    before(step);
  });
  const emit = (event: BridgeEvent): void => listeners.forEach((listener) => listener(event));
  const { journal } = await openJournal({
    path: `${FOLDER}/journal.bin`,
    disk,
    // What is set aside has the time in its name.
    now: () => new Date(now()),
    later: never,
  });
  const epochs = createEpochWatch({
    path: `${FOLDER}/epoch.json`,
    journal,
    disk,
    onOffered: () => emit({ kind: 'verdicts', entries: [] }),
  });
  const chain = createChainRepair({ journal, inside: () => author, ticks: now });
  const carrier = createCarrier({
    journal,
    contact: () => ({ address: '', district: district.id, device: device.id, signingKey: DISTRICT_POINT }),
    verify: (point, text, signature) => signature === plainSignature(point, text),
    ask: async ({ body = new Uint8Array() }) => {
      if (isOver) return refuse('network');
      const answer = await push(JSON.parse(Buffer.from(body).toString()) as PushRequest);
      if (!answer || isOver) return refuse('network');
      return ok({ status: answer.status, headers: {}, body: Buffer.from(await answer.text()) });
    },
    listen: () => () => undefined,
    revoked: () => false,
    ...chain,
    onRevokedAndDelivered: () => undefined,
    onEpoch: epochs.heard,
    onVerdicts: (entries) => emit({ kind: 'verdicts', entries: [...entries] }),
    onState: (state) => emit({ kind: 'carrier', ...state }),
    onPoke: () => emit({ kind: 'poke' }),
    now,
    random: () => 0.5,
    later: never,
  });
  const heardMark = createDurableMark({
    path: `${FOLDER}/mark.json`,
    journal,
    epochs,
    disk,
    running,
  });
  return {
    journal,
    carrier,
    listeners,
    now,
    heard: (handshake: string): void => void heardMark(Buffer.from(handshake)).catch(() => undefined),
    /** Somebody has unlocked the window. */
    enter: (given: Author): void => {
      author = given;
      chain.entered().catch(() => undefined);
    },
    end: (): void => {
      isOver = true;
      carrier.stop();
      listeners.clear();
    },
  };
}

const signs = (device: string, person: string): Author => {
  const point = signingPoint(device, person);
  return {
    person: { id: person, name: person },
    signing: { id: plainKeyId(point), sign: (text) => plainSignature(point, text) },
  };
};

/** What the window of one person may ask, after electron/handlers.ts. */
function bridgeOf(life: Life, { ringOf, device, setAside }: Making, person: string): BridgeClient {
  const { journal, carrier, listeners, now } = life;
  const author = signs(device.id, person);
  const ring = ringOf(person);
  life.enter(author);
  type Answers = { readonly [N in BridgeName]?: (input: BridgeInput<N>) => Promise<BridgeOutput<N>> };
  const answers: Answers = {
    'scopes.open': async ({ scopes }) => ({ keys: [...(await ring.open(scopes))] }),
    'scopes.begin': async ({ scope }) => ({ key: ring.begin(scope) }),
    'scopes.leave': async ({ scopes }) => ({ gone: [...ring.leave(scopes)] }),
    'journal.append': async ({ entries }) => ({ entries: [...(await journal.append(entries, author))] }),
    'journal.read': ({ after }) => journal.read({ after }),
    'journal.resolve': async ({ operation, into }) => ({
      number: await journal.resolve({ operation, by: author, into, at: new Date(now()).toISOString() }),
    }),
    'journal.temporaryNumber': async () => ({ ordinal: await journal.temporaryNumber() }),
    'store.setAside': async () => {
      setAside();
      return undefined;
    },
    // Nobody damages the files of this database, no file is attached, and the disk is never full.
    'store.look': async () => ({ writings: 0 }),
    'store.counted': async () => undefined,
    'attachments.uploads': async () => ({ waiting: 0, bytes: 0, done: 0 }),
    'disk.room': async () => ({ room: 'enough', free: Number.MAX_SAFE_INTEGER }),
    // When something is pushed, the test says.
    'carrier.push': async () => undefined,
    'carrier.state': async () => carrier.state(),
  };
  return {
    ask: async (name, ...input) => {
      const answer = answers[name] as ((input: unknown) => Promise<never>) | undefined;
      if (!answer) throw new Error(`${name} is not part of this main process`);
      return answer(input[0]);
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
