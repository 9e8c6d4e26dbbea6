/**
 * What a person sees when a form opens: the record, the basis that the district knows it by, and what this computer shows on top of
 * it. Taken then and kept with the draft; a pull in between changes nothing of it (sync.md S5).
 */
import type { RecordState } from '../../../shared/core/record.ts';
import type { Opened } from '../desk.ts';
import { isPlayed, standingOf } from '../memory/local-operations.ts';
import type { Engine } from './engine.ts';

/** As many as an operation may name. */
const MOST_AFTER = 1000;

export function openRecord(engine: Engine, id: string | undefined): Opened {
  const { epoch } = engine.state;
  if (id === undefined) return { seen: undefined, basis: { epoch, seq: 0 }, after: [] };
  const base = engine.records.baseOf(id);
  return {
    seen: engine.records.shown(id),
    basis: { epoch: base?.epoch ?? epoch, seq: base?.seq ?? 0 },
    after: playedOn(engine, id),
  };
}

/** Own operations that are shown but that the base does not contain. */
function playedOn(engine: Engine, record: string): readonly string[] {
  return engine.operations
    .of(record)
    .filter((kept) => standingOf(kept) === 'pending' || standingOf(kept) === 'confirmed')
    .filter(({ operation }) => isPlayed(operation))
    .map(({ operation }) => operation.id)
    .slice(-MOST_AFTER);
}

/** Operations that were refused and sent again stand for what they became; those that were set aside for nothing. */
export const presentNames = (engine: Engine, after: readonly string[]): readonly string[] => [
  ...new Set(after.flatMap((id) => engine.operations.into(id) ?? [id])),
];

/** Creations of this computer that the values point to and that the district may not have yet. */
export function creationsOf(
  engine: Engine,
  values: unknown,
  local: ReadonlyMap<string, RecordState | undefined>,
): readonly string[] {
  const found = new Set<string>();
  const look = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(look);
    else if (typeof value === 'object' && value !== null) {
      const { id } = value as { readonly id?: unknown };
      if (typeof id === 'string') for (const operation of creationOf(engine, id, local)) found.add(operation);
      Object.values(value).forEach(look);
    }
  };
  look(values);
  return [...found];
}

function creationOf(
  engine: Engine,
  record: string,
  local: ReadonlyMap<string, RecordState | undefined>,
): readonly string[] {
  const here = local.get(record);
  if (here) return [here.created.operation];
  if (engine.records.baseOf(record)) return [];
  return engine.operations
    .of(record)
    .filter((kept) => kept.operation.kind === 'create' && standingOf(kept) !== 'refused')
    .map(({ operation }) => operation.id)
    .flatMap((id) => engine.operations.into(id) ?? [id]);
}
