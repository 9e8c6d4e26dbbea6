/**
 * The district's ledger in memory, for the simulation and for quick tests. Transactions run one after another on a copy of the
 * tables that is taken over only at the end, so a throw leaves nothing behind. `snapshot` and `restore` play an old backup.
 */
import type {
  Alarm,
  Code,
  Counter,
  Device,
  Head,
  Member,
  Person,
  StoredOperation,
  StoredRecord,
  Transactor,
  Writing,
} from '../ledger/transactor.ts';

interface Tables {
  head: Head;
  readonly operations: Map<string, StoredOperation>;
  readonly records: Map<string, StoredRecord>;
  readonly counters: Map<string, Counter>;
  readonly persons: Map<string, Person>;
  readonly devices: Map<string, Device>;
  readonly members: Map<string, Member>;
  readonly codes: Map<string, Code>;
  readonly alarms: Alarm[];
}

export interface MemoryLedger extends Transactor {
  readonly snapshot: () => Promise<unknown>;
  readonly restore: (snapshot: unknown) => Promise<void>;
}

export function createMemoryLedger(head: Pick<Head, 'district' | 'name' | 'epoch'>): MemoryLedger {
  let tables: Tables = {
    head: { ...head, restoredHead: 0, seq: 0, durable: 0 },
    operations: new Map(),
    records: new Map(),
    counters: new Map(),
    persons: new Map(),
    devices: new Map(),
    members: new Map(),
    codes: new Map(),
    alarms: [],
  };
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = turn.then(work, work);
    turn = next.catch(() => undefined);
    return next;
  };
  return {
    read: (work) => inTurn(() => work(writingOn(tables))),
    transact: (work) =>
      inTurn(async () => {
        const copy = copyOf(tables);
        const result = await work(writingOn(copy));
        tables = copy;
        return result;
      }),
    close: () => Promise.resolve(),
    snapshot: () => inTurn(() => Promise.resolve(copyOf(tables))),
    restore: (snapshot) =>
      inTurn(() => {
        tables = copyOf(snapshot as Tables);
        return Promise.resolve();
      }),
  };
}

/** Rows are immutable, so copying the maps is enough. */
const copyOf = (tables: Tables): Tables => ({
  head: tables.head,
  operations: new Map(tables.operations),
  records: new Map(tables.records),
  counters: new Map(tables.counters),
  persons: new Map(tables.persons),
  devices: new Map(tables.devices),
  members: new Map(tables.members),
  codes: new Map(tables.codes),
  alarms: [...tables.alarms],
});

function writingOn(tables: Tables): Writing {
  const pick = <T>(from: ReadonlyMap<string, T>, ids: readonly string[]): T[] =>
    [...new Set(ids)].flatMap((id) => from.get(id) ?? []);
  const counterKey = ({ entity, area, year }: Omit<Counter, 'ordinal'>): string =>
    `${entity}/${area}/${year}`;
  const memberKey = ({ device, person }: Member): string => `${device}/${person}`;
  const put = <T>(into: Map<string, T>, key: string, row: T): Promise<void> => {
    into.set(key, row);
    return Promise.resolve();
  };
  return {
    head: () => Promise.resolve(tables.head),
    lockHead: () => Promise.resolve(tables.head),
    saveHead: (head) => {
      tables.head = head;
      return Promise.resolve();
    },
    page: (asked, limit) => {
      const cursors = new Map(asked.map(({ scope, cursor }) => [scope, cursor]));
      const newer = [...tables.records.values()]
        .filter(({ scope, seq }) => seq > (cursors.get(scope) ?? Infinity))
        .sort((one, other) => one.seq - other.seq);
      const records = newer.slice(0, limit);
      return Promise.resolve({
        head: tables.head,
        texts: records.map(({ text }) => text),
        last: records.at(-1)?.seq ?? 0,
        more: newer.length > limit,
        remaining: newer.length - records.length,
      });
    },
    scopes: () =>
      Promise.resolve([...new Set([...tables.records.values()].map(({ scope }) => scope))].sort()),
    records: (ids) => Promise.resolve(pick(tables.records, ids)),
    recordsOf: (entity) =>
      Promise.resolve([...tables.records.values()].filter((record) => record.entity === entity)),
    history: (record) =>
      Promise.resolve(
        [...tables.operations.values()]
          .filter((operation) => operation.record === record && operation.seq !== null)
          .sort((one, other) => (one.seq ?? 0) - (other.seq ?? 0)),
      ),
    operations: (ids) => Promise.resolve(pick(tables.operations, ids)),
    waitingFor: (keys) =>
      Promise.resolve(
        [...tables.operations.values()].filter(
          ({ verdict, waits }) => verdict.verdict === 'held' && waits.some((key) => keys.includes(key)),
        ),
      ),
    alarms: () => Promise.resolve(tables.alarms),
    append: (operations) => {
      for (const operation of operations) {
        const known = tables.operations.get(operation.id);
        if (!known || known.verdict.verdict === 'held') tables.operations.set(operation.id, operation);
      }
      return Promise.resolve();
    },
    project: (records) => {
      for (const record of records) tables.records.set(record.id, record);
      return Promise.resolve();
    },
    ordinal: (counter) => Promise.resolve(tables.counters.get(counterKey(counter))?.ordinal ?? 0),
    saveCounters: (counters) => {
      for (const counter of counters) tables.counters.set(counterKey(counter), counter);
      return Promise.resolve();
    },
    raiseAlarm: (alarm) => {
      tables.alarms.push(alarm);
      return Promise.resolve();
    },
    persons: (ids) => Promise.resolve(pick(tables.persons, ids)),
    allPersons: () =>
      Promise.resolve([...tables.persons.values()].sort((one, other) => (one.id < other.id ? -1 : 1))),
    savePerson: (person) => put(tables.persons, person.id, person),
    device: (id) => Promise.resolve(tables.devices.get(id)),
    deviceByToken: (hash) =>
      Promise.resolve([...tables.devices.values()].find(({ tokenHash }) => tokenHash === hash)),
    nextDeviceNumber: () => Promise.resolve(tables.devices.size + 1),
    saveDevice: (device) => put(tables.devices, device.id, device),
    members: (device) =>
      Promise.resolve([...tables.members.values()].filter((member) => member.device === device)),
    saveMember: (member) => put(tables.members, memberKey(member), member),
    code: (hash) => Promise.resolve(tables.codes.get(hash)),
    saveCode: (code) => put(tables.codes, code.hash, code),
    useCode: (hash, at) => {
      const code = tables.codes.get(hash);
      if (!code || code.usedAt !== null) return Promise.resolve(false);
      tables.codes.set(hash, { ...code, usedAt: at });
      return Promise.resolve(true);
    },
  };
}
