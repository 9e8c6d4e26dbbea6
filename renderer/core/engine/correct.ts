/**
 * A refused operation sent again (sync.md S10): itself with the values that the person has put right, and whatever was held with it,
 * under new ids, saved as one. What they were built on stays: a corrected operation still says what its author saw.
 */
import type { AnyEntity } from '../../../shared/core/entity.ts';
import { isAbsent, type Values } from '../../../shared/core/field/base.ts';
import { keyOf } from '../../../shared/core/command.ts';
import { stagesOf } from '../../../shared/core/entity.ts';
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
import { check } from './write.ts';

/** One saving holds so many; what follows stays held until its turn. */
const MOST = 200;

export function correct(engine: Engine, operation: string, values: Values): Promise<Result<Saved, Refusal>> {
  return engine.inOrder(async () => {
    if (engine.isNewerStore) return refuse({ code: 'newerApp' });
    const root = engine.operations.get(operation);
    if (!root || !isMine(engine, root) || root.verdict === undefined || root.verdict.verdict === 'confirmed')
      return refuse({ code: 'unknownRecord' });
    if (engine.operations.into(operation) !== undefined) return refuse({ code: 'recordExists' });
    const entity = engine.registry.entities.get(root.operation.entity);
    if (!entity) return refuse({ code: 'unknownEntity' });

    const local: Local = new Map();
    const renamed = new Map<string, string>();
    const made: Operation[] = [];
    const all = [root, ...dependentsOf(engine, operation)].sort(inChain).slice(0, MOST);
    for (const kept of all) {
      const isRoot = kept.operation.id === operation;
      const again = issuedAnew(engine, kept, { renamed, local, ...(isRoot && { entity, values }) });
      const result = check(engine, again, local);
      if (result.ok) {
        made.push(again);
        renamed.set(kept.operation.id, again.id);
      } else if (isRoot) return result;
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

/** The author gives it up; the journal keeps it. */
export function setAside(engine: Engine, operation: string): Promise<Result<undefined, Refusal>> {
  return engine.inOrder(async () => {
    if (engine.isNewerStore) return refuse({ code: 'newerApp' });
    const kept = engine.operations.get(operation);
    if (kept && !isMine(engine, kept)) return refuse({ code: 'unknownRecord' });
    try {
      await engine.bridge.ask('journal.resolve', { operation, into: [] });
    } catch {
      noteTrouble(engine, 'storage');
      return refuse({ code: 'storage' });
    }
    await catchUp(engine).catch(() => noteTrouble(engine, 'storage'));
    engine.topics.tell(['tray', 'sync']);
    return ok(undefined);
  });
}

interface Anew {
  readonly renamed: ReadonlyMap<string, string>;
  readonly local: Local;
  readonly entity?: AnyEntity;
  /** Only for the one that the person corrects. */
  readonly values?: Values;
}

function issuedAnew(
  engine: Engine,
  { operation }: Kept,
  { renamed, local, entity, values }: Anew,
): Operation {
  const { group, ...old } = operation;
  const after = old.after.flatMap((id) => renamed.get(id) ?? engine.operations.into(id) ?? [id]);
  const again: Operation = {
    ...old,
    id: freshId(engine, 'operation'),
    at: instant(correctedNow(engine)),
    corrects: old.id,
    ...(group && { group }),
    ...(entity && values && writtenOver(engine, old, entity, values)),
    after,
  };
  return {
    ...again,
    after: [...new Set([...after, ...creationsOf(engine, again, local)])].filter((id) => id !== again.id),
  };
}

/** Values that the person has written over the refused ones, kind by kind. */
function writtenOver(engine: Engine, old: Operation, entity: AnyEntity, values: Values): Partial<Operation> {
  const seen = engine.records.shown(old.record);
  const set: Record<string, unknown> = { ...old.set };
  const was: Record<string, unknown> = { ...old.was };
  const add: Record<string, unknown[]> = { ...old.add };
  const remove: Record<string, unknown[]> = { ...old.remove };
  const append: Record<string, unknown[]> = { ...old.append };
  for (const [name, value] of Object.entries(values)) {
    const merge = entity.fields[name]?.merge;
    if (merge === undefined || merge === 'server') continue;
    if (merge === 'append') append[name] = correctedEntries(append[name], value);
    else if (merge === 'union') {
      const wanted = isAbsent(value) ? [] : (value as unknown[]);
      const there = (seen?.values[name] ?? []) as unknown[];
      add[name] = wanted.filter((member) => !there.some((other) => keyOf(other) === keyOf(member)));
      remove[name] = there.filter((member) => !wanted.some((other) => keyOf(other) === keyOf(member)));
    } else if (isAbsent(value) && old.kind === 'create') delete set[name];
    else {
      set[name] = isAbsent(value) ? null : value;
      const shown = seen?.values[name];
      if (merge === 'ask' && shown !== undefined && !(name in was)) was[name] = shown;
    }
  }
  return { ...filled({ set, was, add, remove, append }), ...presentStage(old, entity, seen?.values) };
}

/** An entry keeps its id and author; only what it says is put right. */
function correctedEntries(old: readonly unknown[] = [], value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  return old.map((entry) => ({ ...(entry as object), values: value }));
}

/** A step that is still open from where the record is now leaves that stage. */
function presentStage(old: Operation, entity: AnyEntity, values: Values | undefined): Partial<Operation> {
  const stage = entity.stageField === undefined ? undefined : String(values?.[entity.stageField]);
  const isOpen = stage !== undefined && stagesOf(entity)?.stages[stage]?.next.includes(old.to ?? '');
  return old.kind === 'advance' && isOpen ? { from: stage } : {};
}

const filled = (parts: Record<string, Record<string, unknown>>): Partial<Operation> =>
  Object.fromEntries(
    Object.entries(parts).map(([name, part]) => {
      const kept = Object.entries(part).filter(
        ([, value]) => !Array.isArray(value) || value.length > 0 || name === 'set',
      );
      return [name, kept.length > 0 ? Object.fromEntries(kept) : undefined];
    }),
  );

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
