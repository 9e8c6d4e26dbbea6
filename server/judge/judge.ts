/**
 * The judge: decides each operation with the SAME `decide()` as the desk, on the district's own record, and gives its verdict.
 *
 * - same id, same content: the same verdict for ever; other content: an alarm, and the first one stands (S3)
 * - a group is confirmed whole or not at all (S4)
 * - what builds on something that is not confirmed, or not here yet, is held and judged again when that arrives; `held` changes
 *   once, into confirmed or refused (S10)
 * - what was written under rights that were taken away since is held, not refused (S14)
 *
 * Runs inside one transaction that holds the head's lock. Names no entity: the registry comes in.
 */
import type { Actor } from '../../shared/core/access.ts';
import { decide } from '../../shared/core/decide.ts';
import type { AnyEntity } from '../../shared/core/entity.ts';
import { isId } from '../../shared/core/id.ts';
import type { Operation } from '../../shared/core/operation.ts';
import type { RecordState } from '../../shared/core/record.ts';
import type { Refusal } from '../../shared/core/refusal.ts';
import type { Registry } from '../../shared/core/registry.ts';
import { upcastRecord } from '../../shared/core/upcast.ts';
import type { Verdict } from '../../shared/protocol/messages.ts';
import type { Head, Person, StoredOperation, Writing } from '../ledger/transactor.ts';
import { storedRecord } from '../projector/stored-record.ts';
import { createDraft, type Layer } from './draft.ts';
import { counterOf, withOfficialNumber, type CounterKey } from './official-number.ts';
import { readOperation } from './open-envelope.ts';
import type { Submission } from './submission.ts';

export interface Judging {
  readonly registry: Registry;
  /** UTC instant of receipt, ISO 8601. */
  readonly now: string;
  /** Short name of an area as official numbers print it. */
  readonly areaName: (writing: Writing, code: string) => Promise<string>;
  /** A rule threw: a bug of ours that must not stop anybody else's operations. */
  readonly onFailure?: (operation: string, failure: unknown) => void;
}

/** Wakes what waits for a newer build of the district. */
export const REGISTRY_KEY = 'registry';
const groupKey = (device: string, { group }: Operation): string | null =>
  group ? `${device}/${group.id}` : null;

export async function judge(
  writing: Writing,
  submissions: readonly Submission[],
  judging: Judging,
): Promise<readonly Verdict[]> {
  const head = await writing.lockHead();
  const bench = createBench(writing, head, judging);
  await bench.load(
    submissions.map(operationIn),
    submissions.map(({ id }) => id),
  );

  const isFork = submissions.map(() => false);
  const fresh: StoredOperation[] = [];
  submissions.forEach((submission, index) => {
    const known = bench.draft.operation(submission.id);
    if (known === undefined) {
      const stored = freshOperation(submission, judging.now);
      bench.draft.setOperation(stored);
      fresh.push(stored);
    } else if (known.digest !== submission.digest) isFork[index] = true;
  });
  for (const [index, { id: operation, device }] of submissions.entries()) {
    if (isFork[index])
      await writing.raiseAlarm({ at: judging.now, code: 'contentChanged', operation, device });
  }

  await bench.judgeAll(fresh);
  await bench.write();
  return submissions.map(({ id }, index): Verdict =>
    isFork[index]
      ? { id, verdict: 'refused', reason: { code: 'contentChanged' } }
      : (bench.draft.operation(id) as StoredOperation).verdict,
  );
}

/** Judges again what waits for any of these keys: rights that came back, a newer registry. */
export async function judgeAgain(
  writing: Writing,
  keys: readonly string[],
  judging: Judging,
): Promise<number> {
  const head = await writing.lockHead();
  const bench = createBench(writing, head, judging);
  await bench.wake(keys);
  await bench.write();
  return bench.draft.changed().operations.length;
}

const operationIn = ({ content }: Submission): Operation | undefined =>
  content.kind === 'operation' ? content.operation : undefined;

