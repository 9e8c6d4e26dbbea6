/** The record as the ledger keeps it: where it lies, whom it names, and its JSON printed once, which pulls then pass on untouched. */
import { readersIn, type AnyEntity } from '../../shared/core/entity.ts';
import type { RecordState } from '../../shared/core/record.ts';
import type { StoredRecord } from '../ledger/transactor.ts';

/** @param entity undefined where this build does not know the record's kind */
export function storedRecord(record: RecordState, entity: AnyEntity | undefined): StoredRecord {
  const isMatter = entity !== undefined && 'readers' in entity.scope;
  return {
    id: record.id,
    entity: record.entity,
    scopes: [record.scope, ...(record.shares ?? [])],
    ...(isMatter && { readers: readersIn(entity, record.values) }),
    seq: record.seq,
    text: JSON.stringify(record),
  };
}
