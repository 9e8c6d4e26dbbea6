/**
 * Desks and a district in one process, with everything between them in the hands of the test: the line, the clock, the disk. The
 * engine, the store and the district are the real ones; the vault and the main process are stand-ins behind their ports.
 */
import type { BridgeClient } from '../../../shared/bridge.ts';
import type { Grant } from '../../../shared/core/access.ts';
import type { Registry } from '../../../shared/core/registry.ts';
import { handshakeResponse, type PushRequest } from '../../../shared/protocol/messages.ts';
import type { Transactor } from '../../../server/ledger/transactor.ts';
import type { OpenedDesk } from '../open-desk.ts';
import { openDesk } from '../open-desk.ts';
import type { HoldProfile } from '../engine/profile-lock.ts';
import type { Fetch } from '../ports.ts';
import type { Database } from '../store/database.ts';
import { createDistrictInProcess, type DistrictInProcess } from './district-in-process.ts';
import { createMainProcess, type MainProcess } from './main-process.ts';
import { emptyDisk, openMemoryDatabase, type Disk } from './memory-database.ts';
import { createPlainVault } from './plain-vault.ts';
import { createRandom, type Random } from './random.ts';
import { AREA, smallRegistry } from './small-registry.ts';

export interface WorldDesk {
  readonly name: string;
  readonly main: MainProcess;
  readonly disk: Disk;
  readonly device: { readonly id: string; readonly label: string };
  /** The window's engine; another one after `open`. */
  desk: OpenedDesk;
  /** How far this computer's clock is off, in milliseconds. */
  skew: number;
  /** Opens the window again on what lies on disk. */
  readonly open: () => Promise<void>;
  /** A turn of the window, then one round of the carrier, then the turn that fetches what it brought. */
  readonly sync: () => Promise<void>;
  readonly turn: () => Promise<void>;
}

export interface Line {
  readonly fetch?: (ask: Fetch) => Fetch;
  readonly bridge?: (bridge: BridgeClient) => BridgeClient;
  readonly database?: (database: Database) => Database;
  readonly hold?: HoldProfile;
  readonly isDeaf?: boolean;
  /** Whether the request reaches the district, and whether its answer comes back. */
  readonly push?: (request: PushRequest) => {
    readonly arrives: boolean;
    readonly answered: boolean;
    /** What arrives in place of what was sent. */
    readonly instead?: PushRequest;
  };
}

export interface World {
  readonly district: DistrictInProcess;
  readonly random: Random;
  /** The true time. */
  now: number;
  readonly addDesk: (person: Person, line?: Line) => Promise<WorldDesk>;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly grants?: readonly Grant[];
}

interface Options {
  readonly seed?: number;
  readonly registry?: Registry;
  readonly wrapLedger?: (ledger: Transactor) => Transactor;
}

export const WORKER: readonly Grant[] = [{ role: 'worker', area: AREA }];
const START = Date.parse('2026-11-23T01:00:00Z');

export function createWorld({ seed = 1, registry = smallRegistry, wrapLedger }: Options = {}): World {
  const random = createRandom(seed);
  const world: World = {
    now: START,
    random,
    district: createDistrictInProcess({
      registry,
      clock: () => world.now,
      random,
      ...(wrapLedger && { wrap: wrapLedger }),
    }),
    addDesk: (person, line = {}) => addDesk(world, registry, person, line),
  };
  return world;
}

async function addDesk(world: World, registry: Registry, person: Person, line: Line): Promise<WorldDesk> {
  const { district, random } = world;
  await district.addPerson({ id: person.id, name: person.name, grants: person.grants ?? WORKER });
  const { device, credentials } = await district.enrol(person.id);
  const send = district.pushAs(credentials);
  const main = createMainProcess({
    person: person.id,
    now: () => new Date(world.now).toISOString(),
    isDeaf: line.isDeaf,
    push: async (request) => {
      const { arrives, answered, instead } = line.push?.(request) ?? { arrives: true, answered: true };
      const answer = arrives ? await send(instead ?? request) : undefined;
      return answered ? answer : undefined;
    },
    setAside: () => {
      for (const [name, rows] of emptyDisk().tables) disk.tables.set(name, rows);
    },
  });
  const disk = emptyDisk();
  /** The main process carries the window's requests and reads the handshakes among their answers. */
  const ask = district.fetchAs(credentials);
  const fetch: Fetch = async (path, init) => {
    const response = await ask(path, init);
    if (path === '/api/handshake' && response.ok)
      main.heard(handshakeResponse.parse(await response.clone().json()));
    return response;
  };
  const open = (): Promise<OpenedDesk> =>
    openDesk({
      session: {
        person: { id: person.id, name: person.name },
        device,
        district: { id: district.id, name: '徐汇区', publicKey: '' },
        userKey: new Uint8Array(32),
      },
      bridge: line.bridge?.(main.bridge) ?? main.bridge,
      registry,
      readings: () => [],
      openVault: async () => createPlainVault(device.id),
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
  const handle = {
    name: person.name,
    main,
    disk,
    device,
    skew: 0,
    desk: undefined as unknown as OpenedDesk,
    open: async () => {
      handle.desk = await open();
      await handle.desk.inside.turns.settled();
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
  await handle.open();
  return handle;
}
