/** Reads and writes the tables in memory, with the very promises that the SQL keeps. */
import type { Counter } from '../ledger/official-numbers.ts';
import type { Device, Page, Reading, StoredOperation, StoredRecord, Writing } from '../ledger/transactor.ts';
import { filesOfPersonIn, readingFilesIn, writingFilesIn } from './memory-files.ts';
import { combined, EMPTY_HASH, hashOfRecord } from '../../shared/protocol/scope-hash.ts';
import { REVIEW_KEY } from '../ledger/review-key.ts';
import type { MemoryTables } from './memory-tables.ts';

const done = (): Promise<void> => Promise.resolve();
const counterKey = ({ entity, area, year }: Omit<Counter, 'ordinal'>): string => `${entity}/${area}/${year}`;
const numberKey = (number: Counter): string => `${counterKey(number)}/${number.ordinal}`;
const bySeq = (one: { readonly seq: number | null }, other: { readonly seq: number | null }): number =>
  (one.seq ?? 0) - (other.seq ?? 0);
const byId = (one: { readonly id: string }, other: { readonly id: string }): number =>
  one.id < other.id ? -1 : 1;
const pick = <T>(from: ReadonlyMap<string, T>, ids: readonly string[]): T[] =>
  [...new Set(ids)].flatMap((id) => from.get(id) ?? []);

const hasLetThrough = (one: StoredOperation, record: string, all: readonly StoredOperation[]): boolean =>
  all.some((other) => other.record === record && other.review === one.id);

function pageOf(tables: MemoryTables, asked: Parameters<Reading['page']>[0], limit: number): Page {
  const cursors = new Map(asked.map(({ scope, cursor }) => [scope, cursor]));
  const newer = [...tables.placements.values()].filter(
    ({ scope, seq }) => seq > (cursors.get(scope) ?? Infinity),
  );
  const sequences = [...new Set(newer.map(({ seq }) => seq))].sort((one, other) => one - other);
  const last = sequences[Math.min(limit, sequences.length) - 1] ?? 0;
  const inPage = newer.filter(({ seq }) => seq <= last).sort(bySeq);
  const present = new Set(inPage.flatMap(({ record, gone }) => (gone ? [] : [record])));
  return {
    head: tables.head,
    texts: [...present].map((id) => tables.records.get(id)?.text ?? ''),
    removed: inPage
      .filter(({ gone }) => gone)
      .map(({ scope, record, seq }) => ({ scope, id: record, seq }))
      .sort((one, other) => bySeq(one, other) || (one.scope < other.scope ? -1 : 1)),
    last,
    more: sequences.length > limit,
    remaining: Math.max(0, sequences.length - limit),
    hashes: sequences.length > limit ? [] : hashesOf(tables, asked),
  };
}

const hashesOf = ({ hashes }: MemoryTables, asked: Parameters<Reading['page']>[0]): Page['hashes'] =>
  [...new Set(asked.map(({ scope }) => scope))].sort().flatMap((scope) => {
    const hash = hashes.get(scope);
    return hash ? [{ scope, hash }] : [];
  });

function place(
  tables: MemoryTables,
  scope: string,
  placement: { record: string; seq: number; gone: boolean },
): void {
  const key = `${scope}|${placement.record}`;
  const before = tables.placements.get(key);
  for (const one of [before, placement]) {
    if (!one || one.gone) continue;
    const hash = tables.hashes.get(scope) ?? EMPTY_HASH;
    tables.hashes.set(scope, combined(hash, hashOfRecord(one.record, one.seq)));
  }
  tables.placements.set(key, { scope, ...placement });
}

function project(tables: MemoryTables, { readers, passed = [], ...record }: StoredRecord): void {
  const { id, scopes, seq } = record;
  tables.records.set(id, { ...record, ...(readers && { readers }) });
  for (const { scope, record: placed, gone } of tables.placements.values())
    if (placed === id && !gone && !scopes.includes(scope))
      place(tables, scope, { record: id, seq, gone: true });
  for (const scope of scopes) place(tables, scope, { record: id, seq, gone: false });
  for (const scope of passed)
    if (![...tables.placements.values()].some((one) => one.scope === scope && one.record === id))
      place(tables, scope, { record: id, seq, gone: true });
  if (!readers) return;
  const known = [...(tables.readers.get(id)?.keys() ?? []), ...readers];
  tables.readers.set(id, new Map(known.map((person) => [person, readers.includes(person)])));
}

export function confirmedRecord(tables: MemoryTables, operation: string): string | undefined {
  const { seq, record } = tables.operations.get(operation) ?? { seq: null, record: null };
  return seq === null ? undefined : (record ?? undefined);
}

const memberAt = ({ members }: MemoryTables, device: string): readonly string[] =>
  [...members.values()].filter((member) => member.device === device).map(({ person }) => person);

