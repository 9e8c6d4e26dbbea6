/**
 * The one door to what the district keeps: a transaction that holds all of it or nothing. `ledger/sql-ledger.ts` opens it on
 * PostgreSQL and PGlite, `testing/memory-ledger.ts` in memory; one contract suite runs over all three.
 *
 * Invariant: sequences are given only while the head is locked, and the lock is held until the commit. So whoever reads the head
 * sees every operation up to it, and a reader that follows its cursor misses nothing (sync.md S6).
 */
import type { Grant } from '../../shared/core/access.ts';
import type { Verdict } from '../../shared/protocol/messages.ts';
import type { ScopeHash } from '../../shared/protocol/scope-hash.ts';
import type { Alarm } from './alarm.ts';
import type { Code } from './code.ts';
import type { FilesOfPerson, FilesReading, FilesWriting } from './files.ts';
import type { Counter, GivenNumber } from './official-numbers.ts';
import type { PackagesReading, PackagesWriting } from './packages.ts';
import type { RecoveredReading, RecoveredWriting } from './recovered.ts';
import type { StoredLink, TrailReading, TrailWriting } from './trail.ts';
import type { Chain, EscrowedKey, Member, SigningKey } from './on-device.ts';
import type { Said } from './said.ts';

export interface Transactor extends WhoAsks, Greets {
  /** A read-only snapshot for the district's own work. */
  readonly read: <T>(work: (reading: Reading) => Promise<T>) => Promise<T>;
  /**
   * A read-only snapshot as one person sees it. On PostgreSQL and PGlite a role that owns nothing runs it under row-level security, the
   * second wall behind `mayRead`: what the person may not read is not there, whatever the code above asks for.
   */
  readonly readAs: <T>(person: string, work: (reading: PersonalReading) => Promise<T>) => Promise<T>;
  /** Where these scopes stand, as one person sees it, behind the same wall. One statement. */
  readonly standingAs: (person: string, scopes: readonly string[]) => Promise<Standing>;
  /** `readAs` that begins with it, in the same snapshot. */
  readonly readFromStandingAs: <T>(
    person: string,
    scopes: readonly string[],
    work: (reading: PersonalReading, standing: Standing) => Promise<T>,
  ) => Promise<T>;
  /** All or nothing: a throw inside undoes everything. */
  readonly transact: <T>(work: (writing: Writing) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
}

export interface Head {
  readonly district: string;
  readonly name: string;
  readonly epoch: string;
  /** Head at the restoration that began the epoch, the lowest of all where there were several; 0 without one. */
  readonly restoredHead: number;
  /** An empty backup leaves 0 as well. */
  readonly wasRestored: boolean;
  readonly seq: number;
  /** Everything up to here is in the last backup; 0 while there is none. */
  readonly durable: number;
  /** When that backup was made, UTC; null while there is none. */
  readonly durableAt: string | null;
}

export interface StoredOperation {
  readonly id: string;
  readonly seq: number | null;
  /** Null where what was sealed is no operation at all. */
  readonly record: string | null;
  readonly author: string;
  readonly device: string;
  /** Place in the device's chain; null for what the district submits itself. */
  readonly link: StoredLink | null;
  /** SHA-256 of the opened content: the same id with another digest is an alarm. */
  readonly digest: string;
  readonly group: string | null;
  readonly verdict: Verdict;
  /** While held: `operation:…`, `record:…`, `group:…`, `person:…`, `device:…`, `review:…` or `registry`; one of them wakes it. */
  readonly waits: readonly string[];
  /** The decision that let it through or turned it down (sync.md S14); null where none was needed. */
  readonly review: string | null;
  readonly receivedAt: string;
  /** The operation's JSON, as its author sealed it. */
  readonly text: string;
  /** The district's final word, as its receipt tells it; null while there is none. */
  readonly said: Said | null;
  /** The word of a former life that came back with it. */
  readonly earlier: Said | null;
}

export interface StoredRecord {
  readonly id: string;
  readonly entity: string;
  /** Home first, then the scopes that it is shared into. Whatever else it lay in, it has left with this sequence. */
  readonly scopes: readonly string[];
  /** Scopes that it came into and left again before it was stored. */
  readonly passed?: readonly string[];
  /** People whom it names as readers of `readers/<id>`; undefined for every record that is no confidential matter. */
  readonly readers?: readonly string[] | undefined;
  readonly seq: number;
  readonly text: string;
}

export interface AskedScope {
  readonly scope: string;
  readonly cursor: number;
}

export interface Page {
  readonly head: Head;
  /** The records' JSON as stored, oldest first; each once, through however many of the asked scopes it comes. */
  readonly texts: readonly string[];
  /** Records that have left an asked scope since its cursor; part of the same order and the same limit as the texts. */
  readonly removed: readonly { readonly scope: string; readonly id: string; readonly seq: number }[];
  /** Sequence of the last one; what one sequence changed is never cut in two. */
  readonly last: number;
  readonly more: boolean;
  /** Sequences behind this page: records that have changed or left. */
  readonly remaining: number;
  /** Of each asked scope at the head of this snapshot, where nothing is left behind the page; for every scope that holds or held a record. */
  readonly hashes: readonly { readonly scope: string; readonly hash: ScopeHash }[];
}

/** Where the district and some scopes stand. */
export interface Standing {
  readonly head: Head;
  /** Of the asked ones those that hold or held a record, by name: the last sequence that moved each, and what it holds. */
  readonly scopes: readonly { readonly scope: string; readonly seq: number; readonly hash: ScopeHash }[];
}

/** What the snapshot of a page has told already: it is not asked again. */
export interface Told {
  readonly standing: Standing;
  /** How many sequences lie behind the cursors, where that is known. */
  readonly behind?: number | undefined;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly grants: readonly Grant[];
  /** Grants that were taken away: what was written under them is held, not refused (sync.md S14). */
  readonly former: readonly Grant[];
  readonly disabled: boolean;
  /** Of the account's password, salted and slow; null while there is none. */
  readonly password: string | null;
}

export interface Device {
  readonly id: string;
  readonly number: number;
  /** Raw point of the device's signing key, base64. */
  readonly key: string;
  /**
   * Generation of the newest refresh token that was used. The tokens themselves are kept nowhere, they are MACed: a district that came
   * back from a backup knows an older generation and still takes the newest token, instead of locking every desk out (sync.md S8).
   */
  readonly refresh: number;
  /** The generation before is good until then: a reply may have been lost. */
  readonly graceUntil: string | null;
  readonly revoked: boolean;
  /** Its chain has two branches, or it sent a signature that is not its author's. */
  readonly quarantined: boolean;
  readonly seenAt: string | null;
  readonly app: string | null;
  readonly pending: number | null;
}

export interface DeviceAndPerson {
  readonly device: Device;
  /** Undefined where nobody is asked for, and for somebody unknown. */
  readonly person: Person | undefined;
  /** Whether this person uses this device. */
  readonly isMember: boolean;
}

/** Where a turn begins. */
export interface Greeting {
  readonly head: Head;
  /** Scopes that have held a record, of those that were asked about. */
  readonly scopes: readonly string[];
  /** Something in the district waits for somebody's decision. */
  readonly hasReview: boolean;
}

/** What is asked at every turn, push and heartbeat: one statement each, so none needs a snapshot around it. */
export interface Greets extends Pick<Reading, 'naming'> {
  /** @param beginnings of the names of scopes: a district has thousands, and a desk reads a dozen */
  readonly greeting: (beginnings: readonly string[]) => Promise<Greeting>;
  /** The keys are of everybody who has signed on the device. */
  readonly carrying: (
    device: string,
  ) => Promise<{ readonly head: Head; readonly signingKeys: readonly SigningKey[] }>;
  /** A device and everybody who uses it. */
  readonly peopled: (
    device: string,
  ) => Promise<{ readonly device: Device; readonly people: readonly Person[] } | undefined>;
}

/** Who asks. One statement, so it needs no snapshot around it; whoever needs a second answer that agrees with it asks both in one `read`. */
export interface WhoAsks {
  /** Undefined for a device that the district does not know. */
  readonly caller: (device: string, person?: string) => Promise<DeviceAndPerson | undefined>;
}

/** What a person may be shown. */
export interface PersonalReading extends FilesOfPerson {
  readonly head: () => Promise<Head>;
  readonly page: (asked: readonly AskedScope[], limit: number, told?: Told) => Promise<Page>;
  /** The head, and where these scopes stand at it. One statement. */
  readonly standing: (scopes: readonly string[]) => Promise<Standing>;
  /** Every scope that has held a record. */
  readonly scopes: () => Promise<readonly string[]>;
  readonly records: (ids: readonly string[]) => Promise<readonly StoredRecord[]>;
  /** Confirmed operations of one record in the district's order, and the decisions that let any of them through. */
  readonly history: (record: string) => Promise<readonly StoredOperation[]>;
}

export interface Reading
  extends PersonalReading, WhoAsks, FilesReading, PackagesReading, RecoveredReading, TrailReading {
  /** Scopes in which something has come, changed or left behind this sequence. */
  readonly moved: (after: number) => Promise<readonly string[]>;
  readonly recordsOf: (entity: string) => Promise<readonly StoredRecord[]>;
  /** Sequence of the last change to any record of this kind; 0 without one. */
  readonly lastChangeOf: (entity: string) => Promise<number>;
  readonly operations: (ids: readonly string[]) => Promise<readonly StoredOperation[]>;
  /** Confirmed operations behind one sequence up to another, in their order. */
  readonly confirmed: (after: number, upTo: number, limit: number) => Promise<readonly StoredOperation[]>;
  /** Held operations that wait for any of these, in the order of their arrival. */
  readonly waitingFor: (keys: readonly string[]) => Promise<readonly StoredOperation[]>;
  /** Everything that is held, newest first. */
  readonly allHeld: (limit: number) => Promise<readonly StoredOperation[]>;
  /** What waits for a person's decision, newest first; those that arrived before this operation. */
  readonly forReview: (limit: number, before?: string) => Promise<readonly StoredOperation[]>;
  /** In the order of their arrival, of each device only the newest: one that reports without end hides nobody else's. */
  readonly alarms: (most: number) => Promise<readonly Alarm[]>;

  /** Scopes that these records have left: who wrote there before is held, not refused (sync.md S14). */
  readonly left: (records: readonly string[]) => Promise<ReadonlyMap<string, readonly string[]>>;
  /** Records that name the person among their readers; with `once`, also those that did so before. */
  readonly naming: (person: string, once?: 'once') => Promise<readonly string[]>;
  readonly persons: (ids: readonly string[]) => Promise<readonly Person[]>;
  readonly allPersons: () => Promise<readonly Person[]>;
  readonly device: (id: string) => Promise<Device | undefined>;
  readonly devices: (ids: readonly string[]) => Promise<readonly Device[]>;
  readonly allDevices: () => Promise<readonly Device[]>;
  readonly members: (device: string) => Promise<readonly Member[]>;
  /** Everybody who uses the device. */
  readonly peopleAt: (device: string) => Promise<readonly Person[]>;
  readonly signingKeys: (device: string) => Promise<readonly SigningKey[]>;
  readonly escrowedKeys: (device: string) => Promise<readonly EscrowedKey[]>;
  readonly code: (hash: string) => Promise<Code | undefined>;
  /** Of those of these devices that have one. */
  readonly chains: (devices: readonly string[]) => Promise<readonly Chain[]>;
  /** Hashes of a device's links by their numbers, of every entry that the ledger holds. */
  readonly links: (device: string, numbers: readonly number[]) => Promise<ReadonlyMap<number, string>>;
}

export interface Writing extends Reading, FilesWriting, PackagesWriting, RecoveredWriting, TrailWriting {
  /** Waits for its turn; from here on nobody else numbers anything until this transaction ends. */
  readonly lockHead: () => Promise<Head>;
  readonly saveHead: (head: Head) => Promise<void>;
  /**
   * Waits for its turn at this one device; nobody else who asks so changes it until this transaction ends. Behind the head's lock everybody's
   * pushes wait: whatever concerns one device waits here instead. Whoever needs both locks the head first.
   */
  readonly lockDevice: (id: string) => Promise<Device | undefined>;
  /** New operations, or held ones whose verdict has changed. One statement. */
  readonly append: (operations: readonly StoredOperation[]) => Promise<void>;
  readonly project: (records: readonly StoredRecord[]) => Promise<void>;
  /** Of those of these that count already, with the last ordinal given out. */
  readonly counters: (counters: readonly Omit<Counter, 'ordinal'>[]) => Promise<readonly Counter[]>;
  readonly saveCounters: (counters: readonly Counter[]) => Promise<void>;
  /** The record that has this number. */
  readonly holderOf: (number: Counter) => Promise<string | undefined>;
  /** Once a number. */
  readonly saveNumbers: (numbers: readonly GivenNumber[]) => Promise<void>;
  readonly raiseAlarm: (alarm: Alarm) => Promise<void>;

  readonly savePerson: (person: Person) => Promise<void>;
  readonly nextDeviceNumber: () => Promise<number>;
  readonly saveDevice: (device: Device) => Promise<void>;
  readonly saveMember: (member: Member) => Promise<void>;
  readonly saveSigningKey: (key: SigningKey) => Promise<void>;
  /** The first one for a device and scope stays, and the first scope with a key's id. */
  readonly escrow: (key: EscrowedKey) => Promise<void>;
  readonly saveChains: (chains: readonly Chain[]) => Promise<void>;
  /** An entry that must not be judged: a second branch, a forged signature. Kept as it came. */
  readonly setAside: (entry: {
    readonly at: string;
    readonly device: string;
    readonly number: number;
    readonly text: string;
  }) => Promise<void>;
  readonly saveCode: (code: Code) => Promise<void>;
  /** Uses the code up; false when somebody else was quicker. */
  readonly useCode: (use: {
    readonly hash: string;
    readonly at: string;
    readonly usedBy: string;
    readonly became: string;
  }) => Promise<boolean>;
}
