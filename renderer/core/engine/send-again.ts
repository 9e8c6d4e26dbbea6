/**
 * A refused or held operation goes out again (sync.md S10), with whatever was held with it, under new ids, saved as one. What they were
 * built on stays: an operation that is sent again still says what its author saw.
 */
import type { AnyEntity } from '../../../shared/core/entity.ts';
import type { Operation } from '../../../shared/core/operation.ts';
import type { Refusal } from '../../../shared/core/refusal.ts';
import { ok, refuse, type Result } from '../../../shared/core/result.ts';
import type { Saved } from '../desk.ts';
import { inChain } from '../memory/local-operations.ts';
import type { Kept } from '../store/kept-operation.ts';
import { commit } from './commit.ts';
import { correctedNow, freshId, instant, isMine, noteTrouble, type Engine, type Local } from './engine.ts';
import { catchUp } from './mirror.ts';
import { creationsOf } from './opened.ts';
import { dependentsOf } from './tray.ts';

/** One saving holds so many; what follows stays held until its turn. */
const MOST = 200;

export interface Sending {
  /** What is different in the new one. */
  readonly write: (old: Operation, entity: AnyEntity) => Partial<Operation>;
  /** Whether it may go out; records that it leaves are put into `local`. */
  readonly fits: (again: Operation, local: Local) => Result<unknown, Refusal>;
}

export function sendAgain(
  engine: Engine,
  operation: string,
  sending: Sending,
): Promise<Result<Saved, Refusal>> {
  return engine.inOrder(async () => {
    if (engine.isNewerStore) return refuse({ code: 'newerApp' });
    const root = engine.operations.get(operation);
    if (!root || !isMine(engine, root) || root.verdict === undefined || root.verdict.verdict === 'confirmed')
      return refuse({ code: 'unknownRecord' });
    if (engine.operations.into(operation) !== undefined) return refuse({ code: 'recordExists' });

    const local: Local = new Map();
    const renamed = new Map<string, string>();
    const made: Operation[] = [];
    const all = [root, ...dependentsOf(engine, operation)].sort(inChain).slice(0, MOST);
    for (const kept of all) {
      const again = issuedAnew(engine, kept, { renamed, local, sending });
      const result = again.ok ? sending.fits(again.value, local) : again;
      if (again.ok && result.ok) {
        made.push(again.value);
        renamed.set(kept.operation.id, again.value.id);
      } else if (kept === root && !result.ok) return result;
      // A follower that fits no longer stays in the tray with its own reason.
    }
    const operations = regrouped(engine, made);
    const committed = await commit(engine, operations, local);
    if (!committed.ok) return committed;
    // Sent again by now, and `corrects` says so: a line that cannot be written here changes nothing of it.
    try {
      for (const [old, fresh] of renamed)
        await engine.bridge.ask('journal.resolve', { operation: old, into: [fresh] });
      await catchUp(engine);
    } catch {
      noteTrouble(engine, 'storage');
    }
    return ok({ record: root.operation.record, operations: operations.map(({ id }) => id) });
  });
}

interface Anew {
  readonly renamed: ReadonlyMap<string, string>;
  readonly local: Local;
  readonly sending: Sending;
}

function issuedAnew(
  engine: Engine,
  { operation }: Kept,
  { renamed, local, sending }: Anew,
): Result<Operation, Refusal> {
  const entity = engine.registry.entities.get(operation.entity);
  if (!entity) return refuse({ code: 'unknownEntity' });
  // Whether it is handed over is said anew each time.
  const { handed: _, ...old } = operation;
  const after = old.after.flatMap((id) => renamed.get(id) ?? engine.operations.into(id) ?? [id]);
  const again: Operation = {
    ...old,
    id: freshId(engine, 'operation'),
    at: instant(correctedNow(engine)),
    corrects: old.id,
    ...sending.write(old, entity),
    after,
  };
  return ok({
    ...again,
    after: [...new Set([...after, ...creationsOf(engine, again, local)])].filter((id) => id !== again.id),
  });
}

/** A group that is sent again is a new group, of those that are in it now. */
function regrouped(engine: Engine, made: readonly Operation[]): readonly Operation[] {
  const members = new Map<string, string[]>();
  for (const { group, id } of made) if (group) members.set(group.id, [...(members.get(group.id) ?? []), id]);
  const fresh = new Map([...members.keys()].map((id) => [id, freshId(engine, 'group')]));
  return made.map(({ group, ...operation }) => {
    const size = group ? (members.get(group.id)?.length ?? 0) : 0;
    const id = group && fresh.get(group.id);
    return id !== undefined && size > 1 ? { ...operation, group: { id, size } } : operation;
  });
}