/** Not judged yet: stands as held without a reason of its own until the end of the batch. */
function freshOperation(
  { id, author, device, digest, text, content }: Submission,
  receivedAt: string,
): StoredOperation {
  const operation = content.kind === 'operation' ? content.operation : undefined;
  const verdict: Verdict =
    content.kind === 'operation'
      ? held(id, { code: 'depends' })
      : { id, verdict: content.kind, reason: content.reason };
  return {
    id,
    seq: null,
    record: operation?.record ?? null,
    author,
    device,
    digest,
    group: operation ? groupKey(device, operation) : null,
    verdict,
    waits: content.kind === 'held' ? [REGISTRY_KEY] : [],
    receivedAt,
    text,
  };
}

const held = (id: string, reason: Refusal): Verdict => ({ id, verdict: 'held', reason });

function createBench(writing: Writing, head: Head, judging: Judging) {
  const { registry } = judging;
  /** What was read stands below what was judged, so that only the latter is written. */
  const read = createDraft(head.seq);
  const draft = read.layer();
  const known = { operations: new Set<string>(), records: new Set<string>(), persons: new Set<string>() };
  const persons = new Map<string, Person>();
  const areaNames = new Map<string, string>();
  const parsed = new Map<string, Operation>();

  const unknownTo = (seen: Set<string>, ids: Iterable<string>): string[] => {
    const missing = [...new Set(ids)].filter((id) => !seen.has(id));
    for (const id of missing) seen.add(id);
    return missing;
  };

  /** One query a kind for the whole batch. */
  async function load(given: readonly (Operation | undefined)[], ids: readonly string[] = []): Promise<void> {
    const operations = given.filter((operation) => operation !== undefined);
    for (const operation of operations) if (!parsed.has(operation.id)) parsed.set(operation.id, operation);

    const operationIds = unknownTo(known.operations, [...ids, ...operations.flatMap(({ after }) => after)]);
    if (operationIds.length > 0)
      for (const stored of await writing.operations(operationIds)) read.setOperation(stored);

    const recordIds = unknownTo(
      known.records,
      operations.map(({ record }) => record),
    );
    if (recordIds.length > 0) {
      for (const { text } of await writing.records(recordIds)) {
        const record = JSON.parse(text) as RecordState;
        const entity = registry.entities.get(record.entity);
        read.setRecord(entity ? upcastRecord(record, entity) : record);
      }
    }
    const authors = unknownTo(
      known.persons,
      operations.map(({ author }) => author),
    );
    if (authors.length > 0)
      for (const person of await writing.persons(authors)) persons.set(person.id, person);

    for (const operation of operations) {
      const entity = registry.entities.get(operation.entity);
      const key = entity && counterOf(operation, entity);
      if (!key) continue;
      const name = counterName(key);
      if (!read.counter(name)) read.setCounter(name, { ...key, ordinal: await writing.ordinal(key) });
      if (!areaNames.has(key.area)) areaNames.set(key.area, await judging.areaName(writing, key.area));
    }
  }

  const contentOf = (stored: StoredOperation): Operation | undefined => {
    const operation = parsed.get(stored.id);
    if (operation) return operation;
    const content = readOperation(stored.text);
    if (content.kind === 'operation') parsed.set(stored.id, content.operation);
    return content.kind === 'operation' ? content.operation : undefined;
  };

  /** Judges in order, then whatever the confirmed ones wake, until nothing moves. */
  async function judgeAll(operations: readonly StoredOperation[]): Promise<void> {
    const judged = operations.filter((stored) => contentOf(stored) !== undefined);
    const keys: string[] = [];
    for (const unit of await unitsOf(judged)) keys.push(...judgeUnit(unit));
    if (keys.length > 0) await wake(keys);
  }

  async function wake(keys: readonly string[]): Promise<void> {
    let calling = keys;
    while (calling.length > 0) {
      const waiting = (await waitingFor(calling)).filter(isReadable);
      if (waiting.length === 0) return;
      await load(waiting.map(contentOf));
      calling = (await unitsOf(waiting)).flatMap(judgeUnit);
    }
  }

  /** What only a newer build can read goes on waiting; what turns out to be no operation is refused. */
  function isReadable(stored: StoredOperation): boolean {
    if (contentOf(stored)) return true;
    const content = readOperation(stored.text);
    if (content.kind === 'refused') refuse(draft, stored, content.reason);
    return false;
  }

  /** Held ones in the ledger and in this batch; what this batch has judged already is taken as it stands here. */
  async function waitingFor(keys: readonly string[]): Promise<readonly StoredOperation[]> {
    const wanted = new Set(keys);
    const found = new Map((await writing.waitingFor(keys)).map((stored) => [stored.id, stored]));
    for (const stored of found.values()) if (!read.operation(stored.id)) read.setOperation(stored);
    for (const stored of draft.changed().operations) found.set(stored.id, stored);
    return [...found.values()].filter(
      ({ id, verdict, waits }) =>
        (draft.operation(id)?.verdict ?? verdict).verdict === 'held' && waits.some((key) => wanted.has(key)),
    );
  }

  /** Single operations, and groups with all their members that are here, each at the place of its last one. */
  async function unitsOf(
    operations: readonly StoredOperation[],
  ): Promise<readonly (readonly StoredOperation[])[]> {
    const groups = new Map<string, StoredOperation[]>();
    for (const stored of operations) if (stored.group !== null) groups.set(stored.group, []);
    if (groups.size > 0) {
      const members = await waitingFor([...groups.keys()].map((group) => `group:${group}`));
      const ids = new Set<string>();
      for (const stored of [...members, ...operations]) {
        if (stored.group === null || ids.has(stored.id)) continue;
        ids.add(stored.id);
        groups.get(stored.group)?.push(stored);
      }
      await load([...groups.values()].flat().map(contentOf));
    }
    const lastOf = new Map(operations.map(({ id, group }) => [group, id]));
    return operations.flatMap((stored): (readonly StoredOperation[])[] => {
      if (stored.group === null) return [[stored]];
      return lastOf.get(stored.group) === stored.id ? [groups.get(stored.group) ?? []] : [];
    });
  }

  /** @returns the keys that the confirmed ones wake */
  function judgeUnit(unit: readonly StoredOperation[]): readonly string[] {
    const layer = draft.layer();
    const size = contentOf(unit[0] as StoredOperation)?.group?.size ?? 1;
    if (unit.length < size) {
      for (const stored of unit) hold(draft, stored, { code: 'group' }, []);
      return [];
    }
    for (const [index, stored] of unit.entries()) {
      if (index < size) judgeOne(layer, stored);
      else refuse(layer, stored, { code: 'schema', problems: [{ code: 'malformed', field: 'group' }] });
    }
    const verdicts = unit.slice(0, size).map(({ id }) => layer.operation(id) as StoredOperation);
    const culprit =
      verdicts.find(({ verdict }) => verdict.verdict === 'refused') ??
      verdicts.find(({ verdict }) => verdict.verdict === 'held');
    if (culprit && size > 1) {
      // Nothing of the group takes effect: its layer goes, the reasons stay.
      for (const stored of verdicts) {
        const { verdict } = stored;
        if (stored === culprit || verdict.verdict === 'refused') draft.setOperation(stored);
        else hold(draft, stored, { code: 'group', operation: culprit.id }, [...stored.waits]);
      }
      return [];
    }
    layer.keep();
    return verdicts
      .filter(({ verdict }) => verdict.verdict === 'confirmed')
      .flatMap(({ id, record }) => [`operation:${id}`, `record:${record}`]);
  }

  function judgeOne(layer: Layer, stored: StoredOperation): void {
    const operation = contentOf(stored) as Operation;
    const missing = operation.after.find((id) => layer.operation(id)?.verdict.verdict !== 'confirmed');
    if (missing !== undefined) {
      hold(layer, stored, { code: 'depends', operation: missing }, [`operation:${missing}`]);
      return;
    }
    const entity = registry.entities.get(operation.entity);
    const record = layer.record(operation.record);
    if (!isId(operation.record, operation.entity) || (record && record.entity !== operation.entity)) {
      refuse(layer, stored, { code: 'schema', problems: [{ code: 'malformed', field: 'record' }] });
      return;
    }
    const person = persons.get(operation.author);
    const grants = person && !person.disabled ? person.grants : [];
    const decided = decideSafely(
      record,
      operation,
      entity,
      { id: operation.author, grants },
      layer.seq() + 1,
    );
    if (decided === 'failed') {
      hold(layer, stored, { code: 'rule', rule: 'judge' }, [REGISTRY_KEY]);
    } else if (decided.ok) {
      const seq = layer.takeSeq();
      layer.setRecord(entity ? numbered(layer, decided.value, operation, entity) : decided.value);
      layer.setOperation({
        ...stored,
        seq,
        verdict: { id: stored.id, verdict: 'confirmed', seq },
        waits: [],
      });
    } else if (decided.error.code === 'unknownRecord') {
      hold(layer, stored, decided.error, [`record:${operation.record}`]);
    } else if (decided.error.code === 'unknownEntity' || decided.error.code === 'newerVersion') {
      hold(layer, stored, decided.error, [REGISTRY_KEY]);
    } else if (
      decided.error.code === 'access' &&
      person &&
      hadAccess(record, operation, entity, person, layer.seq() + 1)
    ) {
      hold(layer, stored, decided.error, [`person:${person.id}`]);
    } else refuse(layer, stored, decided.error);
  }

  function decideSafely(
    record: RecordState | undefined,
    operation: Operation,
    entity: AnyEntity | undefined,
    actor: Actor,
    seq: number,
  ): ReturnType<typeof decide> | 'failed' {
    try {
      const { epoch, restoredHead } = head;
      return decide(record, operation, { entity, roles: registry.roles, actor, epoch, restoredHead, seq });
    } catch (failure) {
      judging.onFailure?.(operation.id, failure);
      return 'failed';
    }
  }

  function hadAccess(
    record: RecordState | undefined,
    operation: Operation,
    entity: AnyEntity | undefined,
    person: Person,
    seq: number,
  ): boolean {
    const once = { id: person.id, grants: [...person.grants, ...person.former] };
    const decided = decideSafely(record, operation, entity, once, seq);
    return decided === 'failed' || decided.ok || decided.error.code !== 'access';
  }

  function numbered(layer: Layer, record: RecordState, operation: Operation, entity: AnyEntity): RecordState {
    const key = counterOf(operation, entity);
    if (!key) return record;
    const name = counterName(key);
    const counter = { ...key, ordinal: (layer.counter(name)?.ordinal ?? 0) + 1 };
    layer.setCounter(name, counter);
    return withOfficialNumber(record, entity, counter, areaNames.get(key.area) ?? '');
  }

  const hold = (layer: Layer, stored: StoredOperation, reason: Refusal, waits: readonly string[]): void => {
    const keys = new Set(waits);
    if (stored.group !== null) keys.add(`group:${stored.group}`);
    layer.setOperation({ ...stored, verdict: held(stored.id, reason), waits: [...keys] });
  };
  const refuse = (layer: Layer, stored: StoredOperation, reason: Refusal): void =>
    layer.setOperation({ ...stored, verdict: { id: stored.id, verdict: 'refused', reason }, waits: [] });

  async function write(): Promise<void> {
    const { records, counters, operations } = draft.changed();
    if (operations.length > 0) await writing.append(operations);
    if (records.length > 0) await writing.project(records.map(storedRecord));
    if (counters.length > 0) await writing.saveCounters(counters);
    if (draft.seq() > head.seq) await writing.saveHead({ ...head, seq: draft.seq() });
  }

  return { draft, load, judgeAll, wake, write };
}

const counterName = ({ entity, area, year }: CounterKey): string => `${entity}/${area}/${year}`;
