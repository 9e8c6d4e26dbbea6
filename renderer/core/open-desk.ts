/**
 * Opens the desk of an unlocked person: reads and opens what is sealed on disk, brings it up to the journal file, and starts to speak
 * with the district. From then on every screen reads memory and nothing waits for a network. The registry and all ports come in;
 * this file and everything below it name no entity.
 */
import type { BridgeClient, Session } from '../../shared/bridge.ts';
import { newId } from '../../shared/core/id.ts';
import type { Registry } from '../../shared/core/registry.ts';
import type { Desk, Shown } from './desk.ts';
import { createAttachments } from './engine/attachments.ts';
import { correct, setAside } from './engine/correct.ts';
import { createDistrict } from './engine/district.ts';
import { createDrafts } from './engine/drafts.ts';
import { actorOf, correctedNow, instant, type Engine } from './engine/engine.ts';
import { handOver } from './engine/hand-over.ts';
import { createHistories } from './engine/history.ts';
import { giveBackWaiting } from './engine/give-back.ts';
import { inOrder } from '../../shared/core/in-order.ts';
import { catchUp, letContainedGo } from './engine/mirror.ts';
import { openRecord } from './engine/opened.ts';
import { FIRST_PAGE } from './engine/page-size.ts';
import { holdProfile, type HoldProfile } from './engine/profile-lock.ts';
import { createScopeCheck } from './engine/scope-check.ts';
import { createSearchFeed } from './engine/search-feed.ts';
import { reachedBy } from './engine/pull.ts';
import { freshReview } from './engine/review-memory.ts';
import { askReview, reviewOf } from './engine/review.ts';
import { syncState } from './engine/sync-state.ts';
import { mergeable, trayOf, unconfirmedOf } from './engine/tray.ts';
import { createTurns, type Turns } from './engine/turns.ts';
import { runAll } from './engine/write.ts';
import { createDoubles } from './memory/doubles.ts';
import { createLocalOperations, standingOf } from './memory/local-operations.ts';
import { createRecords } from './memory/records.ts';
import { createTopics } from './memory/topics.ts';
import { windowPorts, type Ports, type Timers } from './ports.ts';
import type { Database } from './store/database.ts';
import { openDexieDatabase } from './store/dexie-database.ts';
import { createStore } from './store/sealed-store.ts';
import { NEWER_STORE } from './store/store.ts';
import { freshState, type StoreState } from './store/state.ts';
import type { Vault } from './vault/vault.ts';
import { openWindowVault } from './vault/window-vault.ts';

export interface OpenDeskOptions {
  readonly session: Session;
  readonly bridge: BridgeClient;
  readonly registry: Registry;
  /** How a character may be read, for the search box. */
  readonly readings: (character: string) => readonly string[];
  /** The app's version, for the handshake. */
  readonly app?: string;
  /** Part of the sealed records that is open, 0 to 1. */
  readonly onProgress?: (part: number) => void;
  readonly ports?: Partial<Ports>;
  readonly openVault?: (session: Session, timers: Timers) => Promise<Vault>;
  readonly openDatabase?: (session: Session) => Promise<Database>;
  readonly hold?: HoldProfile;
}

/** The desk, and what only tests and benchmarks look at. */
export interface OpenedDesk extends Desk {
  readonly inside: { readonly engine: Engine; readonly turns: Turns };
}

/** One for everybody who uses this computer; each sees what his keys open. */
const DATABASE = 'linli-store';

/**
 * Where a newer app has written here the desk only reads; where nothing of it can be read, this rejects with `newer-store`. Whatever the
 * reason, another try finds nothing held. A database
 * that does not open or cannot be read is set aside, once: journal and district fill the one that takes its place.
 */
export async function openDesk(options: OpenDeskOptions): Promise<OpenedDesk> {
  const { bridge, hold = holdProfile } = options;
  const release = await hold('linli-engine');
  try {
    return await openOnce(release, options).catch(async (failure: unknown) => {
      if (!(failure instanceof Unreadable)) throw failure;
      await bridge.ask('store.setAside');
      return openOnce(release, options);
    });
  } catch (failure) {
    release();
    throw failure instanceof Unreadable ? failure.cause : failure;
  }
}