export function readingOn(tables: MemoryTables): Reading {
  const operations = (): StoredOperation[] => [...tables.operations.values()];
  const devices = (): Device[] => [...tables.devices.values()];
  return {
    ...filesOfPersonIn(tables.files, (id) => confirmedRecord(tables, id)),
    ...readingFilesIn(tables.files),
    head: () => Promise.resolve(tables.head),
    page: (asked, limit) => Promise.resolve(pageOf(tables, asked, limit)),
    standing: (scopes) => {
      const found = new Map<string, number>();
      for (const { scope, seq } of tables.placements.values())
        if (scopes.includes(scope)) found.set(scope, Math.max(seq, found.get(scope) ?? 0));
      const hashOf = (scope: string) => tables.hashes.get(scope) ?? EMPTY_HASH;
      const named = [...found].sort().map(([scope, seq]) => ({ scope, seq, hash: hashOf(scope) }));
      return Promise.resolve({ head: tables.head, scopes: named });
    },
    scopes: () =>
      Promise.resolve([...new Set([...tables.placements.values()].map(({ scope }) => scope))].sort()),
    records: (ids) => Promise.resolve(pick(tables.records, ids)),
    moved: (after) => {
      const moved = [...tables.placements.values()].filter(({ seq }) => seq > after);
      return Promise.resolve([...new Set(moved.map(({ scope }) => scope))].sort());
    },
    recordsOf: (entity) =>
      Promise.resolve([...tables.records.values()].filter((record) => record.entity === entity)),
    lastChangeOf: (entity) => {
      const changes = [...tables.records.values()].filter((record) => record.entity === entity);
      return Promise.resolve(Math.max(0, ...changes.map(({ seq }) => seq)));
    },
    history: (record) =>
      Promise.resolve(
        operations()
          .filter(({ seq }) => seq !== null)
          .filter((one, _, all) => one.record === record || hasLetThrough(one, record, all))
          .sort(bySeq),
      ),
    operations: (ids) => Promise.resolve(pick(tables.operations, ids)),
    waitingFor: (keys) =>
      Promise.resolve(
        operations().filter(
          ({ verdict, waits }) => verdict.verdict === 'held' && waits.some((key) => keys.includes(key)),
        ),
      ),
    allHeld: (limit) =>
      Promise.resolve(
        operations()
          .filter(({ verdict }) => verdict.verdict === 'held')
          .reverse()
          .slice(0, limit),
      ),
    forReview: (limit, before) => {
      const newest = operations().reverse();
      const from = newest.findIndex(({ id }) => id === before) + 1;
      return Promise.resolve(
        newest
          .slice(before !== undefined && from === 0 ? newest.length : from)
          .filter(({ verdict, waits }) => verdict.verdict === 'held' && waits.includes(REVIEW_KEY))
          .slice(0, limit),
      );
    },
    alarms: (most) => {
      const newest = [...Map.groupBy(tables.alarms, ({ device }) => device).values()];
      const shown = new Set(newest.flatMap((alarms) => alarms.slice(-most)));
      return Promise.resolve(tables.alarms.filter((alarm) => shown.has(alarm)));
    },
    left: (ids) => {
      const left = new Map<string, string[]>();
      for (const { record, scope, gone } of tables.placements.values()) {
        if (gone && ids.includes(record)) left.set(record, [...(left.get(record) ?? []), scope]);
      }
      return Promise.resolve(left);
    },
    naming: (person, once) =>
      Promise.resolve(
        [...tables.readers]
          .filter(([, readers]) => readers.get(person) === true || (once === 'once' && readers.has(person)))
          .map(([record]) => record)
          .sort(),
      ),
    caller: (id, who = '') => {
      const [found, person] = [tables.devices.get(id), tables.persons.get(who)];
      const isMember = person !== undefined && memberAt(tables, id).includes(who);
      return Promise.resolve(found && { device: found, person, isMember });
    },
    persons: (ids) => Promise.resolve(pick(tables.persons, ids)),
    allPersons: () => Promise.resolve([...tables.persons.values()].sort(byId)),
    device: (id) => Promise.resolve(tables.devices.get(id)),
    devices: (ids) => Promise.resolve(pick(tables.devices, ids)),
    allDevices: () => Promise.resolve(devices().sort((one, other) => one.number - other.number)),
    members: (device) =>
      Promise.resolve([...tables.members.values()].filter((member) => member.device === device)),
    peopleAt: (device) => Promise.resolve(pick(tables.persons, memberAt(tables, device)).sort(byId)),
    signingKeys: (device) =>
      Promise.resolve([...tables.signingKeys.values()].filter((key) => key.device === device)),
    escrowedKeys: (device) =>
      Promise.resolve([...tables.escrowedKeys.values()].filter((key) => key.device === device)),
    code: (hash) => Promise.resolve(tables.codes.get(hash)),
    packages: (most) => Promise.resolve([...tables.packages.values()].reverse().slice(0, most)),
    packageOf: (device, id) =>
      Promise.resolve(
        [...tables.packages.values()].findLast(
          (one) => one.device === device && (id === undefined || one.id === id),
        ),
      ),
    recovered: (records) =>
      Promise.resolve(
        [...tables.recovered.values()].filter(({ record }) => records?.includes(record) ?? true),
      ),
    chains: (ids) => Promise.resolve(pick(tables.chains, ids)),
    isSignedLater: ({ device, author, number, keys }) =>
      Promise.resolve(
        operations().some(
          (one) =>
            one.device === device &&
            one.author === author &&
            one.link !== null &&
            one.link.number > number &&
            keys.includes(one.link.key),
        ),
      ),
    confirmed: (after, upTo, limit) =>
      Promise.resolve(
        operations()
          .filter(({ seq }) => seq !== null && seq > after && seq <= upTo)
          .sort(bySeq)
          .slice(0, limit),
      ),
    anchors: () => Promise.resolve(tables.anchors),
    links: (device, numbers) =>
      Promise.resolve(
        new Map(
          operations().flatMap(({ device: by, link }): (readonly [number, string])[] =>
            by === device && link && numbers.includes(link.number) ? [[link.number, link.hash]] : [],
          ),
        ),
      ),
  };
}

