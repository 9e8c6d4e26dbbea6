/** 待处理: conflicts that this person may settle, and own operations that the district refused or holds. Everything with its texts. */
import { mayDoTo } from '../../../shared/core/access.ts';
import type { Refusal } from '../../../shared/core/refusal.ts';
import type { Duplicate, HistoryItem, TrayItem } from '../desk.ts';
import { inChain, seqOf, standingOf } from '../memory/local-operations.ts';
import type { Kept } from '../store/kept-operation.ts';
import { actorOf, isMine, type Engine } from './engine.ts';
import { waitsForReview } from './review.ts';

/** One's own, refused or held, and not dealt with. */
const needsCare = (engine: Engine, kept: Kept): boolean =>
  isMine(engine, kept) &&
  (kept.verdict?.verdict === 'refused' || kept.verdict?.verdict === 'held') &&
  engine.operations.into(kept.operation.id) === undefined;

export function trayOf(engine: Engine): readonly TrayItem[] {
  return [...conflictsOf(engine), ...refusedOf(engine), ...duplicatesIn(engine)];
}

const duplicatesIn = (engine: Engine): readonly TrayItem[] =>
  [...engine.registry.entities.keys()]
    .flatMap((entity) => mergeable(engine, engine.doubles.all(entity)))
    .map((duplicate) => ({ kind: 'duplicate', duplicate }));

/** Those that this person may say something of: both are written. */
export function mergeable(engine: Engine, duplicates: readonly Duplicate[]): readonly Duplicate[] {
  if (duplicates.length === 0) return duplicates;
  const actor = actorOf(engine);
  return duplicates.filter(({ records }) =>
    records.every((record) => {
      const entity = engine.registry.entities.get(record.entity);
      return entity && mayDoTo(actor, 'merge', entity.access, record, engine.registry.roles);
    }),
  );
}

function conflictsOf(engine: Engine): readonly TrayItem[] {
  const actor = actorOf(engine);
  return engine.records.unsettled().flatMap((record) => {
    const entity = engine.registry.entities.get(record.entity);
    const may = entity && mayDoTo(actor, 'change', entity.access, record, engine.registry.roles);
    if (!may) return [];
    return Object.keys(record.conflicts ?? {}).map((field) => ({ kind: 'conflict' as const, record, field }));
  });
}

function refusedOf(engine: Engine): readonly TrayItem[] {
  const { standing } = engine.operations;
  const open = [...standing('refused').values(), ...standing('held').values()]
    .filter((kept) => needsCare(engine, kept))
    .sort(inChain);
  return rootsOf(engine, open).map((kept) => ({
    kind: kept.verdict?.verdict === 'refused' ? ('refused' as const) : ('held' as const),
    operation: kept.operation,
    reason: reasonOf(kept),
    ...(kept.judgedAt !== undefined && { since: kept.judgedAt }),
    ...(engine.state.words?.[kept.operation.id] && { words: engine.state.words[kept.operation.id] }),
    record: engine.records.shown(kept.operation.record),
    dependents: dependentsOf(engine, kept.operation.id).map(({ operation }) => operation.id),
  }));
}

/**
 * One item for what fell together, and nothing without an item. Two members of a group may fall with each other (one was refused, the
 * other was built on it): then the refused one, whose reason a person can mend, stands for both.
 */
function rootsOf(engine: Engine, open: readonly Kept[]): readonly Kept[] {
  const followersOf = new Map(
    open.map((kept) => [kept, dependentsOf(engine, kept.operation.id).map(({ operation }) => operation.id)]),
  );
  const followers = new Set([...followersOf.values()].flat());
  const covered = new Set<string>();
  const isRefused = ({ verdict }: Kept): number => Number(verdict?.verdict === 'refused');
  const first = open.filter(({ operation }) => !followers.has(operation.id));
  const circular = open
    .filter(({ operation }) => followers.has(operation.id))
    .sort((one, other) => isRefused(other) - isRefused(one) || inChain(one, other));
  const roots = [...first, ...circular].filter((kept) => {
    if (covered.has(kept.operation.id)) return false;
    for (const id of followersOf.get(kept) ?? []) covered.add(id);
    return true;
  });
  return roots.sort(inChain);
}

const reasonOf = ({ verdict }: Kept): Refusal =>
  verdict && 'reason' in verdict ? verdict.reason : { code: 'damaged' };

/**
 * Operations that hold or fall with this one: those that were built on it, and what is in one group with the one that was refused.
 * In the device's order; only what nobody has dealt with and the district has not confirmed. What a colleague built on it stands in
 * the colleague's own tray.
 */
export function dependentsOf(engine: Engine, operation: string): readonly Kept[] {
  const root = engine.operations.get(operation);
  if (!root) return [];
  const falling = new Set([operation]);
  const found: Kept[] = [];
  const isOpen = (kept: Kept): boolean =>
    isMine(engine, kept) &&
    standingOf(kept) !== 'confirmed' &&
    engine.operations.into(kept.operation.id) === undefined &&
    kept.operation.id !== operation;
  const candidates = engine.operations.all().filter(isOpen);
  // A later member of a group may precede what depends on it, so until nothing is added.
  for (let before = -1; before !== found.length;) {
    before = found.length;
    for (const kept of candidates) {
      const { id, after, group } = kept.operation;
      if (falling.has(id)) continue;
      const isBuiltOn = after.some((other) => falling.has(other));
      const fellWith = group !== undefined && [...falling].some((other) => isFallenWith(engine, kept, other));
      if (!isBuiltOn && !fellWith) continue;
      falling.add(id);
      found.push(kept);
    }
  }
  return found.sort(inChain);
}

/** Held because of another member of its group; a member that was refused for itself is an item of its own. */
function isFallenWith(engine: Engine, kept: Kept, other: string): boolean {
  const sibling = engine.operations.get(other)?.operation.group;
  if (!sibling || sibling.id !== kept.operation.group?.id) return false;
  return kept.verdict?.verdict === 'held' && kept.verdict.reason.code === 'group';
}

const isUnderReview = (item: TrayItem): boolean =>
  (item.kind === 'refused' || item.kind === 'held') && waitsForReview(item.kind, item.reason);

/** What waits for a reviewer is not for its author to do. */
export const attentionOf = (engine: Engine): number =>
  refusedOf(engine).filter((item) => !isUnderReview(item)).length;
export const underReviewCount = (engine: Engine): number => refusedOf(engine).filter(isUnderReview).length;
export const conflictCount = (engine: Engine): number => conflictsOf(engine).length;

export const unconfirmedOf = (engine: Engine): readonly HistoryItem[] =>
  engine.operations
    .all()
    .filter(
      (kept) =>
        isMine(engine, kept) &&
        standingOf(kept) !== 'confirmed' &&
        engine.operations.into(kept.operation.id) === undefined,
    )
    .map((kept) => ({ operation: kept.operation, standing: standingOf(kept), seq: seqOf(kept) }));

export const pendingCount = (engine: Engine): number => engine.operations.standing('pending').size;
