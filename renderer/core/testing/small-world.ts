/**
 * Computers and a district in one process, with everything between them in the hands of the test: the line, the clock, the disk. The
 * engine, the store and the district are the real ones; the vault and the main process are stand-ins behind their ports. A computer
 * serves as many people as are enrolled on it, one at a time.
 */
import type { BridgeClient } from '../../../shared/bridge.ts';
import type { Grant } from '../../../shared/core/access.ts';
import type { Registry } from '../../../shared/core/registry.ts';
import type { Transactor } from '../../../server/ledger/transactor.ts';
import type { OpenedDesk } from '../open-desk.ts';
import { openDesk } from '../open-desk.ts';
import type { HoldProfile } from '../engine/profile-lock.ts';
import type { Fetch } from '../ports.ts';
import type { Database } from '../store/database.ts';
import type { Vault } from '../vault/vault.ts';
import { createDistrictInProcess, type DistrictInProcess } from './district-in-process.ts';
import type { Main, Making, Send } from './main.ts';
import { createMainProcess, type MainProcess } from './main-process.ts';
import { emptyDisk, openMemoryDatabase, type Disk } from './memory-database.ts';
import { createPlainVault } from './plain-vault.ts';
import { createRandom, type Random } from './random.ts';
import { createRings, type Ring } from './ring.ts';
import { AREA, smallRegistry } from './small-registry.ts';

export interface WorldDesk<M extends Main = MainProcess> {
  readonly main: M;
  readonly disk: Disk;
  readonly device: { readonly id: string; readonly label: string };
  readonly ringOf: (person: string) => Ring;
  /** Everybody who is enrolled here. */
  readonly people: readonly Person[];
  /** Who has unlocked the window. */
  readonly person: Person;
  /** The window's engine; another one after `open`. */
  desk: OpenedDesk;
  /** How far this computer's clock is off, in milliseconds. */
  skew: number;
  /** Another person is enrolled on this computer; the window stays whose it is. */
  readonly join: (person: Person) => Promise<void>;
  /** Opens the window again on what lies on disk; for somebody else where a person is named. */
  readonly open: (person?: string) => Promise<void>;
  /** The window of one person is locked and another one unlocks it. */
  readonly switchTo: (person: string) => Promise<void>;
  /** A turn of the window, then one round of the carrier, then the turn that fetches what it brought. */
  readonly sync: () => Promise<void>;
  readonly turn: () => Promise<void>;
}

export interface Line {
  /** What this computer's build knows, asked at every opening; the district's without it. */
  readonly registry?: () => Registry;
  readonly fetch?: (ask: Fetch) => Fetch;
  readonly bridge?: (bridge: BridgeClient) => BridgeClient;
  readonly database?: (database: Database) => Database;
  readonly vault?: (vault: Vault) => Vault;
  readonly hold?: HoldProfile;
  /** Whether the district can be asked for keys. */
  readonly isReached?: () => boolean;
  readonly push?: (send: Send) => Send;
}

export interface World<M extends Main = MainProcess> {
  readonly district: DistrictInProcess;
  readonly random: Random;
  /** The true time. */
  now: number;
  readonly addDesk: (person: Person, line?: Line) => Promise<WorldDesk<M>>;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly grants?: readonly Grant[];
}

interface Options {
  readonly seed?: number;
  readonly random?: Random;
  readonly registry?: Registry;
  readonly wrapLedger?: (ledger: Transactor) => Transactor;
}

type MakeMain<M> = (making: Making, line: Line) => Promise<M>;

export const WORKER: readonly Grant[] = [{ role: 'worker', area: AREA }];
const START = Date.parse('2026-11-23T01:00:00Z');

/** With main processes that are as small as the engine's tests need. */
export const createWorld = (options: Options = {}): World =>
  createWorldOf(async (making) => createMainProcess(making), options);