export function writingOn(tables: MemoryTables): Writing {
  const put = <T>(into: Map<string, T>, key: string, row: T): Promise<void> => {
    into.set(key, row);
    return done();
  };
  const putFirst = <T>(into: Map<string, T>, key: string, row: T): Promise<void> =>
    into.has(key) ? done() : put(into, key, row);
  return {
    ...readingOn(tables),
    ...writingFilesIn(tables.files),
    lockHead: () => Promise.resolve(tables.head),
    saveHead: (head) => {
      tables.head = head;
      return done();
    },
    append: (operations) => {
      for (const operation of operations) {
        const known = tables.operations.get(operation.id);
        if (!known || known.verdict.verdict === 'held') tables.operations.set(operation.id, operation);
      }
      return done();
    },
    project: (records) => {
      for (const record of records) project(tables, record);
      return done();
    },
    counters: (asked) => Promise.resolve(asked.flatMap((one) => tables.counters.get(counterKey(one)) ?? [])),
    saveCounters: (counters) => {
      for (const counter of counters) tables.counters.set(counterKey(counter), counter);
      return done();
    },
    saveAnchor: (anchor) => {
      tables.anchors.push(anchor);
      return done();
    },
    holderOf: (number) => Promise.resolve(tables.numbers.get(numberKey(number))?.record),
    saveNumbers: (numbers) => {
      for (const number of numbers) {
        if (tables.numbers.has(numberKey(number))) throw new Error('given twice');
        tables.numbers.set(numberKey(number), number);
      }
      return done();
    },
    raiseAlarm: (alarm) => {
      tables.alarms.push(alarm);
      return done();
    },
    savePerson: (person) => put(tables.persons, person.id, person),
    nextDeviceNumber: () => Promise.resolve(tables.devices.size + 1),
    lockDevice: (id) => Promise.resolve(tables.devices.get(id)),
    saveDevice: (device) => put(tables.devices, device.id, device),
    saveMember: (member) => put(tables.members, `${member.device}/${member.person}`, member),
    saveSigningKey: (key) => putFirst(tables.signingKeys, `${key.device}/${key.id}`, key),
    escrow: (key) => {
      const isTaken = [...tables.escrowedKeys.values()].some(
        ({ device, id }) => device === key.device && id === key.id,
      );
      return isTaken ? done() : putFirst(tables.escrowedKeys, `${key.device}/${key.scope}`, key);
    },
    saveChains: (chains) => {
      for (const chain of chains) tables.chains.set(chain.device, chain);
      return done();
    },
    setAside: (entry) => {
      tables.setAside.push(entry);
      return done();
    },
    savePackage: (given) => {
      for (const [key, one] of tables.packages)
        if (one.device === given.device) tables.packages.set(key, { ...one, text: '' });
      const key = `${given.device}/${given.id}`;
      tables.packages.delete(key);
      return put(tables.packages, key, given);
    },
    keepRecovered: (states) => {
      for (const state of states) {
        const key = `${state.record}/${state.epoch}`;
        const known = tables.recovered.get(key);
        if (known && (known.approvedAt !== null || known.seq >= state.seq)) continue;
        tables.recovered.set(key, state);
      }
      return done();
    },
    approveRecovered: ({ record, by, at }) => {
      for (const [key, one] of tables.recovered)
        if (one.record === record && one.approvedAt === null)
          tables.recovered.set(key, { ...one, approvedBy: by, approvedAt: at });
      return done();
    },
    nextAnswer: () => {
      tables.answers += 1;
      return Promise.resolve(tables.answers);
    },
    saveCode: (code) => put(tables.codes, code.hash, code),
    useCode: ({ hash, at, usedBy, became }) => {
      const code = tables.codes.get(hash);
      if (!code || code.usedAt !== null) return Promise.resolve(false);
      tables.codes.set(hash, { ...code, usedAt: at, usedBy, became });
      return Promise.resolve(true);
    },
  };
}
