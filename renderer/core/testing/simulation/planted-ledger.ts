/** Faults of the district's ledger, planted around the real one. */
import type { RecordState } from '../../../../shared/core/record.ts';
import type { StoredRecord, Transactor, Writing } from '../../../../server/ledger/transactor.ts';
import type { Fault } from './faults.ts';

export function plantedLedger(ledger: Transactor, fault: Fault | undefined): Transactor {
  if (fault !== 'idempotency dropped' && fault !== 'rival lost') return ledger;
  return { ...ledger, transact: (work) => ledger.transact((writing) => work(planted(writing, fault))) };
}

function planted(writing: Writing, fault: Fault): Writing {
  if (fault === 'rival lost') {
    return { ...writing, project: (records) => writing.project(records.map(withoutRivals)) };
  }
  // What others build on is still known, or everything would only be held.
  return {
    ...writing,
    operations: async (ids) =>
      (await writing.operations(ids)).filter(
        ({ verdict }) => ids.length > 1 && verdict.verdict === 'confirmed',
      ),
  };
}

function withoutRivals(record: StoredRecord): StoredRecord {
  const { conflicts: _, ...rest } = JSON.parse(record.text) as RecordState;
  return { ...record, text: JSON.stringify(rest) };
}
