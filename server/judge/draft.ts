/**
 * What a batch would change, before it is written: records, counters, verdicts and the next sequence, in layers. A group is judged
 * on a layer of its own, which is kept whole or dropped whole (sync.md S4).
 */
import type { RecordState } from '../../shared/core/record.ts';
import type { Counter, GivenNumber } from '../ledger/official-numbers.ts';
import type { StoredOperation } from '../ledger/transactor.ts';

export interface Layer {
  readonly seq: () => number;
  readonly takeSeq: () => number;
  readonly record: (id: string) => RecordState | undefined;
  readonly setRecord: (record: RecordState) => void;
  /** Scopes that the record came into and left again in this batch: no row will ever have told of them. */
  readonly passed: (id: string) => ReadonlySet<string>;
  readonly pass: (id: string, scope: string) => void;
  readonly counter: (key: string) => Counter | undefined;
  readonly setCounter: (key: string, counter: Counter) => void;
  readonly number: (name: string) => GivenNumber | undefined;
  readonly setNumber: (name: string, number: GivenNumber) => void;
  readonly operation: (id: string) => StoredOperation | undefined;
  readonly setOperation: (operation: StoredOperation) => void;
  readonly layer: () => Layer;
  /** Hands everything down to the layer below. */
  readonly keep: () => void;
  readonly changed: () => {
    readonly records: readonly RecordState[];
    readonly counters: readonly Counter[];
    readonly numbers: readonly GivenNumber[];
    readonly operations: readonly StoredOperation[];
  };
}

export function createDraft(seq: number, below?: Layer): Layer {
  let current = seq;
  const records = new Map<string, RecordState>();
  const counters = new Map<string, Counter>();
  const numbers = new Map<string, GivenNumber>();
  const operations = new Map<string, StoredOperation>();
  const passed = new Map<string, Set<string>>();
  const scopesOf = ({ scope, shares = [] }: RecordState): readonly string[] => [scope, ...shares];
  const draft: Layer = {
    seq: () => current,
    takeSeq: () => ++current,
    record: (id) => records.get(id) ?? below?.record(id),
    setRecord: (record) => {
      const before = records.get(record.id);
      if (before) for (const scope of scopesOf(before)) draft.pass(record.id, scope);
      records.set(record.id, record);
    },
    passed: (id) => {
      const record = draft.record(id);
      const present = record ? scopesOf(record) : [];
      const all = [...(passed.get(id) ?? []), ...(below?.passed(id) ?? [])];
      return new Set(all.filter((scope) => !present.includes(scope)));
    },
    pass: (id, scope) => void passed.set(id, (passed.get(id) ?? new Set()).add(scope)),
    counter: (key) => counters.get(key) ?? below?.counter(key),
    setCounter: (key, counter) => void counters.set(key, counter),
    number: (name) => numbers.get(name) ?? below?.number(name),
    setNumber: (name, number) => void numbers.set(name, number),
    operation: (id) => operations.get(id) ?? below?.operation(id),
    setOperation: (operation) => void operations.set(operation.id, operation),
    layer: () => createDraft(current, draft),
    keep: () => {
      if (!below) return;
      while (below.seq() < current) below.takeSeq();
      for (const [id, scopes] of passed) for (const scope of scopes) below.pass(id, scope);
      for (const record of records.values()) below.setRecord(record);
      for (const [key, counter] of counters) below.setCounter(key, counter);
      for (const [name, number] of numbers) below.setNumber(name, number);
      for (const operation of operations.values()) below.setOperation(operation);
    },
    changed: () => ({
      records: [...records.values()],
      counters: [...counters.values()],
      numbers: [...numbers.values()],
      operations: [...operations.values()],
    }),
  };
  return draft;
}
