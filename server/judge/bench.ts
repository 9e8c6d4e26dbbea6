/**
 * What lies before the judge: everything that a batch needs from the ledger, read with one query a kind. What was read stands in a
 * layer below what was judged, so that only the latter is written.
 */
import { attachmentsAdded } from '../../shared/core/attachment/attachments-in.ts';
import { sealedSize } from '../../shared/core/attachment/sealed-size.ts';
import { isId } from '../../shared/core/id.ts';
import type { Operation } from '../../shared/core/operation.ts';
import type { RecordState } from '../../shared/core/record.ts';
import type { Registry } from '../../shared/core/registry.ts';
import { upcastRecord } from '../../shared/core/upcast.ts';
import type { NamedFile } from '../ledger/files.ts';
import { wasConfirmed } from '../ledger/said.ts';
import type { Head, Person, StoredOperation, Writing } from '../ledger/transactor.ts';
import { storedRecord } from '../projector/stored-record.ts';
import { createDraft, type Layer } from './draft.ts';
import { mattersOf } from './matters.ts';
import { counterName, counterOf, numberName, numberSaid } from './official-number.ts';
import { readOperation } from './open-envelope.ts';

export interface Judging {
  readonly registry: Registry;
  /** UTC instant of receipt, ISO 8601. */
  readonly now: string;
  /** For receipts; without it none are given. */
  readonly mac?: (text: string) => string;
  /** Short name of an area as official numbers print it. */
  readonly areaName: (writing: Writing, code: string) => Promise<string>;
  /** A rule threw: a bug of ours that must not stop anybody else's operations. */
  readonly onFailure?: (operation: string, failure: unknown) => void;
}

export interface Bench {
  readonly head: Head;
  readonly judging: Judging;
  readonly draft: Layer;
  readonly load: (operations: readonly (Operation | undefined)[], ids?: readonly string[]) => Promise<void>;
  /**
   * Of what comes from a former life, and of what these decide on: who holds the official numbers that it had, and the history that it
   * belongs to.
   */
  readonly recall: (operations: readonly StoredOperation[]) => Promise<void>;
  /** The operation that was sealed; undefined where this build cannot read it or it is none. */
  readonly contentOf: (stored: StoredOperation) => Operation | undefined;
  readonly person: (id: string) => Person | undefined;
  /** The record as the ledger holds it, before this batch. */
  readonly stored: (record: string) => RecordState | undefined;
  /** Confirmed operations of a record that something of a former life belongs to, before this batch. */
  readonly historyOf: (record: string) => readonly StoredOperation[];
  /** Scopes that the record had left before this batch. */
  readonly left: (record: string) => readonly string[];
  /** Whether the matter has ever named the person, before this batch. */
  readonly wasNamed: (person: string, matter: string) => boolean;
  readonly areaName: (code: string) => string;
  readonly waitingFor: (keys: readonly string[]) => Promise<readonly StoredOperation[]>;
  /** The final word as it will stand in the ledger. */
  readonly withWord: (stored: StoredOperation) => StoredOperation;
  readonly write: () => Promise<void>;
}

