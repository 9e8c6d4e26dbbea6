/**
 * A decision on what is held for review (sync.md S14): it lets the operation take effect in its author's name, with the rights that
 * its author had, or sends it back with words. Judged like every operation: once, in the district's order, with a place in the chain.
 *
 * Only what the reviewer has seen takes effect: the operations that the decision names. Where the first of them cannot take effect any
 * more, the decision is refused with that reason and everything stays held.
 */
import type { Actor } from '../../shared/core/access.ts';
import type { Operation } from '../../shared/core/operation.ts';
import type { Refusal } from '../../shared/core/refusal.ts';
import { isForReview, mayReview, problemsOfDecision } from '../../shared/core/review.ts';
import { wasConfirmed } from '../ledger/said.ts';
import type { StoredOperation } from '../ledger/transactor.ts';
import { authorNow } from './author.ts';
import type { Bench } from './bench.ts';
import type { Layer } from './draft.ts';
import { confirmAsItIs, hold, judgeOne, refuse } from './judge-one.ts';

/** Wakes decisions on an operation that had not arrived. */
export const reviewKeyOf = (operation: string): string => `review:${operation}`;

export function judgeDecision(bench: Bench, layer: Layer, stored: StoredOperation): void {
  const decision = bench.contentOf(stored) as Operation;
  const problems = problemsOfDecision(decision);
  if (problems.length > 0) return refuse(layer, stored, { code: 'schema', problems });
  const [first = '', ...others] = decision.reviews ?? [];
  const root = layer.operation(first);
  if (!root) return hold(layer, stored, { code: 'depends', operation: first }, [reviewKeyOf(first)]);
  const reviewer = authorNow(bench, layer, decision.author);
  if (root.record !== decision.record || !mayDecide(bench, layer, root, reviewer))
    return refuse(layer, stored, { code: 'access' });
  if (isAlready(root, decision) || wasSaid(stored, root, decision))
    return confirmAsItIs(layer, stored, bench.head);
  if (!isOpen(root)) return refuse(layer, stored, { code: 'decided', operation: first });

  const seen = others.flatMap((id) => layer.operation(id) ?? []).filter(isHeld);
  if (decision.kind === 'decline') {
    confirmAsItIs(layer, stored, bench.head);
    const falling = seen.filter(
      (one) => one.record === root.record || mayDecide(bench, layer, one, reviewer),
    );
    return decline(layer, stored.id, root, falling);
  }
  const inner = layer.layer();
  confirmAsItIs(inner, stored, bench.head);
  const deciding = { bench, decision: stored.id, reviewer };
  const stopped = letThrough(deciding, inner, unitOf(bench, root, seen));
  if (stopped) return refuse(layer, stored, stopped);
  // What else was seen with it takes effect where it can; the rest waits as before.
  for (const { id } of seen) {
    const one = inner.operation(id);
    if (!one || !isHeld(one)) continue;
    const alone = inner.layer();
    if (!letThrough(deciding, alone, unitOf(bench, one, seen))) alone.keep();
  }
  inner.keep();
}

const isHeld = ({ verdict }: StoredOperation): boolean => verdict.verdict === 'held';

const isOpen = ({ verdict }: StoredOperation): boolean =>
  verdict.verdict === 'held' && isForReview(verdict.reason);

/** It was decided so in a former life, and what it decided on came back as it was then, with a receipt of its own (sync.md S8). */
const wasSaid = ({ earlier }: StoredOperation, { verdict }: StoredOperation, { kind }: Operation): boolean =>
  wasConfirmed(earlier) !== undefined && verdict.verdict === (kind === 'accept' ? 'confirmed' : 'refused');

/** Somebody has decided the same before. */
const isAlready = ({ verdict, review }: StoredOperation, { kind }: Operation): boolean =>
  review !== null && verdict.verdict === (kind === 'accept' ? 'confirmed' : 'refused');

function mayDecide(bench: Bench, layer: Layer, { id }: StoredOperation, actor: Actor): boolean {
  const stored = layer.operation(id);
  const operation = stored && bench.contentOf(stored);
  const { entities, roles } = bench.judging.registry;
  const entity = operation && entities.get(operation.entity);
  if (!operation || !entity) return false;
  const [record, other] = [layer.record(operation.record), layer.record(operation.other ?? '')];
  return mayReview({ operation, record, other }, { entity, roles, actor });
}

/** What is in one group takes effect together or not at all (S4). */
function unitOf(
  bench: Bench,
  root: StoredOperation,
  seen: readonly StoredOperation[],
): readonly StoredOperation[] | 'incomplete' {
  const size = bench.contentOf(root)?.group?.size ?? 1;
  if (size === 1) return [root];
  const unit = [root, ...seen.filter(({ id, group }) => id !== root.id && group === root.group)];
  if (unit.length !== size) return 'incomplete';
  return unit.sort((one, other) => (one.link?.number ?? 0) - (other.link?.number ?? 0));
}

interface Deciding {
  readonly bench: Bench;
  readonly decision: string;
  readonly reviewer: Actor;
}

/** @returns why nothing of it takes effect; the layer is to be dropped then */
function letThrough(
  { bench, decision, reviewer }: Deciding,
  layer: Layer,
  unit: readonly StoredOperation[] | 'incomplete',
): Refusal | undefined {
  if (unit === 'incomplete') return { code: 'group' };
  for (const one of unit) {
    // Asked where it stands: a creation before it may only now have given it its record.
    if (!mayDecide(bench, layer, one, reviewer)) return { code: 'access', operation: one.id };
    judgeOne(bench, layer, one, decision);
    const { verdict } = layer.operation(one.id) as StoredOperation;
    if (verdict.verdict !== 'confirmed') return { operation: one.id, ...verdict.reason };
  }
  return undefined;
}

/** Refused with the decision's id, by which its author finds the words; what was built on it waits for the author (S10). */
function decline(
  layer: Layer,
  decision: string,
  root: StoredOperation,
  seen: readonly StoredOperation[],
): void {
  refuse(layer, { ...root, review: decision }, { code: 'declined', operation: decision });
  for (const one of seen) {
    const isTogether = root.group !== null && one.group === root.group;
    const code = isTogether ? 'group' : 'depends';
    hold(layer, one, { code, operation: root.id }, isTogether ? [] : [`operation:${root.id}`]);
  }
}
