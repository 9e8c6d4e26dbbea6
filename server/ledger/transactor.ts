/**
 * The one door to what the district keeps: a transaction that holds all of it or nothing. `ledger/sql-ledger.ts` opens it on
 * PostgreSQL and PGlite, `testing/memory-ledger.ts` in memory; one contract suite runs over all three.
 *
 * Invariant: sequences are given only while the head is locked, and the lock is held until the commit. So whoever reads the head
 * sees every operation up to it, and a reader that follows its cursor misses nothing (sync.md S6).
 */
import type { Grant } from '../../shared/core/access.ts';
import type { Verdict } from '../../shared/protocol/messages.ts';

export interface Transactor {
  /** A read-only snapshot. */
  readonly read: <T>(work: (reading: Reading) => Promise<T>) => Promise<T>;
  /** All or nothing: a throw inside undoes everything. */
  readonly transact: <T>(work: (writing: Writing) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
}

export interface Head {
  readonly district: string;
  readonly name: string;
  readonly epoch: string;
  /** Head at the restoration that began the epoch; 0 without one. */
  readonly restoredHead: number;
  readonly seq: number;
  /** Everything up to here is in the last backup; 0 while there is none. */
  readonly durable: number;
}

export interface StoredOperation {
  readonly id: string;
  readonly seq: number | null;
  /** Null where what was sealed is no operation at all. */
  readonly record: string | null;
  readonly author: string;
  readonly device: string;
  /** SHA-256 of the opened content: the same id with another digest is an alarm. */
  readonly digest: string;
  readonly group: string | null;
  readonly verdict: Verdict;
  /** While held: `operation:…`, `record:…`, `group:…`, `person:…` or `registry`; one of them wakes it. */
  readonly waits: readonly string[];
  readonly receivedAt: string;
  /** The operation's JSON, as its author sealed it. */
  readonly text: string;
}

export interface StoredRecord {
  readonly id: string;
  readonly entity: string;
  readonly scope: string;
  readonly seq: number;
  readonly text: string;
}

export interface AskedScope {
  readonly scope: string;
  readonly cursor: number;
}

export interface Page {
  readonly head: Head;
  /** The records' JSON as stored, oldest first. */
  readonly texts: readonly string[];
  /** Sequence of the last one. */
  readonly last: number;
  readonly more: boolean;
  readonly remaining: number;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly grants: readonly Grant[];
  /** Grants that were taken away: what was written under them is held, not refused (sync.md S14). */
  readonly former: readonly Grant[];
  readonly disabled: boolean;
}

export interface Device {
  readonly id: string;
  readonly number: number;
  readonly tokenHash: string;
  readonly revoked: boolean;
}

/** A person who uses a device. */
export interface Member {
  readonly device: string;
  readonly person: string;
  readonly tokenHash: string;
}

export interface Code {
  readonly hash: string;
  readonly person: string;
  /** UTC instant in ISO 8601. */
  readonly expiresAt: string;
  readonly usedAt: string | null;
}

/** Something that an administrator must look at. */
export interface Alarm {
  readonly at: string;
  readonly code: 'contentChanged' | 'judgeFailed';
  readonly operation: string;
  readonly device: string;
}

export interface Counter {
  readonly entity: string;
  readonly area: string;
  readonly year: number;
  readonly ordinal: number;
}

export interface Reading {
  readonly head: () => Promise<Head>;
  readonly page: (asked: readonly AskedScope[], limit: number) => Promise<Page>;
  /** Every scope that has held a record. */
  readonly scopes: () => Promise<readonly string[]>;
  readonly records: (ids: readonly string[]) => Promise<readonly StoredRecord[]>;
  readonly recordsOf: (entity: string) => Promise<readonly StoredRecord[]>;
  /** Confirmed operations of one record in the district's order. */
  readonly history: (record: string) => Promise<readonly StoredOperation[]>;
  readonly operations: (ids: readonly string[]) => Promise<readonly StoredOperation[]>;
  /** Held operations that wait for any of these, in the order of their arrival. */
  readonly waitingFor: (keys: readonly string[]) => Promise<readonly StoredOperation[]>;
  readonly alarms: () => Promise<readonly Alarm[]>;

  readonly persons: (ids: readonly string[]) => Promise<readonly Person[]>;
  readonly allPersons: () => Promise<readonly Person[]>;
  readonly device: (id: string) => Promise<Device | undefined>;
  readonly deviceByToken: (hash: string) => Promise<Device | undefined>;
  readonly members: (device: string) => Promise<readonly Member[]>;
  readonly code: (hash: string) => Promise<Code | undefined>;
}

export interface Writing extends Reading {
  /** Waits for its turn; from here on nobody else numbers anything until this transaction ends. */
  readonly lockHead: () => Promise<Head>;
  readonly saveHead: (head: Head) => Promise<void>;
  /** New operations, or held ones whose verdict has changed. One statement. */
  readonly append: (operations: readonly StoredOperation[]) => Promise<void>;
  readonly project: (records: readonly StoredRecord[]) => Promise<void>;
  /** Last ordinal given out for each of these; 0 where none was. */
  readonly ordinal: (counter: Omit<Counter, 'ordinal'>) => Promise<number>;
  readonly saveCounters: (counters: readonly Counter[]) => Promise<void>;
  readonly raiseAlarm: (alarm: Alarm) => Promise<void>;

  readonly savePerson: (person: Person) => Promise<void>;
  readonly nextDeviceNumber: () => Promise<number>;
  readonly saveDevice: (device: Device) => Promise<void>;
  readonly saveMember: (member: Member) => Promise<void>;
  readonly saveCode: (code: Code) => Promise<void>;
  /** Uses the code up; false when somebody else was quicker. */
  readonly useCode: (hash: string, at: string) => Promise<boolean>;
}
