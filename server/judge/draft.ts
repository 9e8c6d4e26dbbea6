/**
 * What a batch would change, before it is written: records, counters, verdicts and the next sequence, in layers. A group is judged
 * on a layer of its own, which is kept whole or dropped whole (sync.md S4).
 */
import type { RecordState } from '../../shared/core/record.ts';
import type { Counter, GivenNumber, StoredOperation } from '../ledger/transactor.ts';

export interface Layer {
  readonly seq: () => number;
  readonly takeSeq: () => number;
  readonly record: (id: string) => RecordState | undefined;
  readonly setRecord: (record: RecordState) => void;
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
  const draft: Layer = {
    seq: () => current,
    takeSeq: () => ++current,
    record: (id) => records.get(id) ?? below?.record(id),
    setRecord: (record) => void records.set(record.id, record),
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
