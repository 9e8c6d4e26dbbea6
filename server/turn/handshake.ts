/** POST /api/handshake: a turn begins by learning epoch, head and the scopes that count now. */
import type { Actor } from '../../shared/core/access.ts';
import type { Registry } from '../../shared/core/registry.ts';
import { ok, refuse, type Result } from '../../shared/core/result.ts';
import { togetherForReview } from '../../shared/core/review.ts';
import { scopeName } from '../../shared/core/scope.ts';
import type { HandshakeResponse } from '../../shared/protocol/messages.ts';
import type { DistrictError } from '../district-error.ts';
import type { Reading } from '../ledger/transactor.ts';
import type { Parts } from '../parts.ts';
import { actorOf } from '../people/actor.ts';
import type { Asking } from '../people/authenticate.ts';
import { personFor } from '../people/permit.ts';
import { beginningsOf, readableScopes } from '../people/scopes.ts';
import { forReview } from './for-review.ts';

/** Beyond this a desk only needs to know that there is much. */
const MOST_COUNTED = 200;

export async function handshake(
  { transactor, registry, authenticate, speaks, instant }: Parts,
  asking: Asking,
  { protocol }: { readonly protocol: number },
): Promise<Result<HandshakeResponse, DistrictError>> {
  const caller = await personFor(transactor, asking, authenticate);
  if (!caller.ok) return caller;
  if (!speaks(protocol)) return refuse({ error: 'unsupported-protocol' });
  const { person } = caller.value;
  const { head, scopes, hasReview } = await transactor.greeting(beginningsOf(person.grants));
  const actor = await actorOf(transactor, person);
  const confidential = actor.named.map((record) => scopeName({ form: 'readers', record }));
  return ok({
    // The number that both speak.
    protocol,
    district: head.district,
    epoch: head.epoch,
    restoredHead: head.restoredHead,
    head: head.seq,
    durable: head.durable,
    serverTime: instant(),
    scopes: [...readableScopes(actor, registry.roles, [...scopes, ...confidential])],
    review: hasReview ? await transactor.read((reading) => countForReview(reading, registry, actor)) : 0,
    person: {
      id: person.id,
      name: person.name,
      grants: person.grants.map(({ role, area }) => ({ role, area })),
      hasPassword: person.password !== null,
    },
  });
}

async function countForReview(reading: Reading, registry: Registry, actor: Actor): Promise<number> {
  const { waiting } = await forReview(reading, { registry, actor, limit: MOST_COUNTED });
  return togetherForReview(waiting, ({ why }) => why !== undefined).length;
}
