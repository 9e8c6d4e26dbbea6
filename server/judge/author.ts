/** Who made an operation, as `decide` asks about a person: with the rights of now, and with every right that there ever was. */
import type { Actor } from '../../shared/core/access.ts';
import { readersIn } from '../../shared/core/entity.ts';
import type { RecordState } from '../../shared/core/record.ts';
import type { Person } from '../ledger/transactor.ts';
import type { Bench } from './bench.ts';
import type { Layer } from './draft.ts';

/** Somebody unknown or disabled has no rights. */
export function authorNow(bench: Bench, layer: Layer, id: string): Actor {
  const person = bench.person(id);
  if (!person || person.disabled) return { id, grants: [] };
  return { id, grants: person.grants, isNamed: (matter) => names(bench, layer.record(matter), id) };
}

/** With the grants and the namings that were taken away, before this batch or in it (sync.md S14). */
export const authorOnce = (bench: Bench, layer: Layer, { id, grants, former }: Person): Actor => ({
  id,
  grants: [...grants, ...former],
  isNamed: (matter) => names(bench, layer.record(matter), id) || bench.wasNamed(id, matter),
});

/** The record as it lies now, with everything that it has left beside it, as if it were shared there. */
export function placeOnce(bench: Bench, record: RecordState, author: string): RecordState {
  const shares = [...(record.shares ?? []), ...(bench.stored(record.id)?.shares ?? [])];
  const former = new Set([...shares, ...homesOnce(bench, record)]);
  // A matter itself says whom it names now; whom it named counts like a share.
  if (bench.wasNamed(author, record.id)) former.add(`person/${author}`);
  return { ...record, shares: [...former] };
}

/** Scopes that the record has left, in this batch too, and its home before it: each may have been the home that the author knew. */
export function homesOnce(bench: Bench, { id }: RecordState): readonly string[] {
  const before = bench.stored(id);
  return [...bench.left(id), ...bench.draft.passed(id), ...(before ? [before.scope] : [])];
}

function names(bench: Bench, matter: RecordState | undefined, id: string): boolean {
  const entity = matter && bench.judging.registry.entities.get(matter.entity);
  return matter !== undefined && entity !== undefined && readersIn(entity, matter.values).includes(id);
}
