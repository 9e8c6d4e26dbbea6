/**
 * Who holds what, when all is quiet: a small policy of its own, from security.md and not from access.ts, against memory, disk and ring.
 * A person's desk shows every record that the person may read, in the district's own state, and no other; what a key of theirs opens on
 * disk lies in that key's scope; and no key and no row outlives the right to read.
 */
import type { RecordState } from '../../../../shared/core/record.ts';
import { sameValue } from '../../../../shared/core/same-value.ts';
import { unpackBlock } from '../../store/block.ts';
import { createUnfolded } from '../../store/unfolded.ts';
import type { Table } from '../../store/database.ts';
import { smallRegistry } from '../small-registry.ts';
import { must, type Observed, type Watched } from './observed.ts';

export const scopesOf = ({ scope, shares = [] }: RecordState): readonly string[] => [scope, ...shares];

type Reads = (scope: string) => boolean;

/** The scopes that a person reads, by their rights at the district and by the matters that name them. */
async function readsOf(observed: Observed, person: string, records: readonly RecordState[]): Promise<Reads> {
  const grants = await observed.world.district.grantsOf(person);
  const named = new Set(
    records
      .filter(({ values }) => Array.isArray(values.readers))
      .filter(({ values }) => (values.readers as { id: string }[]).some(({ id }) => id === person))
      .map(({ id }) => `readers/${id}`),
  );
  return (scope) => {
    const [area = '', name = ''] = scope.split('/');
    if (area === 'person') return name === person;
    if (area === 'readers') return named.has(scope);
    return grants.some(
      (grant) =>
        area.startsWith(grant.area) && smallRegistry.roles[grant.role]?.reads.includes(name) === true,
    );
  };
}

export async function onlyReadable(
  observed: Observed,
  watched: Watched,
  records: readonly RecordState[],
): Promise<void> {
  const { handle } = watched;
  const reads = await readsOf(observed, handle.person.id, records);
  const byId = new Map(records.map((record) => [record.id, record]));
  sameRecords(watched, records, reads);
  nothingElseShown(watched, byId, reads);
  await nothingElseOpens(watched, byId);
  for (const { scope } of handle.ringOf(handle.person.id).session().scopeKeys)
    must(
      reads(scope) || mayComeBack(watched, scope),
      'S7 a key outlived the right to read',
      handle.person.name,
      scope,
    );
}

/** S7 */
function sameRecords({ handle }: Watched, records: readonly RecordState[], reads: Reads): void {
  for (const record of records) {
    if (!scopesOf(record).some(reads)) continue;
    const shown = handle.desk.inside.engine.records.shown(record.id);
    must(sameValue(shown, record), 'S7 a record differs', handle.person.name, { shown, record });
  }
}

/** S8-8: a restoration has forgotten what this desk still has of it. */
function mayComeBack({ handle }: Watched, scope: string): boolean {
  const { records, state } = handle.desk.inside.engine;
  return [...smallRegistry.entities.keys()].some((entity) =>
    [...records.ids(entity)].some((id) => (records.baseVia(id, scope)?.epoch ?? state.epoch) !== state.epoch),
  );
}

function nothingElseShown({ handle }: Watched, byId: ReadonlyMap<string, RecordState>, reads: Reads): void {
  const { records, state } = handle.desk.inside.engine;
  for (const entity of smallRegistry.entities.keys()) {
    for (const id of records.ids(entity)) {
      const record = byId.get(id);
      // What only a former life of the district knew is nobody's to take away (sync.md S8).
      const isOfThisLife = (records.baseOf(id)?.epoch ?? state.epoch) === state.epoch;
      if (!isOfThisLife || records.shown(id) === undefined) continue;
      const may = record !== undefined && scopesOf(record).some(reads);
      must(may, 'S7 somebody is shown what is not for them', handle.person.name, { id, record });
    }
  }
}

async function nothingElseOpens(
  { handle, trouble }: Watched,
  byId: ReadonlyMap<string, RecordState>,
): Promise<void> {
  const { vault, state } = handle.desk.inside.engine;
  const held = new Set(handle.people.flatMap(({ id }) => [id, ...handle.ringOf(id).ids()]));
  for (const table of ['blocks', 'changes'] satisfies Table[]) {
    for (const row of handle.disk.tables.get(table)?.values() ?? []) {
      // The power may go off between key and row; what is left then, nobody opens.
      must(
        held.has(row.scope) || trouble.cuts > 0,
        'S7 a row outlived its key',
        handle.person.name,
        table,
        row.key,
      );
      const place = { key: row.scope, kind: table, id: row.key, version: row.version };
      const plain = await vault.openBytes(row.bytes, place);
      const scope = vault.scopeOf(row.scope);
      for (const { id, epoch } of plain ? unpackBlock(plain, createUnfolded()) : []) {
        const record = byId.get(id);
        const isThere = epoch !== state.epoch || (record && scopesOf(record).includes(scope ?? ''));
        must(isThere === true, 'S7 a record that has left lies on disk', handle.person.name, { id, scope });
      }
    }
  }
}
