/** POST /api/review: what waits for this person's decision, with its contents; POST /api/review/words: what reviewers said to one's own. */
import type { Operation } from '../../shared/core/operation.ts';
import type { Refusal } from '../../shared/core/refusal.ts';
import { ok, type Result } from '../../shared/core/result.ts';
import type { ReviewItem, ReviewRequest, ReviewResponse, ReviewWords } from '../../shared/protocol/review.ts';
import type { DistrictError } from '../district-error.ts';
import type { Reading } from '../ledger/transactor.ts';
import type { Parts } from '../parts.ts';
import { actorOf } from '../people/actor.ts';
import type { Asking } from '../people/authenticate.ts';
import { personFor } from '../people/permit.ts';
import { forReview, type Waiting } from './for-review.ts';

const PAGE = 100;

export async function review(
  { transactor, registry, authenticate }: Parts,
  asking: Asking,
  { before, limit = PAGE }: ReviewRequest,
): Promise<Result<ReviewResponse, DistrictError>> {
  const found = await transactor.read(async (reading) => {
    const caller = await personFor(reading, asking, authenticate);
    if (!caller.ok) return caller;
    const { person } = caller.value;
    const actor = await actorOf(reading, person);
    const { waiting, next } = await forReview(reading, { registry, actor, limit, before });
    const ids = [...new Set(waiting.map(({ operation }) => operation.record))];
    const known = new Set((await reading.records(ids)).map(({ id }) => id));
    const devices = await reading.devices([...new Set(waiting.map(({ stored }) => stored.device))]);
    const refused = await refusedBefore(reading, waiting);
    return ok({ person: person.id, waiting, next, known, devices, refused });
  });
  if (!found.ok) return found;
  const { person, waiting, next, known, devices, refused } = found.value;
  // The second wall: of a record that is there, only who sees one of its places reads anything.
  const seen = await transactor.readAs(person, (reading) => reading.records([...known]));
  const visible = new Set(seen.map(({ id }) => id));
  const labels = new Map(devices.map(({ id, number }) => [id, `D${number}`]));
  const items = [...waiting]
    .reverse()
    .filter(({ operation: { record } }) => !known.has(record) || visible.has(record))
    .map((one) => itemOf(one, labels.get(one.stored.device) ?? '', refused.get(one.stored.id)));
  return ok({ items, ...(next !== undefined && { next }) });
}

/** Why the district had refused what its author hands over now, by the new id. */
async function refusedBefore(
  reading: Reading,
  waiting: readonly Waiting[],
): Promise<ReadonlyMap<string, Refusal>> {
  const handed = waiting.filter(({ operation }) => operation.handed);
  const before = await reading.operations([
    ...new Set(handed.flatMap(({ operation: { corrects } }) => corrects ?? [])),
  ]);
  const known = new Map(before.map((stored) => [stored.id, stored]));
  return new Map(
    handed.flatMap(({ stored: { id, author }, operation: { corrects = '' } }) => {
      const old = known.get(corrects);
      return old?.author === author && old.verdict.verdict === 'refused'
        ? [[id, old.verdict.reason] as const]
        : [];
    }),
  );
}

const itemOf = ({ stored, operation, why }: Waiting, device: string, refused?: Refusal): ReviewItem => ({
  operation,
  reason: stored.verdict.verdict === 'held' ? stored.verdict.reason : { code: 'depends' },
  ...(why && { why }),
  ...(refused && { refused }),
  receivedAt: stored.receivedAt,
  device,
});

export const reviewWords = (
  { transactor, authenticate }: Parts,
  asking: Asking,
  { operations }: { readonly operations: readonly string[] },
): Promise<Result<{ words: ReviewWords[] }, DistrictError>> =>
  transactor.read(async (reading) => {
    const caller = await personFor(reading, asking, authenticate);
    if (!caller.ok) return caller;
    const { id } = caller.value.person;
    const own = (await reading.operations(operations)).filter(({ author }) => author === id);
    const decided = new Map(
      (await reading.operations(own.flatMap(({ review: decision }) => decision ?? []))).map((one) => [
        one.id,
        one,
      ]),
    );
    return ok({
      words: own.flatMap(({ id: operation, review: decision }) => {
        const found = decision === null ? undefined : decided.get(decision);
        if (!found) return [];
        const { author, at, words = '' } = JSON.parse(found.text) as Operation;
        return [{ operation, by: author, at, words }];
      }),
    });
  });
