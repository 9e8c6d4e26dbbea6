/**
 * A refused operation put right by its author (sync.md S10): itself with the values that the person has written over the refused ones, and
 * whatever was held with it, sent again; or given up.
 */
import type { AnyEntity } from '../../../shared/core/entity.ts';
import { isAbsent, type Values } from '../../../shared/core/field/base.ts';
import { keyOf } from '../../../shared/core/command.ts';
import { stagesOf } from '../../../shared/core/entity.ts';
import type { Operation } from '../../../shared/core/operation.ts';
import type { Refusal } from '../../../shared/core/refusal.ts';
import { ok, refuse, type Result } from '../../../shared/core/result.ts';
import type { Saved } from '../desk.ts';
import { isMine, noteTrouble, type Engine } from './engine.ts';
import { catchUp } from './mirror.ts';
import { sendAgain } from './send-again.ts';
import { check } from './write.ts';

export const correct = (engine: Engine, operation: string, values: Values): Promise<Result<Saved, Refusal>> =>
  sendAgain(engine, operation, {
    write: (old, entity) => (old.id === operation ? writtenOver(engine, old, entity, values) : {}),
    fits: (again, local) => check(engine, again, local),
  });

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
