/** GET /api/history/:record: the confirmed operations of one record, for whoever may read it through any of its scopes. */
import { mayRead } from '../../shared/core/access.ts';
import { isId } from '../../shared/core/id.ts';
import type { Operation } from '../../shared/core/operation.ts';
import { isReview } from '../../shared/core/review-kinds.ts';
import { ok, refuse, type Result } from '../../shared/core/result.ts';
import { parseScope } from '../../shared/core/scope.ts';
import type { HistoryResponse } from '../../shared/protocol/messages.ts';
import type { DistrictError } from '../district-error.ts';
import type { Parts } from '../parts.ts';
import { actorOf } from '../people/actor.ts';
import type { Asking } from '../people/authenticate.ts';
import { personFor } from '../people/permit.ts';

export async function history(
  { transactor, registry, authenticate }: Parts,
  asking: Asking,
  record: string,
): Promise<Result<HistoryResponse, DistrictError>> {
  const asked = await transactor.read(async (reading) => {
    const caller = await personFor(reading, asking, authenticate);
    return caller.ok ? ok(await actorOf(reading, caller.value.person)) : caller;
  });
  if (!asked.ok) return asked;
  const actor = asked.value;
  return transactor.readAs(actor.id, async (reading) => {
    const [found] = isId(record) ? await reading.records([record]) : [];
    const scopes = (found?.scopes ?? []).flatMap((name) => parseScope(name) ?? []);
    // The same answer for what is not there and for what is not for this person.
    if (!scopes.some((scope) => mayRead(actor, scope, registry.roles))) return refuse({ error: 'not-found' });
    const all = (await reading.history(record)).map(({ seq, receivedAt, text }) => ({
      seq: seq ?? 0,
      receivedAt,
      operation: JSON.parse(text) as Operation,
    }));
    // Apart from each other: a desk of an older protocol knows no decisions.
    return ok({
      operations: all.filter(({ operation }) => !isReview(operation.kind)),
      decisions: all.filter(({ operation }) => isReview(operation.kind)),
    });
  });
}
