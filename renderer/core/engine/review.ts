/**
 * What waits for this person's decision (sync.md S14). The list is the district's and lives in memory alone; deciding is an operation like
 * any other, saved here first. An item that is decided on here is out of the list at once, and back in it should the district refuse.
 */
import { isForReview, problemsOfDecision, togetherForReview } from '../../../shared/core/review.ts';
import type { Operation } from '../../../shared/core/operation.ts';
import type { Refusal } from '../../../shared/core/refusal.ts';
import { isReview } from '../../../shared/core/review-kinds.ts';
import type { ReviewState } from '../desk.ts';
import { standingOf } from '../memory/local-operations.ts';
import { isMine, type Engine } from './engine.ts';

export function reviewOf(engine: Engine): ReviewState {
  const { items, hasMore, problem } = engine.review;
  const open = items?.filter(({ operation: { id } }) => !isDecided(engine, id));
  const cases = open && togetherForReview([...open].reverse(), ({ why }) => why !== undefined);
  return {
    ...(cases && { cases: [...cases].reverse() }),
    hasMore,
    ...(problem !== undefined && { problem }),
  };
}

/** Until the list says more, the handshake's count less what was decided on here meanwhile. */
export const toReviewCount = (engine: Engine): number => {
  const { cases } = reviewOf(engine);
  return cases ? cases.length : engine.review.count;
};

/** Asks the district for the list. Without an answer the old one stays, and the screen says why. */
export async function askReview(engine: Engine): Promise<void> {
  const answer = await engine.district.review();
  const { review } = engine;
  if (answer.ok) {
    review.items = answer.value.items;
    review.hasMore = answer.value.next !== undefined;
    review.problem = undefined;
  } else review.problem = answer.error === 'epoch' ? 'server' : answer.error;
  engine.topics.tell(['review', 'sync']);
}

/** Of a decision, before it is saved: the district has said on what this person may decide. */
export function refusalOfDecision(engine: Engine, decision: Operation): Refusal | undefined {
  const problems = problemsOfDecision(decision);
  if (problems.length > 0) return { code: 'schema', problems };
  const known = new Set(engine.review.items?.map(({ operation }) => operation.id));
  return (decision.reviews ?? []).every((id) => known.has(id)) ? undefined : { code: 'access' };
}

export function noteDecided(engine: Engine, operations: readonly Operation[]): void {
  for (const { id, kind, reviews = [] } of operations) {
    if (isReview(kind)) for (const decided of reviews) engine.review.decided.set(decided, id);
  }
  engine.topics.tell(['review']);
}

function isDecided({ review, operations }: Engine, operation: string): boolean {
  const decision = review.decided.get(operation);
  if (decision === undefined) return false;
  const kept = operations.get(decision);
  return !kept || standingOf(kept) === 'pending' || standingOf(kept) === 'confirmed';
}

/** Own operations that a reviewer has declined, without the words that go with it. */
const withoutWords = (engine: Engine): readonly string[] =>
  engine.operations
    .all()
    .filter(
      (kept) =>
        isMine(engine, kept) &&
        kept.verdict?.verdict === 'refused' &&
        kept.verdict.reason.code === 'declined' &&
        engine.state.words?.[kept.operation.id] === undefined,
    )
    .map(({ operation }) => operation.id)
    .slice(0, 500);

/** Fetches what reviewers have said; kept with the person's own state, sealed. A later turn asks again for what did not come. */
export async function fetchWords(engine: Engine): Promise<void> {
  const missing = withoutWords(engine);
  if (missing.length === 0) return;
  const answer = await engine.district.reviewWords(missing);
  if (!answer.ok) return;
  const words = { ...engine.state.words };
  for (const { operation, ...said } of answer.value.words) words[operation] = said;
  engine.state = { ...engine.state, words };
  engine.topics.tell(['tray']);
}

/** Held until a person decides: nothing that its author could do. */
export const waitsForReview = (kind: 'refused' | 'held', reason: Refusal): boolean =>
  kind === 'held' && isForReview(reason);
