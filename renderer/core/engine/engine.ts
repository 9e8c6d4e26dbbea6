/**
 * What the parts of the engine share: the unlocked person, memory, store and ports. Memory and disk change only inside `inOrder`, one
 * piece of work at a time, so that an operation's `after` and a page's rebase never see half a change.
 */
import type { Poke } from '../../../shared/protocol/poke.ts';
import type { Actor } from '../../../shared/core/access.ts';
import { readersIn } from '../../../shared/core/entity.ts';
import { newId } from '../../../shared/core/id.ts';
import type { RecordState } from '../../../shared/core/record.ts';
import type { Registry } from '../../../shared/core/registry.ts';
import type { BridgeClient, RoomState, Session, UploadState } from '../../../shared/bridge.ts';
import type { SyncState } from '../desk.ts';
import type { LocalOperations } from '../memory/local-operations.ts';
import type { Doubles } from '../memory/doubles.ts';
import type { Records } from '../memory/records.ts';
import type { Topics } from '../memory/topics.ts';
import type { Ports } from '../ports.ts';
import type { Kept } from '../store/kept-operation.ts';
import type { StoreState } from '../store/state.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../vault/vault.ts';
import type { District } from './district.ts';
import type { InOrder } from '../../../shared/core/in-order.ts';
import type { ScopeCheck } from './scope-check.ts';
import type { ReviewMemory } from './review-memory.ts';
import type { SearchFeed } from './search-feed.ts';

export interface Engine {
  readonly session: Pick<Session, 'person' | 'device' | 'district'>;
  readonly registry: Registry;
  readonly bridge: BridgeClient;
  readonly ports: Ports;
  readonly vault: Vault;
  readonly store: Store;
  readonly district: District;
  readonly records: Records;
  readonly operations: LocalOperations;
  readonly topics: Topics;
  readonly search: SearchFeed;
  readonly doubles: Doubles;
  readonly inOrder: InOrder;
  readonly scopeCheck: ScopeCheck;
  /** What the store knows of the district; replaced whole, never changed in place. */
  state: StoreState;
  /** A newer app has written the store: it is read, and nothing is written or fetched (sync.md S11). */
  isNewerStore: boolean;
  /** Journal lines that are in memory and in IndexedDB. */
  mirrored: number;
  /** Records that the next page asks for. */
  pageSize: number;
  /** Operations that are in the journal and in memory, but that IndexedDB has not taken yet. */
  readonly unwritten: Map<string, Kept>;
  /** Records of a former life of the district of which it lacks something still; undefined while it has not said. */
  lacking?: ReadonlySet<string> | undefined;
  /** Scopes that stay closed until the next contact, because there was none for too long. */
  readonly leaseOver: Set<string>;
  /** Scopes that were lost since the desk was opened. */
  readonly left: Set<string>;
  /** Up to where the last turn has asked and been told everything; undefined where one did not get that far. */
  reached?: Poke | undefined;
  readonly link: Link;
  readonly review: ReviewMemory;
}

/** How the line to the district is, and what the main process says of its pushing. */
export interface Link {
  connection: SyncState['connection'];
  since: string;
  problem: SyncState['problem'];
  /** Operations of everybody on this computer that wait, as the main process counts them. */
  carried: number;
  /** When it sends again, where the district was busy. */
  busyUntil?: string | undefined;
  /** Files of attachments on their way. */
  uploads: UploadState;
  /** On the disk under the profile. */
  room: RoomState;
  /** Why the last file was not taken in. */
  fileProblem: SyncState['problem'];
}

/** This computer's time corrected by the last known offset of the district's (sync.md S9). */
export const correctedNow = ({ ports, state }: Engine): number => ports.clock.now() + state.offset;

export const instant = (milliseconds: number): string => {
  // Beyond what a date can say a clock is broken anyway.
  const most = Date.UTC(9999, 11, 31);
  return new Date(Math.min(Math.max(milliseconds, 0), most)).toISOString();
};

export const freshId = (engine: Engine, kind: string): string =>
  newId(kind, engine.ports.clock.now(), engine.ports.random);

/** Records as the operations before this one leave them, within one saving. */
export type Local = Map<string, RecordState | undefined>;

/** The unlocked person with the rights that are known here. Who a confidential matter names is read from the matter itself. */
export function actorOf({ session, state, records, registry }: Engine, local?: Local): Actor {
  const { id } = session.person;
  return {
    id,
    grants: state.grants,
    isNamed: (record) => {
      const shown = local?.has(record) ? local.get(record) : records.shown(record);
      const entity = shown && registry.entities.get(shown.entity);
      return shown !== undefined && entity !== undefined && readersIn(entity, shown.values).includes(id);
    },
  };
}

/** Tray, corrections and what still waits for its author are only about one's own. */
export const isMine = ({ session }: Engine, { operation }: Pick<Kept, 'operation'>): boolean =>
  operation.author === session.person.id;

interface Telling {
  readonly also?: readonly string[];
  /** Those of them that were parsed just now. */
  readonly arrived?: ReadonlyMap<string, RecordState>;
}

/** Tells everybody who shows these records, or anything derived from them, the search among them. */
export function tellRecords(
  engine: Engine,
  changed: Iterable<string>,
  { also = [], arrived }: Telling = {},
): void {
  const records = engine.records.linked(changed);
  engine.search.changed(records, arrived);
  const topics = new Set<string>(also);
  for (const id of records) {
    topics.add(id);
    topics.add(engine.records.entityOf(id));
  }
  engine.topics.tell(topics);
}

/** The line or the disk has a problem that the screen should say; undefined once all is well. Nothing stops because of it. */
export function noteTrouble(engine: Engine, problem: SyncState['problem']): void {
  const connection = problem === undefined ? 'online' : problem === 'network' ? 'offline' : 'problem';
  const { link } = engine;
  if (link.connection === connection && link.problem === problem) return;
  if (link.connection !== connection) link.since = instant(engine.ports.clock.now());
  link.connection = connection;
  link.problem = problem;
  engine.topics.tell(['sync']);
}
