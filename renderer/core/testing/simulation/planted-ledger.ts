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
  const places = new Map<string, Set<string>>();
  const readers = new Map<string, Set<string>>();
  /** With whatever stood there before. */
  const grown = (
    known: Map<string, Set<string>>,
    id: string,
    names: readonly string[],
  ): readonly string[] => {
    const all = known.get(id) ?? new Set();
    for (const name of names) all.add(name);
    known.set(id, all);
    return [...all];
  };
  const spoilt: { readonly [F in Fault]?: (record: StoredRecord) => StoredRecord } = {
    'rival lost': withoutRivals,
    'left scope kept': (record) => ({ ...record, scopes: grown(places, record.id, record.scopes) }),
    'share not projected': (record) => ({ ...record, scopes: record.scopes.slice(0, 1) }),
    'former reader kept': (record) =>
      record.readers ? { ...record, readers: grown(readers, record.id, record.readers) } : record,
  };
  const spoil = fault && spoilt[fault];
  const planted = (writing: Writing): Writing => ({
    ...writing,
    ...(spoil && { project: (records) => writing.project(records.map(spoil)) }),
    ...(fault === 'idempotency dropped' && {
      operations: async (ids) => (await writing.operations(ids)).filter(({ id }) => !forgotten.has(id)),
    }),
    ...(fault === 'former rights forgotten' && {
      persons: async (ids) => (await writing.persons(ids)).map((person) => ({ ...person, former: [] })),
    }),
  });
  return { ...ledger, transact: (work) => ledger.transact((writing) => work(planted(writing))) };
}

function withoutRivals(record: StoredRecord): StoredRecord {
  const { conflicts: _, ...rest } = JSON.parse(record.text) as RecordState;
  return { ...record, text: JSON.stringify(rest) };
}
