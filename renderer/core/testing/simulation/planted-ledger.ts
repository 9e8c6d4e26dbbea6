/** Faults of the district's ledger, planted around the real one. */
import type { RecordState } from '../../../../shared/core/record.ts';
import type { StoredRecord, Transactor, Writing } from '../../../../server/ledger/transactor.ts';
import type { Fault } from './faults.ts';

/** @param forgotten operations that the ledger pretends not to know; only with `idempotency dropped` */
export function plantedLedger(
  ledger: Transactor,
  fault: Fault | undefined,
  forgotten: ReadonlySet<string>,
): Transactor {
  if (fault !== 'idempotency dropped' && fault !== 'rival lost') return ledger;
  return {
    ...ledger,
    transact: (work) => ledger.transact((writing) => work(planted(writing, fault, forgotten))),
  };
}

function planted(writing: Writing, fault: Fault, forgotten: ReadonlySet<string>): Writing {
  if (fault === 'rival lost') {
    return { ...writing, project: (records) => writing.project(records.map(withoutRivals)) };
  }
  return {
    ...writing,
    operations: async (ids) => (await writing.operations(ids)).filter(({ id }) => !forgotten.has(id)),
  };
}

function withoutRivals(record: StoredRecord): StoredRecord {
  const { conflicts: _, ...rest } = JSON.parse(record.text) as RecordState;
  return { ...record, text: JSON.stringify(rest) };
}
