/** The tables of the ledger in memory. Rows are immutable, so a copy of the maps is a copy of the ledger. */
import type { ScopeHash } from '../../shared/protocol/scope-hash.ts';
import type { Alarm } from '../ledger/alarm.ts';
import type { Anchor } from '../ledger/trail.ts';
import type { StoredPackage } from '../ledger/packages.ts';
import type { StoredRecovered } from '../ledger/recovered.ts';
import type { Code } from '../ledger/code.ts';
import type { Counter, GivenNumber } from '../ledger/official-numbers.ts';
import type { Chain, EscrowedKey, Member, SigningKey } from '../ledger/on-device.ts';
import type { Device, Head, Person, StoredOperation, StoredRecord } from '../ledger/transactor.ts';
import { copyOfFiles, emptyFiles, type MemoryFiles } from './memory-files.ts';

interface Placement {
  readonly scope: string;
  readonly record: string;
  readonly seq: number;
  readonly gone: boolean;
}

interface SetAside {
  readonly at: string;
  readonly device: string;
  readonly number: number;
  readonly text: string;
}

export interface MemoryTables {
  head: Head;
  readonly operations: Map<string, StoredOperation>;
  readonly records: Map<string, StoredRecord>;
  /** By scope and record. */
  readonly placements: Map<string, Placement>;
  /** What each scope holds, in 64 bits. */
  readonly hashes: Map<string, ScopeHash>;
  /** By record: person → still named. */
  readonly readers: Map<string, ReadonlyMap<string, boolean>>;
  readonly counters: Map<string, Counter>;
  readonly numbers: Map<string, GivenNumber>;
  readonly persons: Map<string, Person>;
  readonly devices: Map<string, Device>;
  readonly members: Map<string, Member>;
  readonly signingKeys: Map<string, SigningKey>;
  readonly escrowedKeys: Map<string, EscrowedKey>;
  readonly codes: Map<string, Code>;
  readonly chains: Map<string, Chain>;
  readonly setAside: SetAside[];
  readonly alarms: Alarm[];
  readonly files: MemoryFiles;
  /** In the order of their import. */
  readonly packages: Map<string, StoredPackage>;
  answers: number;
  /** By record and epoch, in the order in which they came. */
  readonly recovered: Map<string, StoredRecovered>;
  readonly anchors: Anchor[];
}

export const emptyTables = (head: Pick<Head, 'district' | 'name' | 'epoch'>): MemoryTables => ({
  head: { ...head, restoredHead: 0, wasRestored: false, seq: 0, durable: 0, durableAt: null },
  operations: new Map(),
  records: new Map(),
  placements: new Map(),
  hashes: new Map(),
  readers: new Map(),
  counters: new Map(),
  numbers: new Map(),
  persons: new Map(),
  devices: new Map(),
  members: new Map(),
  signingKeys: new Map(),
  escrowedKeys: new Map(),
  codes: new Map(),
  chains: new Map(),
  setAside: [],
  alarms: [],
  files: emptyFiles(),
  packages: new Map(),
  answers: 0,
  recovered: new Map(),
  anchors: [],
});

export const copyOf = (tables: MemoryTables): MemoryTables => ({
  head: tables.head,
  operations: new Map(tables.operations),
  records: new Map(tables.records),
  placements: new Map(tables.placements),
  hashes: new Map(tables.hashes),
  readers: new Map(tables.readers),
  counters: new Map(tables.counters),
  numbers: new Map(tables.numbers),
  persons: new Map(tables.persons),
  devices: new Map(tables.devices),
  members: new Map(tables.members),
  signingKeys: new Map(tables.signingKeys),
  escrowedKeys: new Map(tables.escrowedKeys),
  codes: new Map(tables.codes),
  chains: new Map(tables.chains),
  setAside: [...tables.setAside],
  alarms: [...tables.alarms],
  files: copyOfFiles(tables.files),
  packages: new Map(tables.packages),
  answers: tables.answers,
  recovered: new Map(tables.recovered),
  anchors: [...tables.anchors],
});