export function createWorldOf<M extends Main>(
  makeMain: MakeMain<M>,
  { seed = 1, random = createRandom(seed), registry = smallRegistry, wrapLedger }: Options = {},
): World<M> {
  const time = { now: START };
  const district = createDistrictInProcess({
    registry,
    clock: () => time.now,
    random,
    ...(wrapLedger && { wrap: wrapLedger }),
  });
  const world: World<M> = {
    get now() {
      return time.now;
    },
    set now(value) {
      time.now = value;
    },
    random,
    district,
    addDesk: (person, line = {}) => addDesk({ world, makeMain, registry }, person, line),
  };
  return world;
}

interface Adding<M extends Main> {
  readonly world: World<M>;
  readonly makeMain: MakeMain<M>;
  readonly registry: Registry;
}

async function addDesk<M extends Main>(
  { world, makeMain, registry }: Adding<M>,
  first: Person,
  line: Line,
): Promise<WorldDesk<M>> {
  const { district, random } = world;
  const device = await district.addDevice();
  const people: Person[] = [];
  const disk = emptyDisk();
  const ringOf = createRings({
    random,
    offer: async (person, candidates) =>
      line.isReached?.() === false ? undefined : district.offerAs({ device: device.id, person })(candidates),
  });
  const send = district.pushAs(device.id);
  const making: Making = {
    ringOf,
    device,
    district,
    now: () => new Date(world.now).toISOString(),
    push: line.push?.(send) ?? send,
    setAside: () => {
      for (const [name, rows] of emptyDisk().tables) disk.tables.set(name, rows);
    },
  };
  const main = await makeMain(making, line);

  async function join(person: Person): Promise<void> {
    await district.addPerson({ ...person, grants: person.grants ?? WORKER });
    await district.enrol({ device: device.id, person: person.id });
    people.push(person);
  }

  /** The main process carries the window's requests and reads the handshakes among their answers. */
  const fetchAs = (person: string): Fetch => {
    const ask = district.fetchAs({ device: device.id, person });
    return async (path, init) => {
      const response = await ask(path, init);
      if (path === '/api/handshake' && response.status === 200) main.heard(await response.text());
      return response;
    };
  };

  function open({ id, name }: Person): Promise<OpenedDesk> {
    const bridge = main.bridgeOf(id);
    const fetch = fetchAs(id);
    return openDesk({
      session: {
        person: { id, name },
        device,
        district: { id: district.id, name: '徐汇区', publicKey: '' },
        ownKey: new Uint8Array(32),
        grants: [],
        ...ringOf(id).session(),
      },
      bridge: line.bridge?.(bridge) ?? bridge,
      registry: line.registry?.() ?? registry,
      readings: () => [],
      openVault: async ({ scopeKeys }) => {
        const vault = createPlainVault({ person: id, device: device.id, scopeKeys });
        return line.vault?.(vault) ?? vault;
      },
      openDatabase: async () => {
        const database = openMemoryDatabase(disk);
        return line.database?.(database) ?? database;
      },
      hold: line.hold ?? (async () => () => undefined),
      ports: {
        clock: { now: () => world.now + handle.skew },
        random: random.bytes,
        fetch: line.fetch?.(fetch) ?? fetch,
        // Turns are started by the test, and time passes only when it says so.
        timers: { later: () => () => undefined, pause: async () => undefined },
      },
    });
  }

  let person = first;
  const handle: WorldDesk<M> = {
    main,
    disk,
    device,
    ringOf,
    people,
    get person() {
      return person;
    },
    skew: 0,
    desk: undefined as unknown as OpenedDesk,
    join,
    open: async (id) => {
      person = people.find((one) => one.id === id) ?? person;
      handle.desk = await open(person);
      await handle.desk.inside.turns.settled();
    },
    switchTo: async (id) => {
      await handle.desk.close();
      await handle.open(id);
    },
    turn: async () => {
      handle.desk.syncNow();
      await handle.desk.inside.turns.settled();
    },
    sync: async () => {
      await handle.turn();
      await main.carry();
      // Verdicts reach the window as an event and start a turn of their own.
      await handle.turn();
    },
  };
  await join(first);
  await handle.open();
  return handle;
}