export function createBench(writing: Writing, head: Head, judging: Judging): Bench {
  const { entities } = judging.registry;
  const read = createDraft(head.seq);
  const draft = read.layer();
  const known = { operations: new Set<string>(), records: new Set<string>(), persons: new Set<string>() };
  const persons = new Map<string, Person>();
  const areaNames = new Map<string, string>();
  const parsed = new Map<string, Operation>();
  const left = new Map<string, readonly string[]>();
  const named = new Map<string, ReadonlySet<string>>();
  const histories = new Map<string, readonly StoredOperation[]>();

  const unknownTo = (seen: Set<string>, ids: readonly string[]): string[] => {
    const missing = [...new Set(ids)].filter((id) => !seen.has(id));
    for (const id of missing) seen.add(id);
    return missing;
  };

  async function load(given: readonly (Operation | undefined)[], ids: readonly string[] = []): Promise<void> {
    const operations = given.filter((operation) => operation !== undefined);
    for (const operation of operations) if (!parsed.has(operation.id)) parsed.set(operation.id, operation);

    const others = operations.flatMap(({ after, corrects, reviews = [] }) => [
      ...after,
      ...(corrects ? [corrects] : []),
      ...reviews,
    ]);
    const operationIds = unknownTo(known.operations, [...ids, ...others]);
    if (operationIds.length > 0) {
      for (const stored of await writing.operations(operationIds)) read.setOperation(stored);
    }
    // What is decided on is judged like what arrives: with everything that it needs.
    const reviewed = operations.flatMap(({ reviews = [] }) =>
      reviews.flatMap((id) => draft.operation(id) ?? []),
    );
    if (reviewed.length > 0) await load(reviewed.map(contentOf));
    await loadRecords(
      operations.flatMap(({ record, other }) => (other === undefined ? [record] : [record, other])),
    );
    const matters = new Map(
      operations.map((one) => [one, mattersOf(one, draft.record(one.record), entities)]),
    );
    await loadRecords([...matters.values()].flat());

    const authors = unknownTo(
      known.persons,
      operations.map(({ author }) => author),
    );
    if (authors.length > 0) {
      for (const person of await writing.persons(authors)) persons.set(person.id, person);
    }
    for (const [{ author }, { length }] of matters) {
      if (length > 0 && !named.has(author)) named.set(author, new Set(await writing.naming(author, 'once')));
    }
    await loadCounters(operations);
  }

  async function loadRecords(ids: readonly string[]): Promise<void> {
    // What is no id names no record, and the database would not even take every text.
    const missing = unknownTo(
      known.records,
      ids.filter((id) => isId(id)),
    );
    if (missing.length === 0) return;
    const stored = await writing.records(missing);
    const found = stored.map(({ text }) => recordIn(text));
    for (const record of found) read.setRecord(record);
    // What is no record yet has left nothing.
    for (const [id, scopes] of await writing.left(stored.map(({ id }) => id))) left.set(id, scopes);
    // What stands for them, until nothing does: an edit of a merged record lands there.
    await loadRecords(found.flatMap(({ merged }) => merged?.into ?? []));
  }

  const recordIn = (text: string): RecordState => {
    const record = JSON.parse(text) as RecordState;
    const entity = entities.get(record.entity);
    return entity ? upcastRecord(record, entity) : record;
  };

  async function loadCounters(operations: readonly Operation[]): Promise<void> {
    const asked = new Map<string, NonNullable<ReturnType<typeof counterOf>>>();
    for (const operation of operations) {
      const entity = entities.get(operation.entity);
      const key = entity && counterOf(operation, entity);
      if (!key) continue;
      if (!read.counter(counterName(key))) asked.set(counterName(key), key);
      if (!areaNames.has(key.area)) areaNames.set(key.area, await judging.areaName(writing, key.area));
    }
    for (const [name, key] of asked) read.setCounter(name, { ...key, ordinal: 0 });
    for (const counter of await writing.counters([...asked.values()]))
      read.setCounter(counterName(counter), counter);
  }

  function contentOf(stored: StoredOperation): Operation | undefined {
    const operation = parsed.get(stored.id);
    if (operation) return operation;
    const content = readOperation(stored.text);
    if (content.kind !== 'operation') return undefined;
    parsed.set(stored.id, content.operation);
    return content.operation;
  }

  /** What was refused names nothing: its file is nobody's. */
  const filesNamedBy = (stored: StoredOperation): readonly NamedFile[] => {
    const operation = stored.verdict.verdict === 'refused' ? undefined : contentOf(stored);
    const entity = operation && entities.get(operation.entity);
    if (!entity) return [];
    return attachmentsAdded(entity, operation).map(({ file, size }) => ({
      file,
      operation: stored.id,
      device: stored.device,
      size: sealedSize(size),
    }));
  };

  /** What is refused is said as it stands. */
  const withWord = (stored: StoredOperation): StoredOperation => {
    const { verdict, earlier, said } = stored;
    if (verdict.verdict !== 'refused' || said !== null) return stored;
    const isRepeated = earlier !== null && 'reason' in earlier;
    return { ...stored, said: isRepeated ? earlier : { epoch: head.epoch, reason: verdict.reason } };
  };

  async function recall(operations: readonly StoredOperation[]): Promise<void> {
    const reviewed = operations.flatMap((stored) => contentOf(stored)?.reviews ?? []);
    for (const stored of [...operations, ...reviewed.flatMap((id) => draft.operation(id) ?? [])]) {
      const { earlier, record: about } = stored;
      const isFormer = wasConfirmed(earlier) ?? contentOf(stored)?.basis.epoch !== head.epoch;
      if (isFormer && about !== null && !histories.has(about))
        histories.set(about, await writing.history(about));
      const number = numberSaid(earlier);
      const record = number && (await writing.holderOf(number));
      if (number && record !== undefined) read.setNumber(numberName(number), { ...number, record });
    }
  }

  return {
    head,
    judging,
    draft,
    load,
    recall,
    contentOf,
    person: (id) => persons.get(id),
    stored: (record) => read.record(record),
    historyOf: (record) => histories.get(record) ?? [],
    left: (record) => left.get(record) ?? [],
    wasNamed: (person, matter) => named.get(person)?.has(matter) ?? false,
    areaName: (code) => areaNames.get(code) ?? code,
    // Held ones in the ledger and in this batch; what this batch has judged already is taken as it stands here.
    waitingFor: async (keys) => {
      const wanted = new Set(keys);
      const found = new Map((await writing.waitingFor(keys)).map((stored) => [stored.id, stored]));
      for (const stored of found.values()) if (!read.operation(stored.id)) read.setOperation(stored);
      for (const stored of draft.changed().operations) found.set(stored.id, stored);
      return [...found.values()].filter(
        ({ verdict, waits }) => verdict.verdict === 'held' && waits.some((key) => wanted.has(key)),
      );
    },
    withWord,
    write: async () => {
      const { records, counters, numbers, operations } = draft.changed();
      if (operations.length > 0) await writing.append(operations.map(withWord));
      if (numbers.length > 0) await writing.saveNumbers(numbers);
      const named = operations.flatMap(filesNamedBy);
      if (named.length > 0) await writing.nameFiles(named);
      if (records.length > 0)
        await writing.project(
          records.map((one) => ({
            ...storedRecord(one, entities.get(one.entity)),
            passed: [...draft.passed(one.id)],
          })),
        );
      if (counters.length > 0) await writing.saveCounters(counters);
      if (draft.seq() > head.seq) await writing.saveHead({ ...head, seq: draft.seq() });
    },
  };
}
