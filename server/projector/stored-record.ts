/** The record as the ledger keeps it: its JSON printed once, which pulls then pass on untouched. */
import type { RecordState } from '../../shared/core/record.ts';
import type { StoredRecord } from '../ledger/transactor.ts';

export const storedRecord = (record: RecordState): StoredRecord => ({
  id: record.id,
  entity: record.entity,
  scope: record.scope,
  seq: record.seq,
  text: JSON.stringify(record),
});