/** What the desk stands on. */
interface Under {
  readonly database: Database;
  readonly vault: Vault;
  readonly ports: Ports;
}

class Unreadable extends Error {}

const reading = <T>(work: Promise<T>): Promise<T> =>
  work.catch((cause: unknown) => {
    const isNewer = cause instanceof Error && cause.message === NEWER_STORE;
    throw isNewer ? cause : new Unreadable('unreadable', { cause });
  });

async function openOnce(release: () => void, options: OpenDeskOptions): Promise<OpenedDesk> {
  const ports: Ports = { ...windowPorts(), ...options.ports };
  const { openDatabase = () => openDexieDatabase({ name: DATABASE }), openVault = openWindowVault } = options;
  // Whatever it finds, the database opens or says itself that it does not.
  await options.bridge.ask('store.look').catch(() => undefined);
  const database = await reading(openDatabase(options.session));
  let vault: Vault | undefined;
  try {
    vault = await openVault(options.session, ports.timers);
    return await openOn({ database, vault, ports }, release, options);
  } catch (failure) {
    vault?.close();
    await database.close();
    throw failure;
  }
}

async function openOn(
  { database, vault, ports }: Under,
  release: () => void,
  options: OpenDeskOptions,
): Promise<OpenedDesk> {
  const { session, bridge, registry, readings, app = '0', onProgress } = options;
  const store = createStore({ database, vault, pause: ports.timers.pause });

  const operations = createLocalOperations();
  const topics = createTopics();
  const records = createRecords({ registry, operations, epoch: () => engine.state });
  const doubles = createDoubles({
    entities: registry.entities,
    entityOf: (id) => registry.entities.get(records.entityOf(id)),
    shown: records.shown,
    readings,
  });
  const search = createSearchFeed({
    registry,
    records,
    readings,
    timers: ports.timers,
    doubles,
    onGrown: (hasNewPairs) => topics.tell(hasNewPairs ? ['search', 'tray'] : ['search']),
  });
  const { person, device, district } = session;
  const engine: Engine = {
    session: { person, device, district },
    registry,
    bridge,
    ports,
    vault,
    store,
    district: createDistrict({ fetch: ports.fetch, timers: ports.timers, app }),
    records,
    operations,
    topics,
    search,
    doubles,
    inOrder: inOrder(),
    scopeCheck: createScopeCheck(records.hashOf),
    state: freshState,
    isNewerStore: false,
    mirrored: 0,
    pageSize: FIRST_PAGE,
    unwritten: new Map(),
    leaseOver: new Set(session.leaseOver),
    review: freshReview(),
    left: new Set(),
    link: {
      connection: 'offline',
      since: instant(ports.clock.now()),
      problem: undefined,
      carried: 0,
      uploads: { waiting: 0, bytes: 0, done: 0 },
      room: { room: 'enough', free: Number.MAX_SAFE_INTEGER },
      fileProblem: undefined,
    },
  };

  const loaded = await reading(
    store.load({
      begin: (state) => {
        engine.state = withFirstGrants(state, session);
      },
      take: records.take,
      onProgress,
    }),
  );
  // Without the cursors of scopes whose rows are damaged.
  engine.state = withFirstGrants(loaded.state, session);
  engine.isNewerStore = loaded.isNewer;
  engine.mirrored = loaded.mirrored;
  for (const kept of loaded.operations) operations.put(kept);
  // Before anything is written: what was discarded or set back knows of less than was counted.
  if (!loaded.isNewer)
    await bridge.ask('store.counted', { writings: store.writings() }).catch(() => undefined);
  const played = new Set(loaded.operations.map(({ operation }) => operation.record));
  records.changed(played);
  // Fed when everything lies here, so that the index takes no time from the opening.
  for (const entity of registry.entities.keys()) search.changed(records.ids(entity));
  await engine.inOrder(() => letContainedGo(engine, played));
  await engine.inOrder(() => catchUp(engine));
  const carrier = await bridge.ask('carrier.state').catch(() => undefined);
  engine.link.carried = carrier?.pending ?? 0;
  engine.link.uploads = await bridge.ask('attachments.uploads').catch(() => engine.link.uploads);
  engine.link.room = await bridge.ask('disk.room').catch(() => engine.link.room);

  const { letLostGo, ...drafts } = createDrafts(engine, loaded.drafts);
  const turns = createTurns(engine, letLostGo);
  const histories = createHistories(engine);
  const stopWatching = watchWindow(turns);
  turns.request();
  // A journal that cannot be asked now is asked at the next opening.
  if (!loaded.isNewer) void giveBackWaiting(engine, loaded.operations).catch(() => undefined);

  return {
    registry,
    attachments: createAttachments(engine),
    get me() {
      return { ...actorOf(engine), name: person.name };
    },
    get: (id) => shownOf(engine, id),
    list: (query) => records.list(query, search.matching(query)),
    places: (query) => records.places(query, search.matching(query)),
    touched: (entity, few) => records.touched(entity, person.id, few),
    itself: records.shown,
    absorbed: (id) =>
      records
        .idsFor(id)
        .slice(1)
        .flatMap((one) => records.shown(one) ?? []),
    duplicatesOf: (id) => mergeable(engine, doubles.of(records.survivorOf(id))),
    duplicates: (entity) => mergeable(engine, doubles.all(entity)),
    like: (entity, values, except) => doubles.like(entity, values, except),
    counts: records.counts,
    pointing: records.pointing,
    search: (text, { entity, limit = 20 } = {}) =>
      search.find(text, { limit, ...(entity !== undefined && { entity }) }),
    open: (id) => openRecord(engine, id === undefined ? id : records.survivorOf(id)),
    run: (command, given) => runAll(engine, [command], given),
    runAll: (commands, given) => runAll(engine, commands, given),
    newId: (entity) => newId(entity, ports.clock.now(), ports.random),

    sync: () => syncState(engine),
    syncNow: () => {
      void bridge.ask('carrier.push').catch(() => undefined);
      turns.request();
    },
    reached: () => reachedBy(engine),
    tray: () => trayOf(engine),
    unconfirmed: () => unconfirmedOf(engine),
    correct: (operation, values) => correct(engine, operation, values),
    handOver: (operation) => handOver(engine, operation),
    setAside: (operation) => setAside(engine, operation),
    review: () => reviewOf(engine),
    askReview: () => askReview(engine),
    history: histories.of,
    checkTrail: engine.district.checkTrail,

    ...drafts,
    kept: () => engine.inOrder(async () => undefined),
    now: () => correctedNow(engine),
    subscribe: topics.subscribe,
    version: topics.version,
    close: async () => {
      turns.stop();
      stopWatching();
      await turns.settled();
      // Whatever is being written is finished first.
      await engine.inOrder(() => store.close());
      vault.close();
      release();
    },
    inside: { engine, turns },
  };
}

/** Before the first contact, which may be weeks away where there is no network, the enrolment's word counts. */
const withFirstGrants = (state: StoreState, { grants }: Session): StoreState =>
  state.epoch === '' ? { ...state, grants } : state;

function shownOf(engine: Engine, id: string): Shown | undefined {
  const [survivor = id, ...merged] = engine.records.idsFor(id);
  const record = engine.records.shown(survivor);
  if (!record) return undefined;
  const local = [survivor, ...merged].flatMap((one) => engine.operations.of(one));
  const pending = local.filter((kept) => standingOf(kept) === 'pending').length;
  return { record, pending };
}

/** Focus and the network's return start a turn. */
function watchWindow({ request }: Turns): () => void {
  if (typeof window === 'undefined') return () => undefined;
  const names = ['focus', 'online'] as const;
  for (const name of names) window.addEventListener(name, request);
  return () => {
    for (const name of names) window.removeEventListener(name, request);
  };
}
